"""The data files of the open pages. A file is read once; an error in it is raised to the caller."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_FOLDER = Path(__file__).resolve().parent

Content = TypeVar("Content", bound=msgspec.Struct)


def read(name: str, kind: type[Content]) -> Content:
    """The content of the file <name>.toml here. Raises msgspec.ValidationError, which names the field, when it does not
    fit the type."""
    return msgspec.convert(_file(name), kind)


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
