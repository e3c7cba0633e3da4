"""Normalises text that was typed, or pasted from Excel, Word, a PDF or Teams.

Pasted text may hold invisible characters (direction marks, soft hyphens, a byte order mark), decomposed letters (NFD,
as Macs and many PDFs write), and typographic characters instead of those of the keyboard. The register knows none of
these.
"""

import re
import unicodedata
from typing import Final

#: Replaced before NFKC, which would turn some of them into a space and a combining mark.
_APOSTROPHES: Final = dict.fromkeys(
    map(ord, "\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02c8\u00b4`\uff07"), "'"
)
_MINUS: Final = "\u2212"
#: Invisible characters that are not in the category of format characters (Default_Ignorable_Code_Point).
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_SPACES: Final = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in characters of a keyboard, with single spaces between words, none around, and digits 0 to 9."""
    joined = unicodedata.normalize("NFKC", _UNSEEN.sub("", text).translate(_APOSTROPHES))
    return _SPACES.sub(" ", "".join(map(_as_typed, joined))).strip()


def _as_typed(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " " if sign.isspace() else ""
    kind = unicodedata.category(sign)
    if kind in {"Cf", "Cc", "Cs", "Co", "Cn"}:
        return ""
    if kind == "Pd" or sign == _MINUS:
        return "-"
    return str(unicodedata.decimal(sign)) if kind == "Nd" else sign


_LABEL: Final = re.compile(
    r"^(?:fødsels-?(?:nummer|nr)|person-?(?:nummer|nr)|d-?(?:nummer|nr)|fnr|f\.nr|pnr|nummer|nr|id)\s*[.:=]*\s*(?=\d)",
    re.IGNORECASE,
)
_AROUND: Final = " -'\"«»“”„<>()[],;:."
#: The decimals that a spreadsheet or another program adds to a number that it took for an amount.
_DECIMALS: Final = re.compile(r"(?<=\d{11})[.,]0{1,2}$")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=[\d .\-])[ .\-]+(?=[\d .\-])")


def normalise_number(text: str) -> str:
    """The digits of a number, without a label before it and without characters around or between them. Not checked."""
    bare = _LABEL.sub("", plain(text).strip(_AROUND))
    return _BETWEEN_DIGITS.sub("", _DECIMALS.sub("", bare)).strip(_AROUND)


def normalise_name(text: str) -> str:
    """The words of a name. A comma between last and first name becomes a space."""
    return _SPACES.sub(" ", plain(text).replace(",", " ")).strip(' "«»“”„;:.')
