"""A person page as a reader sees it: its elements, with state and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

_VOID = frozenset({"meta", "link", "input", "img", "br", "hr"})


@dataclass(slots=True)
class ShownElement:
    """One <section data-element>."""

    key: str
    state: str
    text: str = ""


@dataclass(slots=True)
class _Reader(HTMLParser):
    shown: list[ShownElement] = field(default_factory=list)
    open: list[ShownElement | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        found = dict(attrs)
        key = found.get("data-element")
        shown = ShownElement(key, found.get("data-state") or "") if key else None
        self.open.append(shown)
        if shown:
            self.shown.append(shown)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for shown in filter(None, self.open):
            shown.text += f" {data.strip()}"


def elements_of(response: HttpResponse) -> dict[str, ShownElement]:
    """The elements by key. Fails when a key is there twice."""
    reader = _Reader()
    reader.feed(text_of(response))
    by_key = {element.key: element for element in reader.shown}
    assert len(by_key) == len(reader.shown), "an element is on the page twice"
    return by_key


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
