"""The texts of a workbook as Excel reads them: the runs are joined and escapes are resolved."""

import re
from collections.abc import Mapping
from typing import Final

from roles.catalogue.workbook.xmlparts import walk

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with its escapes resolved: _x000D_ is a carriage return, _x005F_ an underscore. Surrogate pairs are
    joined."""
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class SharedTexts:
    """A Visitor that collects the shared texts in their order, without phonetic hints."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Begins a new text."""
        del attributes
        if path[-1] == "si":
            self._pieces = []

    def text(self, path: list[str], text: str) -> None:
        """Adds a piece to the text."""
        if path[-1] == "t" and "rPh" not in path:
            self._pieces.append(text)

    def end(self, path: list[str]) -> None:
        """Ends the text."""
        if path[-1] == "si":
            self.found.append(unescape("".join(self._pieces)))


def shared_texts(content: bytes | None) -> list[str]:
    """The shared texts by their number. content: the part that holds them. Raises Unreadable."""
    texts = SharedTexts()
    if content is not None:
        walk(content, texts)
    return texts.found
