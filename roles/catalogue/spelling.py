"""Normalising texts before they are compared: invisible characters make no difference. Pure."""

import unicodedata
from typing import Final

#: Unicode categories of all spaces, line breaks and control characters.
_SPACES: Final = frozenset({"Zs", "Zl", "Zp", "Cc"})
_INVISIBLE: Final = "Cf"


def one_spaced(text: str) -> str:
    """The text with one space for any run of spaces, line breaks and control characters, without invisible characters,
    and with composed letters."""
    kinds = ((sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFC", text))
    seen = (" " if kind in _SPACES else sign for sign, kind in kinds if kind != _INVISIBLE)
    return " ".join("".join(seen).split())
