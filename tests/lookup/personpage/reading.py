"""A page about a person as somebody reads it from the top: under which heading each thing is said, and how often."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.parts import PersonPage
from roles.vocabulary import CODE_NAMES

#: helseOgOmsorg, ANSATT_I_KOMMUNE. Names in capitals of one word are names.
CODE = re.compile(r"[a-zæøå][A-ZÆØÅ][a-zæøå]|[A-ZÆØÅ]_[A-ZÆØÅ]")
_VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "option"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
#: What is pressed and not read, and what is no page about the person.
_SKIPPED = frozenset({"button", "summary", "script", "style", "form", "datalist"})
#: Classes of what is about the lookup, or stands behind a press.
_NO_PART = frozenset({"print-only", "bases", "search"})
#: Each of these is one thing that is said.
_UNITS = frozenset({"dl", "li", "p", "span"})
#: The class of one value of an element, which is one thing too.
_VALUE = "entry"
#: Names that look like codes.
_NAMES = frozenset({"USA"})
#: What the register writes. Alone they are codes; "bosatt" may stand in a sentence.
_CODES = frozenset(code for names in CODE_NAMES.values() for code in names) | ELEMENTS.keys()


@dataclass(slots=True)
class Said:
    """One thing that is said. place: the headings it stands under, the innermost last."""

    place: tuple[str, ...]
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.lines)


class Reading(HTMLParser):
    """said: everything in <main>, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open: list[tuple[str, Said | None, bool]] = []
        self._headings: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        found = dict(attrs)
        classes = (found.get("class") or "").split()
        is_stamp = not _NO_PART.isdisjoint(classes)
        skipped = tag in _SKIPPED or is_stamp or (bool(self._open) and self._open[-1][2])
        skipped = tag != "main" and (skipped or not self._open)
        if tag in _HEADINGS and not skipped:
            self._headings = {each: text for each, text in self._headings.items() if each < tag} | {tag: ""}
        unit = Said(tuple(self._headings.values())) if self._begins(tag, classes) and not skipped else None
        if unit:
            self.said.append(unit)
        if tag == "main" or self._open:
            self._open.append((tag, unit, skipped))

    def _begins(self, tag: str, classes: list[str]) -> bool:
        return (tag in _UNITS or _VALUE in classes) and not any(unit for _tag, unit, _skipped in self._open)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or not self._open or self._open[-1][2]:
            return
        if heading := next((tag for tag, *_ in self._open if tag in _HEADINGS), ""):
            self._headings[heading] = f"{self._headings.get(heading, '')} {text}".strip()
        for _tag, unit, _skipped in self._open:
            if unit:
                unit.lines.append(text)

    @property
    def lines(self) -> Iterator[str]:
        """Each text as it stands, headings too."""
        for said in self.said:
            yield from said.lines
            yield from said.place

    def codes(self) -> set[str]:
        """Texts that are the register's codes, and no words."""
        years = {said.lines[at + 1] for said in self.said for at, line in enumerate(said.lines) if line == "Fødselsår"}
        return {line for line in self.lines if line in _CODES or _looks_like_a_code(line)} - years - _NAMES

    def twice(self) -> list[tuple[str, str]]:
        """The innermost heading and the text of what is said more than once there."""
        told = Counter((said.place[-1] if said.place else "", said.text) for said in self.said if said.lines)
        return [what for what, times in told.items() if times > 1]


def _looks_like_a_code(line: str) -> bool:
    """0301 for a kommune, NOR for a country, helseOgOmsorg, HELSE_OG_OMSORG."""
    is_number = len(line) == 4 and line.isdigit()
    is_country = len(line) == 3 and line.isascii() and line.isalpha() and line.isupper()
    return is_number or is_country or "_" in line or bool(CODE.search(line))


def texts(page: PersonPage) -> Iterator[str]:
    for view in page.views.values():
        for entry in view.entries:
            yield from (str(part) for row in entry.rows for part in (row.label, *row.lines))
            yield from (entry.label, entry.period)
    yield from (tag.text for tag in page.first.tags)


def keys(page: PersonPage) -> list[str]:
    """Of each element, for each time it stands on the page."""
    grouped = [view.key for group in page.groups for view in group.elements]
    closed = [closed.element.key for closed in page.closed]
    below = [view.key for view in (*page.protected, *page.empty, *page.told)]
    family = [view.key for view in page.family.elements] if page.family else []
    return [*page.first.keys, *family, *grouped, *below, *closed]
