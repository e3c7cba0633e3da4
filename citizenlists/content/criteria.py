"""Who is on a list. Pure: what the register is asked for, and what is looked at again once the persons are here.

The register's extract filters on kommune, status and birth year alone, and between its extract and our lookup people
move and die: so the same criteria are held against each record, as far as the role shows them.
"""

from dataclasses import dataclass

from integrations.folkeregisteret.criteria import ExtractCriteria
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.vocabulary.envelope import kommune_number

RESIDENT = "bosatt"
#: Asked for besides the columns where the role has it, so that nobody who died or moved abroad meanwhile is listed.
CHECKED_ELEMENTS = frozenset({"status"})


@dataclass(frozen=True, slots=True)
class ListCriteria:
    """Residents of one kommune (four digits) born from `born_from` to `born_to`, both years included."""

    kommune: str
    born_from: int
    born_to: int

    def extract(self) -> ExtractCriteria:
        """The same in the register's words."""
        return ExtractCriteria(
            personstatustyper=(RESIDENT,),
            bostedskommunenummer=self.kommune,
            foedselsaarFraOgMed=self.born_from,
            foedselsaarTilOgMed=self.born_to,
        )

    def admits(self, record: PermittedRecord) -> bool:
        """Whether the person still belongs on the list. What the role does not show decides nothing."""
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
