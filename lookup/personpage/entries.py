"""The entries of an element as the page shows them: the current ones, and in the history the earlier ones. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Final

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import Entry
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.folkeregisteret.moments import day_of
from lookup.personpage.elements import PRESENT
from lookup.personpage.parts import EntryView
from lookup.personpage.rows import Row, as_date, hole_row
from roles import vocabulary
from roles.policy.fieldplan import history_element
from roles.policy.permitted import PermittedElement, PermittedRecord, State
from roles.policy.repeated import each_once

#: The numbers by which the register may name the person of the page.
Own = tuple[str | None, ...]

HISTORY: Final = frozenset({"historikk", "historikk.utvidet", "innflytting.historikk", "utflytting.historikk"})
#: Elements with one value at a time: each ends when the next begins (contract section 2.2).
_ONE_AT_A_TIME: Final = frozenset(
    {"navn", "status", "kjoenn", "sivilstand", "identitetsgrunnlag", "bostedsadresse", "oppholdsadresse"}
    | {"postadresse", "postadresseIUtlandet", "forholdTilSametingetsValgmanntall"}
)
#: This element repeats what `status` says.
_SAID: Final = "status.utvidet"


def now(element: PermittedElement, own: Own) -> tuple[EntryView, ...]:
    """The current entries, each value once. own: the numbers of the person of the page."""
    if not element.entries:
        return ()
    current, _earlier = each_once(element.entries, element.earlier)
    return tuple(EntryView(tuple(_rows(element.key, entry, own))) for entry in current)


def before(record: PermittedRecord, history: str, own: Own) -> tuple[EntryView, ...]:
    """The earlier entries of every element whose history this element opens, the latest first."""
    properties = (key for key in ELEMENTS if ELEMENTS[key].source == key and history_element(key) == history)
    dated = chain.from_iterable(_past(record, key, own) for key in properties)
    return tuple(view for _begun, view in sorted(dated, key=lambda one: one[0], reverse=True))


def _past(record: PermittedRecord, key: str, own: Own) -> Iterator[tuple[date, EntryView]]:
    element = record[key]
    _current, earlier = each_once(element.entries, element.earlier)
    begun = sorted(filter(None, map(_begins, (*element.entries, *element.earlier))))
    label = vocabulary.element_name(key)
    for entry in earlier:
        rows = tuple(chain.from_iterable(_rows(part, entry, own) for part in _parts(record, key)))
        next_one = _next(entry, begun) if key in _ONE_AT_A_TIME else None
        yield _begins(entry) or date.min, EntryView(rows, past=True, label=label, period=_period(entry, next_one))


def _parts(record: PermittedRecord, key: str) -> Iterator[str]:
    """The property, and its parts that the role opens as elements of their own."""
    yield key
    for split, element in ELEMENTS.items():
        if element.source == key and split not in HISTORY | {key, _SAID} and record[split].state is State.VALUE:
            yield split


def _rows(key: str, entry: Entry, own: Own) -> Iterator[Row]:
    """The rows of one entry. Parental responsibility names the person of the page too; such a row is left out."""
    yield from (row for row in PRESENT[key](entry) if not row.number or row.number not in own)
    yield from hole_row(key, entry)


def _begins(entry: Entry) -> date | None:
    return day_of(entry.gyldighetstidspunkt or "")


def _next(entry: Entry, begun: Iterable[date]) -> date | None:
    """The day on which the next value began; None when no later day is known."""
    own = _begins(entry)
    return next((day for day in begun if day > own), None) if own else None


def _period(entry: Entry, next_one: date | None) -> str:
    begin, end = entry.gyldighetstidspunkt, entry.opphoerstidspunkt or next_one
    if begin and end:
        return _("%(begin)s til %(end)s") % {"begin": as_date(begin), "end": as_date(end)}
    if begin:
        return _("Fra %(date)s") % {"date": as_date(begin)}
    return _("Til %(date)s") % {"date": as_date(end)} if end else _("Tidspunktet er ikke registrert")
