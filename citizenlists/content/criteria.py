"""The criteria of a list: for the register's extract, and for checking each person afterwards. Pure.

The register's extract filters only by kommune, status, birth year, sex, citizenship and civil status, and between the
extract and our lookup persons move and die. Therefore the same criteria are applied to each record, as far as the role
shows the elements. Dates, ages and places within the kommune are ours alone: the extract does not know them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import msgspec

from citizenlists.content.placecriteria import (
    BY_PLACE,
    STAY,
    has_moved_since,
    has_postal_code,
    is_in_district,
    stays_in,
)
from integrations.folkeregisteret.codes import letters_of
from integrations.folkeregisteret.criteria import ExtractCriteria
from integrations.folkeregisteret.documents import Sivilstand
from integrations.folkeregisteret.elements import ELEMENTS
from roles.disclosure import ADDRESS_CRITERIA
from roles.policy import elementtypes as of
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import kommune_number

RESIDENT, DEAD = "bosatt", "doed"
_OLDEST = 200
#: Asked for in addition to the columns when the role has it, so that persons who died or moved abroad are not listed.
CHECKED_ELEMENTS = frozenset({"status"})
#: What a role must have for a list of the dead. The dead count to the kommune they last lived in, so such a row tells
#: where the widow or widower lives. A role that may not see gradings must not learn that of anybody who lives with
#: somebody protected.
FOR_THE_DEAD = frozenset({PROTECTION_ELEMENT})
#: The element that each field of Narrowing reads. A role without it may not filter by it.
NARROWED_BY = {
    "sex": "kjoenn",
    "citizenship": "statsborgerskap",
    "civil_status": "sivilstand",
    "civil_status_year": "sivilstand",
    "born_first": "foedsel",
    "born_last": "foedsel",
    "born_month": "foedsel",
    "age_from": "foedsel",
    "age_to": "foedsel",
    "age_on": "foedsel",
    "died_from": "doedsfall",
    "died_to": "doedsfall",
    "kommune_by": "oppholdsadresse",
    "postal_codes": "bostedsadresse",
    "district": "bostedsadresse.kretser",
    "district_numbers": "bostedsadresse.kretser",
    "moved_since": "bostedsadresse",
}


class Narrowing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What narrows a list beyond kommune and birth year. An empty field does not narrow.

    sex, civil_status: codes of the register. citizenship: ISO 3166 alpha-3. civil_status_year: the calendar year in
    which the civil status began. born_first, born_last: birth days, both included. born_month: 1 to 12. age_from,
    age_to: in years on the day age_on, both included. died_from, died_to: calendar years; with one of them the list has
    the dead in place of residents. The fields of placecriteria.BY_PLACE: kommune_by is STAY for a
    list by place of stay; district is one of criteriawords.DISTRICT_NAMES, and moved_since a day.
    """

    sex: str = ""
    citizenship: str = ""
    civil_status: str = ""
    civil_status_year: int | None = None
    born_first: date | None = None
    born_last: date | None = None
    born_month: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    age_on: date | None = None
    died_from: int | None = None
    died_to: int | None = None
    kommune_by: str = ""
    postal_codes: tuple[str, ...] = ()
    district: str = ""
    district_numbers: tuple[str, ...] = ()
    moved_since: date | None = None

    def given(self) -> dict[str, str | int | list[str]]:
        """The fields that narrow, as they are stored: days as ISO text, several values as a list."""
        fields = msgspec.to_builtins(self).items()
        return {name: list(value) if isinstance(value, tuple) else value for name, value in fields}

    def given_values(self) -> dict[str, object]:
        """The same fields with days as dates."""
        return {name: getattr(self, name) for name in self.given()}

    @property
    def is_by_place(self) -> bool:
        """Whether being on the list tells something about an address besides the kommune."""
        return not BY_PLACE.isdisjoint(self.given())

    @property
    def elements(self) -> frozenset[str]:
        """The elements that the role must have for this: a part of a property is nothing without the property."""
        read = {NARROWED_BY[name] for name in self.given()}
        properties = {ELEMENTS[key].source for key in read}
        return frozenset(read | properties | (FOR_THE_DEAD if self.is_of_the_dead else set()))

    @property
    def is_of_the_dead(self) -> bool:
        """Whether the list has the dead in place of residents."""
        return self.died_from is not None or self.died_to is not None

    def died_then(self, record: PermittedRecord) -> bool:
        """Whether the person died in these years."""
        years = [death.doedsdato.year for death in record.entries_of(of.DOEDSFALL) if death.doedsdato]
        return any((self.died_from or 0) <= year <= (self.died_to or date.max.year) for year in years)

    def admits(self, record: PermittedRecord) -> bool:
        """Whether the person meets all of it. A person of whom a day is not registered is admitted by the birth year,
        and not by the year of a civil status."""
        return all(self._checks(record))

    def _checks(self, record: PermittedRecord) -> Iterator[bool]:
        if self.sex:
            yield _has(self.sex, (entry.kjoenn for entry in record.entries_of(of.KJOENN)))
        if self.citizenship:
            yield _has(self.citizenship, (held.statsborgerskap for held in record.entries_of(of.STATSBORGERSKAP)))
        if self.civil_status or self.civil_status_year:
            yield any(map(self._is_status, record.entries_of(of.SIVILSTAND)))
        days = (birth.foedselsdato for birth in record.entries_of(of.FOEDSEL))
        yield all(self._was_born(day) for day in days if day)
        yield from self._place_checks(record)

    def _place_checks(self, record: PermittedRecord) -> Iterator[bool]:
        if self.postal_codes:
            yield has_postal_code(record, self.postal_codes)
        if self.district:
            yield is_in_district(record, self.district, self.district_numbers)
        if self.moved_since:
            yield has_moved_since(record, self.moved_since)

    def _is_status(self, entry: Sivilstand) -> bool:
        year = entry.sivilstandsdato.year if entry.sivilstandsdato else None
        return _has(self.civil_status or str(entry.sivilstand), [entry.sivilstand]) and (
            self.civil_status_year in (None, year)
        )

    def _was_born(self, day: date) -> bool:
        return (
            (self.born_first or date.min) <= day <= (self.born_last or date.max)
            and self.born_month in (None, day.month)
            and (self.age_on is None or self._has_age(day, self.age_on))
        )

    def _has_age(self, born: date, on: date) -> bool:
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return (self.age_from or 0) <= age <= (_OLDEST if self.age_to is None else self.age_to)


