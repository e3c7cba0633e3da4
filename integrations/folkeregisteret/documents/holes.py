"""Reads documents that do not fit their types field by field. A field that cannot be read is a hole; the rest is kept.

This is used only when the quick way (documents.decoding) fails. A hole is reported by its place, and its entry names it
in `unread`. Empty texts and nulls of older data have no meaning and are no holes. A hole in a grading becomes an
unknown code, which counts as the strictest grading.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from types import NoneType
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from integrations.folkeregisteret.codes import Codes, Gradering, codes_of
from integrations.folkeregisteret.documents.addresses import GraderingAvAdresse
from integrations.folkeregisteret.documents.metadata import UNREADABLE_GRADE, WHOLE_ENTRY, Entry
from integrations.folkeregisteret.moments import day_of
from integrations.http.errors import Cause, UnexpectedAnswer

_HOLE: Final = object()
_TOO_LARGE: Final = 2**63

ADocument = TypeVar("ADocument", bound=msgspec.Struct)


class _At(NamedTuple):
    """A place in a document. holes: all places found so far that cannot be read."""

    path: tuple[str, ...]
    holes: list[str]

    def below(self, name: str) -> "_At":
        return _At((*self.path, name), self.holes)

    def hole(self) -> None:
        self.holes.append(".".join(self.path))


#: Returns the value that was read, or _HOLE when the whole value cannot be read.
_Read = Callable[[Any, _At], Any]


def read_with_holes(value: object, kind: type[ADocument]) -> tuple[ADocument, list[str]]:
    """The document in `value`, and the place of each hole in it, such as "bostedsadresse.vegadresse".

    value: decoded JSON. Raises UnexpectedAnswer when it is no object or lacks a required field of the kind.
    """
    at = _At((), [])
    document = _document(kind, value, at) if isinstance(value, dict) else _HOLE
    if not isinstance(document, kind):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
    return document, at.holes


def _document(kind: type[msgspec.Struct], value: Any, at: _At) -> Any:
    """The document in `value`. An array with one object counts as that object."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        return _whole_entry(kind, at) if issubclass(kind, Entry) else _HOLE
    fields, unread = _fields_of(kind, value, at)
    if unread and issubclass(kind, Entry):
        fields["unread"] = unread
    if unread and issubclass(kind, GraderingAvAdresse):
        fields |= {"graderingsnivaa": UNREADABLE_GRADE, "erGjeldende": None}
    try:
        return kind(**fields)
    except TypeError:
        # A required field is missing.
        return _HOLE


def _fields_of(kind: type[msgspec.Struct], value: dict[str, Any], at: _At) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields that can be read, and the names of those that cannot be read or only in part."""
    fields: dict[str, Any] = {}
    unread: list[str] = []
    for field, name, read in _plan(kind):
        if (written := value.get(name)) is None or written == "":
            continue
        before, here = len(at.holes), at.below(name)
        if (found := read(written, here)) is _HOLE:
            here.hole()
        else:
            fields[field] = found
        if len(at.holes) > before:
            unread.append(field)
    return fields, tuple(unread)


def _whole_entry(kind: type[Entry], at: _At) -> Entry:
    """The entry that stands for one of which nothing can be read."""
    at.hole()
    fields: dict[str, Any] = {"unread": (WHOLE_ENTRY,)}
    if issubclass(kind, GraderingAvAdresse):
        fields["graderingsnivaa"] = UNREADABLE_GRADE
    return kind(**fields)


def _several(one: _Read, of_documents: bool, value: Any, at: _At) -> Any:
    """The values of an array. A single value in place of an array counts as an array of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(_each(one, (each for each in values if of_documents or not _is_blank(each)), at))


def _each(one: _Read, values: Iterable[Any], at: _At) -> Iterator[Any]:
    for value in values:
        if (found := one(value, at)) is _HOLE:
            at.hole()
        else:
            yield found


def _is_blank(value: Any) -> bool:
    return value is None or value == ""


def _code(codes: Codes, instead: object, value: Any, at: _At) -> Any:
    """The known code that is meant, or an unknown code as it is written. instead: the result for a value that is no
    text."""
    if isinstance(value, str):
        return codes.known(value) or _clean(value).strip() or instead
    if instead is not _HOLE:
        at.hole()
    return instead


def _text(value: Any, _at: _At) -> Any:
    return _clean(value) if isinstance(value, str) else _HOLE


def _whole_number(value: Any, _at: _At) -> Any:
    """A whole number, which JSON may write as 1.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and abs(value) < _TOO_LARGE else _HOLE


def _yes_or_no(value: Any, _at: _At) -> Any:
    return value if isinstance(value, bool) else _HOLE


def _day(value: Any, _at: _At) -> Any:
    """A date. A moment counts as its day."""
    return (day_of(value) if isinstance(value, str) else None) or _HOLE


_SCALARS: Final[Mapping[object, _Read]] = {str: _text, int: _whole_number, bool: _yes_or_no, date: _day}


def _clean(text: str) -> str:
    """The text without lone surrogates, which can be written neither to a page nor to a file."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _plan(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, _Read], ...]:
    """For each field: its name, its name in JSON, and the function that reads it."""
    hints = get_type_hints(kind, include_extras=True)
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return tuple((field, name, _reader(hints[field])) for field, name in names if field != "unread")


def _reader(hint: Any) -> _Read:
    """The function that reads the type X, X | None or tuple[X, ...]."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return partial(_several, _reader(inner), _is_document(inner))
    if codes := codes_of(hint):
        return partial(_code, codes, UNREADABLE_GRADE if hint is Gradering else _HOLE)
    if _is_document(hint):
        return partial(_document, hint)
    return _SCALARS.get(hint) or _reader_of_either(hint)


def _reader_of_either(hint: Any) -> _Read:
    marks = getattr(hint, "__metadata__", ())
    if codes := next((mark for mark in marks if isinstance(mark, Codes)), None):
        return partial(_code, codes, _HOLE)
    return _reader(next(inner for inner in get_args(hint) if inner is not NoneType))


def _is_document(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)
