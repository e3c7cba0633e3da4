"""What a page about persons shows, out of what the gate let through. Pure: no database, no register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

from integrations.folkeregisteret.documents import WHOLE_ENTRY, Entry, Folkeregisteridentifikator, number_in_use
from lookup.personpage.elements import PRESENT
from lookup.personpage.headings import GROUPS, Group
from lookup.personpage.rows import Row, as_date, period
from roles import vocabulary
from roles.ages import age_on
from roles.policy import elementtypes as of
from roles.policy.fields import FIELDS
from roles.policy.permitted import PermittedElement, PermittedRecord, State
from roles.policy.repeated import each_once
from roles.vocabulary.persons import full_name

#: The numbers by which the person of the page may be named on it.
Own = tuple[str | None, ...]


_HISTORY = frozenset({"historikk", "historikk.utvidet", "innflytting.historikk", "utflytting.historikk"})
_ADDRESSES = frozenset({"bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"})
_SERIOUS = frozenset({"fortrolig", "strengtFortrolig"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside the name. colour: one of the theme's (neutral, warning, danger)."""

    text: str
    colour: str = "neutral"


@dataclass(frozen=True, slots=True)
class EntryView:
    """One value of an element. past: it holds no longer."""

    rows: tuple[Row, ...]
    past: bool = False


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element on the page, in exactly one state."""

    key: str
    state: str
    label: str
    entries: tuple[EntryView, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """Elements under one heading. filled: with something to read; empties: named only."""

    key: str
    heading: StrPromise
    filled: tuple[ElementView, ...]
    empties: tuple[ElementView, ...]
    may_open_address: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person. number: "" where the role has none. number_changed: it is not the one that was looked up."""

    heading: str
    number: str
    number_label: str
    number_changed: bool
    tags: tuple[Tag, ...]
    facts: tuple[Row, ...]
    groups: tuple[GroupView, ...]
    not_in_role: tuple[ElementView, ...]


def person_page(record: PermittedRecord, *, asked: str, today: date) -> PersonPage:
    """asked: the number that was looked up. today: for the age."""
    identifier = identifier_of(record)
    number = identifier.foedselsEllerDNummer if identifier else None
    views = {key: _element(record, record[key], own=(asked, number)) for group in GROUPS for key in group.elements}
    groups = (_group(group, views) for group in GROUPS)
    return PersonPage(
        heading=name_of(record) or _nameless(record),
        number=number or "",
        number_label=_number_label(identifier),
        number_changed=number not in (None, asked),
        tags=tuple(_tags(record)),
        facts=tuple(_facts(record, today)),
        groups=tuple(group for group in groups if group.filled or group.empties),
        not_in_role=tuple(view for view in views.values() if view.state == State.NOT_IN_ROLE),
    )


def _group(group: Group, views: Mapping[str, ElementView]) -> GroupView:
    own = [views[key] for key in group.elements]
    return GroupView(
        key=group.key,
        heading=group.heading,
        filled=tuple(view for view in own if view.entries),
        empties=tuple(view for view in own if view.state == State.EMPTY and not view.entries),
        may_open_address=any(view.state == State.PROTECTED and view.key in _ADDRESSES for view in own),
    )


def _element(record: PermittedRecord, element: PermittedElement, own: Own) -> ElementView:
    label = vocabulary.element_name(element.key)
    return ElementView(element.key, element.state.value, label, tuple(_entries(record, element, own)))


def _entries(record: PermittedRecord, element: PermittedElement, own: Own) -> Iterator[EntryView]:
    if element.state is State.PROTECTED:
        yield _says(_("Adressen kan ikke vises") if element.key in _ADDRESSES else _("Kan ikke vises"))
    elif element.state is State.EMPTY and element.key == "bostedsadresse" and not _sees_protection(record):
        # The same words for an unknown residence and a protected one: which it is, is itself confidential.
        yield _says(_("Adressen kan ikke vises"))
    elif element.state is State.VALUE and element.key in _HISTORY:
        yield _says(_("Tidligere verdier står ved hver opplysning"))
    elif element.state is State.VALUE:
        yield from _values(element, own)


def _values(element: PermittedElement, own: Own) -> Iterator[EntryView]:
    """Parental responsibility names the person too, from either side: they are not related to themselves."""

    holes = FIELDS.get(element.key, frozenset({element.key.partition(".")[0]})) | {WHOLE_ENTRY}

    def present(entry: Entry) -> Iterator[Row]:
        yield from (row for row in PRESENT[element.key](entry) if not row.number or row.number not in own)
        if not holes.isdisjoint(entry.unread):
            yield Row("", (_("Noe her kan ikke leses"),))

    current, earlier = each_once(element.entries, element.earlier)
    for entry in current:
        yield EntryView(tuple(present(entry)))
    for entry in earlier:
        yield EntryView((*present(entry), *period(entry)), past=True)


def _says(text: str) -> EntryView:
    return EntryView((Row("", (text,)),))


def _sees_protection(record: PermittedRecord) -> bool:
    return record["adressebeskyttelse"].state is not State.NOT_IN_ROLE


def name_of(record: PermittedRecord) -> str:
    return next((full_name(entry) for entry in record.entries_of(of.NAVN)), "")


def _nameless(record: PermittedRecord) -> str:
    return _("Navnet er ikke i rollen") if record["navn"].state is State.NOT_IN_ROLE else _("Person uten navn")


def identifier_of(record: PermittedRecord) -> Folkeregisteridentifikator | None:
    return number_in_use(record.entries_of(of.IDENTIFIKASJONSNUMMER))


def _number_label(identifier: Folkeregisteridentifikator | None) -> str:
    kind = identifier.identifikatortype if identifier else None
    return vocabulary.code_name("identifikatortype", kind) if kind else _("Nummer")


def _tags(record: PermittedRecord) -> Iterator[Tag]:
    statuses = record.entries_of(of.STATUS_UTVIDET) or record.entries_of(of.STATUS)
    yield from (Tag(vocabulary.code_name("status", entry.status)) for entry in statuses if entry.status)
    for entry in record.entries_of(of.ADRESSEBESKYTTELSE):
        if entry.graderingsnivaa in _SERIOUS:
            grade = vocabulary.code_name("graderingsnivaa", entry.graderingsnivaa)
            yield Tag(_("Adressebeskyttelse: %(grade)s") % {"grade": grade.lower()}, "danger")
    if any(entry.erFalsk for entry in record.entries_of(of.FALSK_IDENTITET)):
        yield Tag(_("Falsk identitet"), "danger")


def _facts(record: PermittedRecord, today: date) -> Iterator[Row]:
    born = next((entry.foedselsdato for entry in record.entries_of(of.FOEDSEL) if entry.foedselsdato), None)
    died = next((entry.doedsdato for entry in record.entries_of(of.DOEDSFALL) if entry.doedsdato), None)
    if born:
        yield Row(_("Født"), (_born(born, None if is_dead(record) else today),))
    if died:
        yield Row(_("Død"), (as_date(died),))


def is_dead(record: PermittedRecord) -> bool:
    return bool(record.entries_of(of.DOEDSFALL)) or any(
        entry.status == "doed" for entry in record.entries_of(of.STATUS)
    )


def _born(born: date, today: date | None) -> str:
    """With the age of who may still have one."""
    if today is None or born > today:
        return as_date(born)
    return _("%(date)s (%(age)s år)") % {"date": as_date(born), "age": age_on(born, today)}
