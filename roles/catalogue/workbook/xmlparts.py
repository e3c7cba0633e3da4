"""Parses the XML of a part, without entities and with limited depth. Namespaces are dropped, because the two forms of
the standard have different ones."""

from collections.abc import Mapping
from typing import Final, Protocol
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from xml.parsers.expat.errors import XML_ERROR_NO_MEMORY, codes

from roles.catalogue.workbook.answers import Reason, unreadable

_DEEPEST: Final = 100


class Visitor(Protocol):
    """Receives every element of a part. path: the names of the elements from the outermost to this one."""

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None: ...
    def text(self, path: list[str], text: str) -> None: ...
    def end(self, path: list[str]) -> None: ...


def walk(content: bytes, visitor: Visitor) -> None:
    """Parses the content and calls the visitor. Raises Unreadable when the XML is not well-formed, is too deep or
    declares a document type."""
    try:
        _parser(visitor).Parse(content, True)
    except ExpatError as error:
        if error.code == codes[XML_ERROR_NO_MEMORY]:
            raise MemoryError from None
        raise unreadable(Reason.DAMAGED) from None
    except (ValueError, LookupError):  # an unknown encoding
        raise unreadable(Reason.DAMAGED) from None


def _parser(visitor: Visitor) -> XMLParserType:
    """A parser that keeps the path of the current element and calls the visitor with it."""
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        if len(path) > _DEEPEST:
            raise unreadable(Reason.DAMAGED)
        visitor.start(path, attributes)

    def end(_name: str) -> None:
        visitor.end(path)
        path.pop()

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: visitor.text(path, text)
    return parser


def _refuse_document_type(*_declared: object) -> None:
    raise unreadable(Reason.ENTITIES)


class Starts:
    """A Visitor that collects the attributes of elements with these names, each with the name of its parent."""

    def __init__(self, *names: str) -> None:
        self.found: list[tuple[str, str, Mapping[str, str]]] = []
        self._names = frozenset(names)

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Keeps (name of the parent, name, attributes without namespaces)."""
        if path[-1] in self._names:
            plain = {name.rpartition(":")[2]: value for name, value in attributes.items()}
            self.found.append((path[-2] if len(path) > 1 else "", path[-1], plain))

    def text(self, path: list[str], text: str) -> None:
        """Ignores texts."""

    def end(self, path: list[str]) -> None:
        """Ignores the ends of elements."""


def starts(content: bytes, *names: str) -> list[tuple[str, str, Mapping[str, str]]]:
    """All elements with these names: (name of the parent, name, attributes). Raises Unreadable."""
    visitor = Starts(*names)
    walk(content, visitor)
    return visitor.found
