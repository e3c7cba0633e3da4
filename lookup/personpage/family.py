"""The family as the page shows it: each relative once, with every relation to the person, and where they live. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from integrations.folkeregisteret.documents import Foreldreansvar
from lookup.personpage.homes import Home, has_dwelling, home_of
from lookup.personpage.rows import as_date, hole_row
from lookup.personpage.ties import Named, Tie, bonds, by_parents, notes, responsible
from lookup.personpage.who import born_on, is_dead, name_of
from roles.ages import age_on
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord, State

Family = Mapping[str, PermittedRecord]

#: In the order of the page.
_HEADINGS: Final[Mapping[str, StrPromise]] = {
    "children": gettext_lazy("Barn"),
    "spouse": gettext_lazy("Ektefelle eller partner"),
    "parents": gettext_lazy("Foreldre"),
    "siblings": gettext_lazy("Søsken"),
    "others": gettext_lazy("Har foreldreansvaret"),
}
MISSING: Final = gettext_lazy(
    "Navn og bosted til familien kunne ikke hentes nå. Slå opp den du trenger, eller prøv igjen om litt."
)
HOUSEHOLD_LEAD: Final = gettext_lazy("På adressen bor, av dem som står her:")
HOUSEHOLD_LIMITS: Final = gettext_lazy(
    "Registeret sier ikke hvem andre som bor på adressen. Søsken hører med bare når adressen deres kan vises."
)
RELATIONS: Final = ("familierelasjon", "foreldreansvar", "sivilstand.relatertVedSivilstand")


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of the family. number: "" for a person without one, and for the person of the page. about: lines with
    the date of birth and, for a person without a number, what else the register says. ties: the relations in words."""

    number: str
    name: str
    about: tuple[str, ...] = ()
    dead: bool = False
    ties: tuple[str, ...] = ()
    home: Home = field(default_factory=Home)


@dataclass(frozen=True, slots=True)
class Relatives:
    """The relatives under one heading."""

    key: str
    heading: StrPromise
    members: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """A child and those who hold parental responsibility. notes: what the register says where it names no person."""

    child: Relative
    responsible: tuple[Relative, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The whole block. household: the person, and then the relatives who live at the same address; None when the
    person's address is not shown. is_whole: False when the register did not answer about the relatives."""

    groups: tuple[Relatives, ...]
    notes: tuple[str, ...]
    charges: tuple[Charge, ...]
    household: tuple[Relative, ...] | None
    is_whole: bool

    missing = MISSING
    household_lead = HOUSEHOLD_LEAD
    household_limits = HOUSEHOLD_LIMITS

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.notes or self.charges)


def family_view(
    record: PermittedRecord, family: Family, *, asked: str, today: date, is_whole: bool = True
) -> FamilyView | None:
    """The family of a record; None when the role opens no relations.

    family: the relatives' records by number, as the gate let them through. asked: the number that was looked up.
    today: for ages.
    """
    if all(record[key].state is State.NOT_IN_ROLE for key in RELATIONS):
        return None
    return _View(record, family, asked, today).view(is_whole=is_whole)


