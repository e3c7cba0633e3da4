"""The relations between a person and those whom the record names, in words. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import Foreldreansvar
from lookup.personpage.rows import described_row
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord
from roles.vocabulary import code_name
from roles.vocabulary.persons import Described, organisation_name

_GROUPS: Final[Mapping[str | None, str]] = {
    "barn": "children",
    "doedfoedtBarn": "children",
    "mor": "parents",
    "far": "parents",
    "medmor": "parents",
    "ektefelleEllerPartner": "spouse",
    "soesken": "siblings",
}
_SPOUSE: Final = "ektefelleEllerPartner"


class Named(NamedTuple):
    """A person or organisation that an entry names: by number, or by name with further lines (about)."""

    number: str = ""
    name: str = ""
    about: tuple[str, ...] = ()


class Tie(NamedTuple):
    """One relation. group: the key of the heading that the relative stands under. words: the relation in words."""

    who: Named
    group: str
    words: str


def bonds(record: PermittedRecord) -> Iterator[Tie]:
    """The relations to everybody whom the record names. Parental responsibility comes last, because it does not say how
    somebody is related."""
    for relation in record.entries_of(of.FAMILIERELASJON):
        role = relation.relatertPersonsRolle
        for who in _named(relation.relatertPerson, relation.relatertPersonUtenFolkeregisteridentifikator):
            yield Tie(who, _GROUPS.get(role, "others"), code_name("relatertPersonsRolle", role or ""))
    for status in record.entries_of(of.RELATERT_VED_SIVILSTAND):
        kind = status.sivilstand
        words = code_name("sivilstand", kind) if kind else code_name("relatertPersonsRolle", _SPOUSE)
        yield from (Tie(who, "spouse", words) for who in _named(status.relatertVedSivilstand, None))
    for held in record.entries_of(of.FORELDREANSVAR):
        for who in _named(held.ansvarssubjekt, held.ansvarssubjektUtenIdentifikator):
            yield Tie(who, "children", _responsibility(held))
    yield from responsible(record.entries_of(of.FORELDREANSVAR))


def responsible(entries: Iterable[Foreldreansvar]) -> Iterator[Tie]:
    """Those who hold responsibility for a child: persons with and without a number, and organisations."""
    for held in entries:
        for who in _named(held.ansvarlig, held.ansvarligUtenIdentifikator):
            yield Tie(who, "others", _responsibility(held))
        if held.ansvarligOrganisasjon:
            yield Tie(Named(name=organisation_name(held.ansvarligOrganisasjon)), "others", _responsibility(held))


def notes(entries: Iterable[Foreldreansvar]) -> Iterator[str]:
    """Sentences for entries that name nobody."""
    for held in entries:
        if held.ansvar == "andre":
            yield _("Andre enn foreldrene har foreldreansvaret.")
        elif held.ansvar == "ukjent":
            yield _("Folkeregisteret vet ikke hvem som har foreldreansvaret.")
        elif not _names_somebody(held):
            yield _responsibility(held)


def _names_somebody(held: Foreldreansvar) -> bool:
    persons = (held.ansvarlig, held.ansvarligUtenIdentifikator, held.ansvarligOrganisasjon)
    children = (held.ansvarssubjekt, held.ansvarssubjektUtenIdentifikator)
    return any((*persons, *children))


def by_parents(parent: PermittedRecord, name: str) -> Iterator[Tie]:
    """The children of one of the person's parents: siblings, and the person themselves. name: the parent's name."""
    words = _("Barn av %(parent)s") % {"parent": name} if name else _("Felles forelder")
    for relation in parent.entries_of(of.FAMILIERELASJON):
        if relation.relatertPersonsRolle == "barn":
            for who in _named(relation.relatertPerson, relation.relatertPersonUtenFolkeregisteridentifikator):
                yield Tie(who, "siblings", words)


def _responsibility(held: Foreldreansvar) -> str:
    if not held.ansvar:
        return _("Foreldreansvar")
    return _("Foreldreansvar: %(kind)s") % {"kind": code_name("ansvar", held.ansvar).lower()}


def _named(number: str | None, described: Described | None) -> Iterator[Named]:
    if number:
        yield Named(number)
    for row in described_row("", described):
        name, *about = map(str, row.lines)
        yield Named(name=name, about=tuple(about))
