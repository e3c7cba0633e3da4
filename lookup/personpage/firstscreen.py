"""The first screen: who the person is, where they live, their nearest family, and what is unusual. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from lookup.personpage import who
from lookup.personpage.parts import ElementView, EntryView, FirstScreen, Tag
from lookup.personpage.rows import Row, as_date
from roles import vocabulary
from roles.ages import age_on
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord, State

Views = Mapping[str, ElementView]

_FACTS: Final = ("foedsel", "doedsfall", "kjoenn")
_FAMILY: Final = ("sivilstand",)
_HOME: Final = "bostedsadresse"
#: The elements that say where a person without a residence is found or written to.
_ELSEWHERE: Final = ("oppholdsadresse", "postadresse", "postadresseIUtlandet")
_SERIOUS: Final = frozenset({"fortrolig", "strengtFortrolig"})
_STATUS_COLOURS: Final = {
    "bosatt": "success",
    "doed": "danger",
    "opphoert": "danger",
    "utflyttet": "warning",
    "forsvunnet": "warning",
    "inaktiv": "warning",
}


def first_screen(record: PermittedRecord, views: Views, *, asked: str, today: date) -> FirstScreen:
    """The first screen of the record. asked: the number that was looked up. today: for the age."""
    identifier = who.identifier_of(record)
    number = identifier.foedselsEllerDNummer if identifier else None
    kind = identifier.identifikatortype if identifier else None
    label = vocabulary.code_name("identifikatortype", kind) if kind else _("Nummer")
    facts = {
        **views,
        "foedsel": _birth(record, views["foedsel"], today),
        "doedsfall": _death(record, views["doedsfall"]),
    }
    return FirstScreen(
        heading=who.name_of(record) or _nameless(record),
        note=_note(record, today),
        number=number or "",
        number_label=label,
        number_asked=asked if number not in (None, asked) else "",
        tags=tuple(_each_element_once(_tags(record))),
        name=_left(views["navn"], {who.name_of(record)}),
        numbers=_left(views["identifikasjonsnummer"], {number or "", label, _in_use()}),
        facts=tuple(facts[key] for key in _FACTS if facts[key].entries),
        address=tuple(_address(views)),
        family=tuple(views[key] for key in _FAMILY if views[key].entries),
    )


def _nameless(record: PermittedRecord) -> str:
    return _("Navnet er ikke i rollen") if record["navn"].state is State.NOT_IN_ROLE else _("Person uten navn")


def _note(record: PermittedRecord, today: date) -> str:
    if who.is_unnamed_child(record):
        return _("Barnet har ikke fått navn ennå. Registeret skriver morens navn og om det er en pike eller en gutt.")
    born = who.born_on(record)
    if record["navn"].state is State.EMPTY and born and age_on(born, today) < 1:
        return _("Barnet har ikke fått navn i Folkeregisteret ennå.")
    return ""


def _in_use() -> str:
    return vocabulary.code_name("identifikasjonsnummer.status", "iBruk")


def _left(view: ElementView, said: Collection[str]) -> ElementView | None:
    """The rest of an element when these texts are shown already; None for an element without a current entry."""
    if not view.entries:
        return None
    rows = (tuple(row for row in entry.rows if not _is_said(row, said)) for entry in view.entries)
    return replace(view, entries=tuple(EntryView(left) for left in rows if left))


def _is_said(row: Row, said: Collection[str]) -> bool:
    return bool(row.lines) and all(str(line) in said for line in row.lines)


def _birth(record: PermittedRecord, view: ElementView, today: date) -> ElementView:
    """The birth, with the age when the person is not dead."""
    born = who.born_on(record)
    if born is None:
        return view
    text = as_date(born)
    if born <= today and not who.is_dead(record):
        text = _("%(date)s (%(age)s år)") % {"date": text, "age": age_on(born, today)}
    return _with_date(view, as_date(born), text)


def _death(record: PermittedRecord, view: ElementView) -> ElementView:
    born, died = who.born_on(record), who.died_on(record)
    if died is None:
        return view
    text = as_date(died)
    if born and born <= died:
        text = _("%(date)s (ble %(age)s år)") % {"date": text, "age": age_on(born, died)}
    return _with_date(view, as_date(died), text)


def _with_date(view: ElementView, date_alone: str, text: str) -> ElementView:
    def told(row: Row) -> Row:
        return Row("", (text,)) if row.lines == (date_alone,) else row

    return replace(view, entries=tuple(EntryView(tuple(map(told, entry.rows))) for entry in view.entries))


def _address(views: Views) -> Iterator[ElementView]:
    """The residence; when none is shown, the first other address."""
    if views[_HOME].entries:
        yield views[_HOME]
    if views[_HOME].state != State.VALUE or not views[_HOME].entries:
        others = (views[key] for key in _ELSEWHERE)
        yield from [view for view in others if view.state == State.VALUE and view.entries][:1]


def _tags(record: PermittedRecord) -> Iterator[Tag]:
    yield from _statuses(record)
    yield from _protection(record)
    if any(entry.erFalsk for entry in record.entries_of(of.FALSK_IDENTITET)):
        yield Tag(_("Falsk identitet"), "danger", to="falskIdentitet")
    kinds = {entry.vergemaaltype for entry in record.entries_of(of.VERGEMAAL_ELLER_FREMTIDSFULLMAKT)}
    if kinds - {"stadfestetFremtidsfullmakt"}:
        yield Tag(_("Har verge"), "warning", to="vergemaalEllerFremtidsfullmakt")
    if "stadfestetFremtidsfullmakt" in kinds:
        yield Tag(_("Har fremtidsfullmakt"), "warning", to="vergemaalEllerFremtidsfullmakt")
    if record.entries_of(of.RETTSLIG_HANDLEEVNE):
        yield Tag(_("Begrenset rettslig handleevne"), "warning", to="rettsligHandleevne")


def _each_element_once(tags: Iterable[Tag]) -> Iterator[Tag]:
    told: set[str] = set()
    for tag in tags:
        yield replace(tag, element="") if tag.element in told else tag
        told.add(tag.element)


def _statuses(record: PermittedRecord) -> Iterator[Tag]:
    told = [entry.status for entry in record.entries_of(of.STATUS) if entry.status]
    for code in dict.fromkeys(told):
        colour = _STATUS_COLOURS.get(code, "info")
        yield Tag(vocabulary.code_name("status", code), colour, element="status")
    if record.entries_of(of.STATUS_UTVIDET):
        yield Tag(_("Statusen er taushetsbelagt"), "warning", element="status.utvidet")
    if "doed" not in told and who.is_dead(record):
        yield Tag(_("Død"), "danger")


def _protection(record: PermittedRecord) -> Iterator[Tag]:
    for entry in record.entries_of(of.ADRESSEBESKYTTELSE):
        if entry.graderingsnivaa in _SERIOUS:
            grade = vocabulary.code_name("graderingsnivaa", entry.graderingsnivaa)
            text = _("Adressebeskyttelse: %(grade)s") % {"grade": grade.lower()}
            yield Tag(text, "danger", element="adressebeskyttelse")
