"""The criteria of a list: for the register's extract, and for checking each person afterwards. Pure.

The register's extract filters only by kommune, status, birth year, sex, citizenship and civil status, and between the
extract and our lookup persons move and die. Therefore the same criteria are applied to each record, as far as the role
shows the elements. Dates are ours alone: the extract does not know them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import msgspec

from integrations.folkeregisteret.codes import letters_of
from integrations.folkeregisteret.criteria import ExtractCriteria
from integrations.folkeregisteret.documents import Sivilstand
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import kommune_number

RESIDENT, DEAD = "bosatt", "doed"
#: Asked for in addition to the columns when the role has it, so that persons who died or moved abroad are not listed.
CHECKED_ELEMENTS = frozenset({"status"})
#: The element that each field of Narrowing reads. A role without it may not filter by it.
NARROWED_BY = {
    "sex": "kjoenn",
    "citizenship": "statsborgerskap",
    "civil_status": "sivilstand",
    "civil_status_year": "sivilstand",
    "born_first": "foedsel",
    "born_last": "foedsel",
}


class Narrowing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What narrows a list beyond kommune and birth year. An empty field does not narrow.

    sex, civil_status: codes of the register. citizenship: ISO 3166 alpha-3. civil_status_year: the calendar year in
    which the civil status began. born_first, born_last: birth days, both included.
    """

    sex: str = ""
    citizenship: str = ""
    civil_status: str = ""
    civil_status_year: int | None = None
    born_first: date | None = None
    born_last: date | None = None

    def given(self) -> dict[str, str | int]:
        """The fields that narrow, as they are stored; days as ISO text."""
        fields: dict[str, str | int] = msgspec.to_builtins(self)
        return fields

    def given_values(self) -> dict[str, str | int | date]:
        """The same fields with days as dates."""
        return {name: getattr(self, name) for name in self.given()}

    @property
    def elements(self) -> frozenset[str]:
        """The elements that the role must have for this."""
        return frozenset(NARROWED_BY[name] for name in self.given())

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

    def _is_status(self, entry: Sivilstand) -> bool:
        year = entry.sivilstandsdato.year if entry.sivilstandsdato else None
        return _has(self.civil_status or str(entry.sivilstand), [entry.sivilstand]) and (
            self.civil_status_year in (None, year)
        )

    def _was_born(self, day: date) -> bool:
        return (self.born_first or date.min) <= day <= (self.born_last or date.max)


@dataclass(frozen=True, slots=True)
class ListCriteria:
    """Residents of one kommune (four digits) born from `born_from` to `born_to`, both years included."""

    kommune: str
    born_from: int
    born_to: int
    narrowing: Narrowing = field(default_factory=Narrowing)

    def extract(self) -> ExtractCriteria:
        """The same criteria for the register's extract, as far as it has them."""
        return ExtractCriteria(
            personstatustyper=(RESIDENT,),
            bostedskommunenummer=self.kommune,
            foedselsaarFraOgMed=self.born_from,
            foedselsaarTilOgMed=self.born_to,
            kjoenn=self.narrowing.sex or None,
            statsborgerskap=self.narrowing.citizenship or None,
            sivilstandstype=self.narrowing.civil_status or None,
        )

    def admits(self, record: PermittedRecord) -> bool:
        """Whether the person still belongs on the list. An element that the role does not show is not checked."""
        return (
            self._is_resident(record)
            and self._lives_here(record)
            and self._was_born_then(record)
            and self.narrowing.admits(record)
        )

    def _is_resident(self, record: PermittedRecord) -> bool:
        statuses = [entry.status for entry in record.entries_of(of.STATUS) if entry.status]
        return not is_dead(record) and (not statuses or RESIDENT in statuses)

    def _lives_here(self, record: PermittedRecord) -> bool:
        kommuner = {kommune_number(entry) for entry in record.entries_of(of.BOSTEDSADRESSE)} - {None}
        return not kommuner or self.kommune in kommuner

    def _was_born_then(self, record: PermittedRecord) -> bool:
        years = [int(entry.foedselsaar) for entry in record.entries_of(of.FOEDSEL) if entry.foedselsaar]
        return not years or any(self.born_from <= year <= self.born_to for year in years)


def is_dead(record: PermittedRecord) -> bool:
    """Whether the role sees that the person is dead."""
    return bool(record.entries_of(of.DOEDSFALL)) or any(entry.status == DEAD for entry in record.entries_of(of.STATUS))


def _has(code: str, codes: Iterable[str | None]) -> bool:
    """Whether the code is among the register's codes, however they are written."""
    return letters_of(code) in {letters_of(one or "") for one in codes}
