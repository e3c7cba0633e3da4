"""Which texts a spreadsheet program would compute as a formula. The rule is the same for every workbook and CSV made
here."""

from typing import Final
from unicodedata import category

_SIGNS: Final = "=+-@＝＋－＠"
#: After one of these, some programs read on in the cell as if it began there.
_BREAKS: Final = ("\t", "\r", "\n")
#: Unicode classes (control and format characters, spaces, marks) that programs drop or skip before they look at the
#: first character.
_PASSED_OVER: Final = frozenset("CZM")


def is_taken_for_formula(text: str) -> bool:
    """Whether a cell with this text must be marked as text."""
    if text.startswith(_BREAKS):
        return True
    first = next((sign for sign in text if category(sign)[0] not in _PASSED_OVER), "")
    return first != "" and first in _SIGNS
