"""A page as a reader of one language meets it: its visible words, and those that are bokmål only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from tests.translations.catalogues import read, texts

_READ_ALOUD = frozenset({"alt", "aria-label", "data-copied", "data-label", "placeholder", "title"})
_SILENT = frozenset({"code", "kbd", "script", "style"})  # a code and a key have letters and no language
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@dataclass(slots=True)
class Page(HTMLParser):
    """language: of the page. text: what is seen or read aloud, but for what is marked as another language.
    pressed: the languages whose button in the menu is down."""

    language: str = ""
    text: list[str] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    _skipped: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found["lang"]
        if found.get("aria-pressed") == "true":
            self.pressed.append(found["lang"])
        foreign = found.get("lang", self.language) != self.language
        skipped = any(self._skipped[-1:]) or foreign or tag in _SILENT
        if not skipped:
            self.text += [value for name, value in found.items() if name in _READ_ALOUD]
        if tag not in _VOID:
            self._skipped.append(skipped)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._skipped[-1:]):
            self.text.append(data)


def page_of(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def bokmal_words(page: Page, *, data: Iterable[str]) -> set[str]:
    """The words that say the page is not whole in its language. data: texts that people or the register wrote."""
    text = " ".join(page.text)
    for written in sorted(data, key=len, reverse=True):
        text = text.replace(written, " ")
    return _words(text) & _only_bokmal(page.language)


@cache
def _only_bokmal(language: str) -> frozenset[str]:
    """The words of the source that no translation has."""
    source, translated = set[str](), set[str]()
    for original, translation in texts(read(language)).items():
        source |= _words(" ".join(original))
        translated |= _words(" ".join(translation))
    return frozenset(source - translated)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(_PLACEHOLDER.sub(" ", text))}
