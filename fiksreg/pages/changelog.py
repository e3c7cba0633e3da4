"""The product's history for its page, read from CHANGELOG.md. It understands only the form of that file."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

_VERSION = "## "
_CHANGE = "- "


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. code: whether it was between backticks."""

    text: str
    code: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its changes. name: the text of its heading."""

    name: str
    changes: tuple[tuple[Words, ...], ...]


@cache
def history() -> tuple[Version, ...]:
    """All versions, the newest first."""
    return versions((settings.BASE_DIR / "CHANGELOG.md").read_text("utf-8"))


def versions(text: str) -> tuple[Version, ...]:
    """The versions in the text: each "## version" with its "- changes". An indented line continues the change above."""
    _before, *sections = re.split(rf"^{_VERSION}", text, flags=re.MULTILINE)
    return tuple(_version(section) for section in sections)


def _version(section: str) -> Version:
    name, _, body = section.partition("\n")
    _before, *changes = re.split(rf"^{_CHANGE}", body, flags=re.MULTILINE)
    return Version(name.strip(), tuple(_words(" ".join(change.split())) for change in changes))


def _words(change: str) -> tuple[Words, ...]:
    # Every second piece was between backticks.
    pieces = enumerate(change.split("`"))
    return tuple(Words(text, code=number % 2 == 1) for number, text in pieces if text)
