"""The criteria of a list: for the register's extract, and for checking each person afterwards. Pure.

The register's extract filters only by kommune, status and birth year, and between the extract and our lookup persons
move and die. Therefore the same criteria are applied to each record, as far as the role shows the elements.
"""

from dataclasses import dataclass

from integrations.folkeregisteret.criteria import ExtractCriteria
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import kommune_number

RESIDENT = "bosatt"
#: Asked for in addition to the columns when the role has it, so that persons who died or moved abroad are not listed.
CHECKED_ELEMENTS = frozenset({"status"})


@dataclass(frozen=True, slots=True)
class ListCriteria:
    """Residents of one kommune (four digits) born from `born_from` to `born_to`, both years included."""

    kommune: str
    born_from: int
    born_to: int

    def extract(self) -> ExtractCriteria:
        """The same criteria for the register's extract."""
        return ExtractCriteria(
            personstatustyper=(RESIDENT,),
            bostedskommunenummer=self.kommune,
            foedselsaarFraOgMed=self.born_from,
            foedselsaarTilOgMed=self.born_to,
        )

    def admits(self, record: PermittedRecord) -> bool:
        """Whether the person still belongs on the list. An element that the role does not show is not checked."""
        return self._is_resident(record) and self._lives_here(record) and self._was_born_then(record)

    def _is_resident(self, record: PermittedRecord) -> bool:
        statuses = [entry.status for entry in record.entries_of(of.STATUS) if entry.status]
        return not record.entries_of(of.DOEDSFALL) and (not statuses or RESIDENT in statuses)

    def _lives_here(self, record: PermittedRecord) -> bool:
        kommuner = {kommune_number(entry) for entry in record.entries_of(of.BOSTEDSADRESSE)} - {None}
        return not kommuner or self.kommune in kommuner

    def _was_born_then(self, record: PermittedRecord) -> bool:
        years = [int(entry.foedselsaar) for entry in record.entries_of(of.FOEDSEL) if entry.foedselsaar]
        return not years or any(self.born_from <= year <= self.born_to for year in years)