@dataclass(frozen=True, slots=True)
class ListCriteria:
    """Residents of one kommune (four digits) born from `born_from` to `born_to`, both years included.

    searched_by: the kinds of criteria of a search. A list from a search has everybody whom the search finds, and
    neither kommune nor years (from_search()).
    """

    kommune: str
    born_from: int
    born_to: int
    narrowing: Narrowing = field(default_factory=Narrowing)
    searched_by: tuple[str, ...] = ()

    @property
    def is_by_place(self) -> bool:
        """Whether being on the list tells something about an address besides the kommune."""
        return self.narrowing.is_by_place or self._is_search_by_place

    @property
    def _is_search_by_place(self) -> bool:
        return not ADDRESS_CRITERIA.isdisjoint(self.searched_by)

    @property
    def elements(self) -> frozenset[str]:
        """The elements that the role must have for this."""
        return self.narrowing.elements | ({of.BOSTEDSADRESSE.key} if self._is_search_by_place else set())

    def extract(self) -> ExtractCriteria:
        """The same criteria for the register's extract, as far as it has them."""
        return ExtractCriteria(
            personstatustyper=(DEAD if self.narrowing.is_of_the_dead else RESIDENT,),
            doedsaarFraOgMed=self.narrowing.died_from,
            doedsaarTilOgMed=self.narrowing.died_to,
            bostedskommunenummer=None if self._is_by_stay else self.kommune,
            oppholdskommunenummer=self.kommune if self._is_by_stay else None,
            foedselsaarFraOgMed=self.born_from,
            foedselsaarTilOgMed=self.born_to,
            kjoenn=self.narrowing.sex or None,
            statsborgerskap=self.narrowing.citizenship or None,
            sivilstandstype=self.narrowing.civil_status or None,
        )

    def admits(self, record: PermittedRecord) -> bool:
        """Whether the person still belongs on the list. An element that the role does not show is not checked.

        Somebody found by an address must have a residence to show; otherwise the row would tell where they live.
        """
        if self.searched_by:
            return self._is_still_found(record)
        return (
            self._is_resident(record)
            and self._lives_here(record)
            and self._was_born_then(record)
            and self.narrowing.admits(record)
        )

    def _is_still_found(self, record: PermittedRecord) -> bool:
        if "inkluderDoede" not in self.searched_by and is_dead(record):
            return False
        return not self._is_search_by_place or bool(record.entries_of(of.BOSTEDSADRESSE))

    @property
    def _is_by_stay(self) -> bool:
        return self.narrowing.kommune_by == STAY

    def _is_resident(self, record: PermittedRecord) -> bool:
        if self.narrowing.is_of_the_dead:
            return self.narrowing.died_then(record)
        statuses = [entry.status for entry in record.entries_of(of.STATUS) if entry.status]
        return not is_dead(record) and (not statuses or RESIDENT in statuses)

    def _lives_here(self, record: PermittedRecord) -> bool:
        if self._is_by_stay:
            return stays_in(record, self.kommune)
        kommuner = {kommune_number(entry) for entry in record.entries_of(of.BOSTEDSADRESSE)} - {None}
        return not kommuner or self.kommune in kommuner

    def _was_born_then(self, record: PermittedRecord) -> bool:
        years = [int(entry.foedselsaar) for entry in record.entries_of(of.FOEDSEL) if entry.foedselsaar]
        return not years or any(self.born_from <= year <= self.born_to for year in years)


def is_dead(record: PermittedRecord) -> bool:
    """Whether the person is dead, as far as the role sees it."""
    statuses = (entry.status for entry in record.entries_of(of.STATUS))
    return bool(record.entries_of(of.DOEDSFALL)) or _has(DEAD, statuses)


def from_search(kinds: Iterable[str]) -> ListCriteria:
    """The criteria of a list from a search by these kinds of criteria."""
    return ListCriteria("", 0, 0, searched_by=tuple(sorted(kinds)))


def _has(code: str, codes: Iterable[str | None]) -> bool:
    """Whether the code is among the register's codes, however they are written."""
    return letters_of(code) in {letters_of(one or "") for one in codes}
