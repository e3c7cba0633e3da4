"""What a spreadsheet takes for a formula: one rule for every workbook and every CSV that is made here."""

from typing import Final
from unicodedata import category

_SIGNS: Final = "=+-@＝＋－＠"
#: By themselves they make some programs read on in the cell as if it began there.
_BREAKS: Final = ("\t", "\r", "\n")
#: Control and format characters, spaces and marks: dropped or passed over before a program looks at the first sign.
_PASSED_OVER: Final = frozenset("CZM")


def is_taken_for_formula(text: str) -> bool:
    """Whether a cell with this text has to be marked as text."""
    if text.startswith(_BREAKS):
        return True
    first = next((sign for sign in text if category(sign)[0] not in _PASSED_OVER), "")
    return first != "" and first in _SIGNS
