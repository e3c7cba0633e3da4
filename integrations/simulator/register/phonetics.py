"""Names that sound alike: a small stand-in for the register's own rule, which is not published."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_REPLACEMENTS: Final = (
    ("aa", "å"),
    ("ae", "æ"),
    ("oe", "ø"),
    ("ph", "f"),
    ("th", "t"),
    ("ch", "k"),
    ("ck", "k"),
    ("hj", "j"),
    ("gj", "j"),
    ("hv", "v"),
    ("w", "v"),
    ("z", "s"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
)


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """A key that words with the same sound share. word: in lower case."""
    for letters, sound in _REPLACEMENTS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word).rstrip("eh")


def sounds_like(word: str, vocabulary: Iterable[str]) -> frozenset[str]:
    sound = sound_of(word)
    return frozenset(other for other in vocabulary if sound_of(other) == sound)
