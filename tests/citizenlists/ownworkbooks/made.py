"""Workbooks as an organisation makes them: with a logo, a heading, styles and a row of columns."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from citizenlists.models import OwnWorkbook
from citizenlists.ownworkbooks.keeping import add_workbook, read_workbook
from roles.models import Employee, Organisation

COLUMNS = ("{Etternavn}", "{Fornavn}", "{Fødselsdato}")
#: The row of columns in dressed().
FIRST = 5


def png() -> bytes:
    """A picture of 8 x 8 red points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    points = zlib.compress((b"\x00" + b"\xcc\x00\x00" * 8) * 8)
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def dressed(change: Callable[[Workbook, Worksheet], None] | None = None, columns: tuple[str, ...] = COLUMNS) -> bytes:
    """A workbook with everything that must be kept. change: does something more to it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Brev"
    sheet["A1"], sheet["A1"].font = "Havbris kommune", Font(bold=True, size=20, color="FF005264")
    sheet["A2"] = "Unntatt offentlighet"
    sheet.merge_cells("A1:C1")
    sheet.add_image(Image(BytesIO(png())), "E1")
    for number, name in enumerate(columns, start=1):
        sheet.cell(FIRST - 1, number, name.strip("{}").upper()).fill = PatternFill("solid", fgColor="FFDCE9EC")
        model = sheet.cell(FIRST, number, name)
        model.font, model.fill = Font(italic=True), PatternFill("solid", fgColor="FFFFF2CC")
    sheet.column_dimensions["A"].width = 33
    sheet.auto_filter.ref = f"A{FIRST - 1}:C{FIRST}"
    sheet.oddFooter.center.text = "Side &P"
    sheet.page_setup.orientation = "landscape"
    book.create_sheet("Veiledning")["A1"] = "Slik bruker du listen"
    if change:
        change(book, sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def own_workbook(
    organisation: Organisation, *, by: Employee, name: str = "Brevmal", content: bytes = b""
) -> OwnWorkbook:
    """A workbook that an organisation has uploaded."""
    answer = read_workbook(BytesIO(content or dressed()))
    return add_workbook(organisation=organisation, name=name, answer=answer, by=by, reason="Sak 2026/4")