class _View:
    """The family of one page."""

    def __init__(self, record: PermittedRecord, family: Family, asked: str, today: date) -> None:
        self._record, self._family, self._today = record, family, today
        numbers = (entry.foedselsEllerDNummer for entry in record.entries_of(of.IDENTIFIKASJONSNUMMER))
        self._own = frozenset({asked, *filter(None, numbers)})
        # The page shows the same person in several places.
        self._relative = cache(self._relative_to_show)

    def view(self, *, is_whole: bool) -> FamilyView:
        groups = tuple(self._groups())
        return FamilyView(
            groups=groups,
            notes=tuple(dict.fromkeys(self._notes())),
            charges=tuple(self._charges()),
            household=self._household(groups),
            is_whole=is_whole,
        )

    def _notes(self) -> Iterator[str]:
        yield from notes(self._record.entries_of(of.FORELDREANSVAR))
        for key in RELATIONS:
            yield from (str(row.lines[0]) for entry in self._record[key].entries for row in hole_row(key, entry))

    def _groups(self) -> Iterator[Relatives]:
        members: dict[Named, tuple[str, Relative]] = {}
        for tie in self._ties():
            group, relative = members.get(tie.who) or (tie.group, self._relative(tie.who))
            members[tie.who] = group, replace(relative, ties=tuple(dict.fromkeys((*relative.ties, tie.words))))
        for key, heading in _HEADINGS.items():
            if own := tuple(relative for group, relative in members.values() if group == key):
                yield Relatives(key, heading, own)

    def _ties(self) -> Iterator[Tie]:
        """Every relation. The first relation that names a person decides the heading they stand under."""
        ties = [*bonds(self._record)]
        for number in dict.fromkeys(tie.who.number for tie in ties if tie.group == "parents"):
            if parent := self._family.get(number):
                ties += [tie for tie in by_parents(parent, name_of(parent)) if self._may_be_shown(tie.who)]
        return (tie for tie in ties if tie.who.number not in self._own)

    def _may_be_shown(self, who: Named) -> bool:
        """Whether somebody whom a relative names may be shown: persons whom the gate let through, and persons without a
        number."""
        return not who.number or who.number in self._family

    def _charges(self) -> Iterator[Charge]:
        children = [tie.who for tie in bonds(self._record) if tie.group == "children" and tie.who.number]
        myself = replace(self._myself, number="")
        charges = [self._charge(myself, self._own_responsible())]
        for child in dict.fromkeys(children):
            if record := self._family.get(child.number):
                entries = record.entries_of(of.FORELDREANSVAR)
                charges.append(self._charge(self._relative(child), entries, lets_name=self._may_be_shown))
        return (charge for charge in charges if charge.responsible or charge.notes)

    def _own_responsible(self) -> tuple[Foreldreansvar, ...]:
        """The entries in which the person is the child. A parent's record has entries about their children as well."""
        entries = self._record.entries_of(of.FORELDREANSVAR)
        return tuple(held for held in entries if self._is_about_me(held))

    def _is_about_me(self, held: Foreldreansvar) -> bool:
        return held.ansvarssubjektUtenIdentifikator is None and held.ansvarssubjekt in {None, *self._own}

    def _charge(
        self, child: Relative, entries: Sequence[Foreldreansvar], *, lets_name: Callable[[Named], bool] = bool
    ) -> Charge:
        """The child with those whom the entries name. lets_name: tells whether somebody may be shown."""
        holders: list[Relative] = []
        said = [*notes(entries)]
        for tie in responsible(entries):
            if tie.who.number in self._own:
                holders.append(replace(self._myself, ties=(tie.words,)))
            elif lets_name(tie.who):
                holders.append(replace(self._relative(tie.who), ties=(tie.words,)))
            else:
                said.append(_("Flere med foreldreansvar kan stå på barnets egen side."))
        return Charge(child, tuple(holders), tuple(dict.fromkeys(said)))

    def _household(self, groups: tuple[Relatives, ...]) -> tuple[Relative, ...] | None:
        if not has_dwelling(self._record):
            return None
        here = (member for group in groups for member in group.members if member.home.is_shared)
        return (self._myself, *here)

    @cached_property
    def _myself(self) -> Relative:
        return replace(self._shown("", self._record), home=home_of(self._record, None, self._today))

    def _relative_to_show(self, who: Named) -> Relative:
        record = self._family.get(who.number)
        return Relative(who.number, who.name, who.about) if record is None else self._shown(who.number, record)

    def _shown(self, number: str, record: PermittedRecord) -> Relative:
        born, dead = born_on(record), is_dead(record)
        about = (_born(born, None if dead else self._today),) if born else ()
        home = Home() if dead else home_of(record, self._record, self._today)
        return Relative(number, name_of(record), about, dead, home=home)


def _born(born: date, today: date | None) -> str:
    """The line with the date of birth. today: adds the age; None for a dead person."""
    if today is None or born > today:
        return _("Født %(date)s") % {"date": as_date(born)}
    return _("Født %(date)s (%(age)s år)") % {"date": as_date(born), "age": age_on(born, today)}
