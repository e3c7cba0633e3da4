"""The product's history as the page shows it: CHANGELOG.md, of which it understands just the form that it has."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

_VERSION = "## "
_CHANGE = "- "


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. code: it stood between backticks."""

    text: str
    code: bool


@dataclass(frozen=True, slots=True)
class Version:
    """name: as the heading has it."""

    name: str
    changes: tuple[tuple[Words, ...], ...]


@cache
def history() -> tuple[Version, ...]:
    """The newest first."""
    return versions((settings.BASE_DIR / "CHANGELOG.md").read_text("utf-8"))


def versions(text: str) -> tuple[Version, ...]:
    """Every "## version" with its "- changes"; lines that are indented go on with the change above."""
    _before, *sections = re.split(rf"^{_VERSION}", text, flags=re.MULTILINE)
    return tuple(_version(section) for section in sections)


def _version(section: str) -> Version:
    name, _, body = section.partition("\n")
    _before, *changes = re.split(rf"^{_CHANGE}", body, flags=re.MULTILINE)
    return Version(name.strip(), tuple(_words(" ".join(change.split())) for change in changes))


def _words(change: str) -> tuple[Words, ...]:
    # What stands between backticks is every second piece.
    pieces = enumerate(change.split("`"))
    return tuple(Words(text, code=number % 2 == 1) for number, text in pieces if text)
