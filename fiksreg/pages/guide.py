"""The user guide: its chapters stand in docs/brukerveiledning, in bokmål; contents.toml there has their order."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

_FOLDER = "brukerveiledning"


@dataclass(frozen=True, slots=True)
class Chapter:
    """slug: its name in addresses, and of its file."""

    slug: str
    title: str

    @property
    def template(self) -> str:
        return f"{_FOLDER}/{self.slug}.html"


@cache
def chapters() -> dict[str, Chapter]:
    """By slug, in the order they are read."""
    contents = tomllib.loads((folder() / "contents.toml").read_text("utf-8"))
    return {slug: Chapter(slug, title) for slug, title in contents.items()}


def folder() -> Path:
    """Where the chapters stand."""
    return Path(settings.BASE_DIR) / "docs" / _FOLDER
