"""What the open pages are made of, as data files: read once, and what is not understood in them stops whoever asks."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_FOLDER = Path(__file__).resolve().parent

Content = TypeVar("Content", bound=msgspec.Struct)


def read(name: str, kind: type[Content]) -> Content:
    """The file <name>.toml here. Raises msgspec.ValidationError with the field when it is not of that kind."""
    return msgspec.convert(_file(name), kind)


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
