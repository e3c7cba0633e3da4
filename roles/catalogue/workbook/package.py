"""An untrusted file as a zip package: what kind of file it is, and its parts, each limited in size."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from roles.catalogue.workbook.answers import Reason, Unreadable, unreadable

MOST_PARTS: Final = 1_000
#: Bytes of all opened parts together. A catalogue of 5,000 rows takes a tenth of this.
MOST_UNPACKED: Final = 40_000_000

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_OLD_BIFF: Final = tuple(bytes.fromhex(start) for start in ("0900", "09020600", "09040600", "09081000"))
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError, KeyError, AttributeError)


class Package:
    """The parts of an .xlsx by name. Names are compared without case, as Excel does."""

    def __init__(self, content: bytes) -> None:
        """Raises Unreadable, which says what the file is, when it is no .xlsx."""
        self._zip = _open(content)
        members = self._zip.infolist()
        if len(members) > MOST_PARTS:
            raise unreadable(Reason.TOO_MANY_PARTS)
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise unreadable(Reason.TOO_LARGE)
        names = [_plain(member.filename) for member in members]
        if len(set(names)) < len(names):
            raise unreadable(Reason.TWICE)
        self._members = dict(zip(names, members, strict=True))
        self._left = MOST_UNPACKED

    def names(self) -> Sequence[str]:
        """The names of all parts, in lower case."""
        return list(self._members)

    def find(self, name: str) -> bytes | None:
        """The content of a part; None when the package does not have it. Raises Unreadable."""
        member = self._members.get(_plain(name))
        return None if member is None else self._read(member)

    def part(self, name: str) -> bytes:
        """The content of a part that must be there. Raises Unreadable."""
        content = self.find(name)
        if content is None:
            raise unreadable(Reason.DAMAGED)
        return content

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 0x1:
            raise unreadable(Reason.ENCRYPTED_PART)
        try:
            with self._zip.open(member) as stream:
                content = stream.read(self._left + 1)
        except NotImplementedError:
            raise unreadable(Reason.ODD_COMPRESSION) from None
        except (*_BROKEN, RuntimeError):
            raise unreadable(Reason.DAMAGED) from None
        self._left -= len(content)
        if self._left < 0:
            raise unreadable(Reason.TOO_LARGE)
        return content


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _open(content: bytes) -> zipfile.ZipFile:
    """The file opened as a zip file. Raises Unreadable unless it begins as one: an .xls may hold a zip file inside."""
    if not content.startswith(b"PK"):
        raise unreadable(kind_of(content))
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (*_BROKEN, NotImplementedError):
        raise unreadable(kind_of(content)) from None


def kind_of(content: bytes) -> Reason:
    """The kind of a file that is no zip package, by its first bytes."""
    if not content:
        return Reason.EMPTY
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"PK"):
        return Reason.CUT_OFF
    if content.startswith(b"%PDF"):
        return Reason.PDF
    if content.startswith(_OLD_BIFF):
        return Reason.OLD_EXCEL
    return _kind_of_text(content[:4096])


def _kind_of_ole(content: bytes) -> Reason:
    """The kind of a compound (OLE) file: an encrypted package, an Excel file from before 2007, or another document."""
    if _utf16("EncryptedPackage") in content:
        return Reason.PASSWORD
    old = any(_utf16(name) in content for name in ("Workbook", "Book"))
    return Reason.OLD_EXCEL if old else Reason.OLD_OFFICE


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _kind_of_text(start: bytes) -> Reason:
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = start.decode(encoding, "replace").removeprefix("\u00ef\u00bb\u00bf").lstrip().lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Reason.XML_SPREADSHEET
    if re.search(r"<(!doctype html|html|table|head|body|meta)\b", text):
        return Reason.HTML
    if "opendocument" in text:
        return Reason.OPEN_DOCUMENT
    return Reason.TEXT if text and not re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text) else Reason.NOT_A_WORKBOOK


def kind_of_package(package: Package) -> Unreadable:
    """The error for a zip file that is no .xlsx, which says what it is."""
    names = package.names()
    mimetype = package.find("mimetype") or b"" if "mimetype" in names else b""
    if b"opendocument" in mimetype:
        return unreadable(Reason.OPEN_DOCUMENT)
    if any(name.startswith("index/") or name == "index.zip" for name in names):
        return unreadable(Reason.NUMBERS)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        return unreadable(Reason.OTHER_OFFICE)
    return unreadable(Reason.NOT_A_WORKBOOK)
