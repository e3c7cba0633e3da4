"""The user guide. Its chapters are in docs/brukerveiledning, in bokmål; contents.toml there gives their order."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

_FOLDER = "brukerveiledning"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. slug: its name in URLs and of its file."""

    slug: str
    title: str

    @property
    def template(self) -> str:
        return f"{_FOLDER}/{self.slug}.html"


@cache
def chapters() -> dict[str, Chapter]:
    """The chapters by slug, in reading order."""
    contents = tomllib.loads((folder() / "contents.toml").read_text("utf-8"))
    return {slug: Chapter(slug, title) for slug, title in contents.items()}


def folder() -> Path:
    """The folder with the chapters."""
    return Path(settings.BASE_DIR) / "docs" / _FOLDER
