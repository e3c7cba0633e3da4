"""How a text is compared: what cannot be seen makes no difference. Pure."""

import unicodedata
from typing import Final

#: Spaces of every kind, line breaks, and control signs, which have no shape at all.
_SPACES: Final = frozenset({"Zs", "Zl", "Zp", "Cc"})
_INVISIBLE: Final = "Cf"


def one_spaced(text: str) -> str:
    """One space for any number of spaces, line breaks and control signs; no invisible signs; letters put together."""
    kinds = ((sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFC", text))
    seen = (" " if kind in _SPACES else sign for sign, kind in kinds if kind != _INVISIBLE)
    return " ".join("".join(seen).split())
