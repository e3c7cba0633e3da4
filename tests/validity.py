"""Whether a page as it was sent is valid HTML: it parses without a fault, and what an attribute names is there."""

from collections.abc import Iterator
from typing import Final

import html5lib
from html5lib.constants import E as SAID

#: Attributes that name elements of the page by their ids.
_NAMING: Final = (
    *("for", "list", "form", "headers", "popovertarget"),
    *("aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "aria-owns"),
)


def faults(source: str) -> list[str]:
    """Each in words, with its line where the parser knows it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    found = [f"line {line}: {SAID.get(code, code) % about}" for (line, _column), code, about in parser.errors]
    elements = list(tree.iter())
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    found += [f"the id {one} stands more than once" for one in sorted({one for one in ids if ids.count(one) > 1})]
    named = ((element.tag, name, element.attrib.get(name, "")) for element in elements for name in _NAMING)
    return found + list(_astray(named, frozenset(ids)))


def _astray(named: Iterator[tuple[str, str, str]], ids: frozenset[str]) -> Iterator[str]:
    for tag, name, value in named:
        yield from (f'{tag} {name}="{one}" names nothing' for one in value.split() if one not in ids)
