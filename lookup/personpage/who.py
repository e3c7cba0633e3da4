"""Who a permitted record is about, as far as it says. Pure."""

from datetime import date
from typing import Final

from integrations.folkeregisteret.documents import Folkeregisteridentifikator, number_in_use
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord
from roles.vocabulary.persons import full_name

#: Between the mother's name and what the child is, in the name that stands until a child has one (contract 2.3).
_UNNAMED: Final = "*"


def name_of(record: PermittedRecord) -> str:
    """ "" where the role or the register has none."""
    return next((full_name(entry) for entry in record.entries_of(of.NAVN)), "")


def is_unnamed_child(record: PermittedRecord) -> bool:
    """Whether the register writes the mother's name, and what the child is, until it has a name."""
    return any(_UNNAMED in (entry.fornavn or "") for entry in record.entries_of(of.NAVN))


def identifier_of(record: PermittedRecord) -> Folkeregisteridentifikator | None:
    """The number that is in use, as far as the role has it."""
    return number_in_use(record.entries_of(of.IDENTIFIKASJONSNUMMER))


def born_on(record: PermittedRecord) -> date | None:
    return next((entry.foedselsdato for entry in record.entries_of(of.FOEDSEL) if entry.foedselsdato), None)


def died_on(record: PermittedRecord) -> date | None:
    return next((entry.doedsdato for entry in record.entries_of(of.DOEDSFALL) if entry.doedsdato), None)


def is_dead(record: PermittedRecord) -> bool:
    """Whether the role is told that they are."""
    statuses = record.entries_of(of.STATUS)
    return bool(record.entries_of(of.DOEDSFALL)) or any(entry.status == "doed" for entry in statuses)
