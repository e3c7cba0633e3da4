"""Name, number, birth and death of the person of a record, as far as the role sees them. Pure."""

from datetime import date
from typing import Final

from integrations.folkeregisteret.documents import Folkeregisteridentifikator, number_in_use
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord
from roles.vocabulary.persons import full_name

#: In the name that a child has until it gets its own, this stands between the mother's name and the kind of child
#: (contract 2.3).
_UNNAMED: Final = "*"


def name_of(record: PermittedRecord) -> str:
    """The full name; "" when the role does not open it or the register has none."""
    return next((full_name(entry) for entry in record.entries_of(of.NAVN)), "")


def is_unnamed_child(record: PermittedRecord) -> bool:
    """Whether the name is the mother's with the kind of child, which the register writes until the child has a name."""
    return any(_UNNAMED in (entry.fornavn or "") for entry in record.entries_of(of.NAVN))


def identifier_of(record: PermittedRecord) -> Folkeregisteridentifikator | None:
    """The number in use; None when the role does not open it."""
    return number_in_use(record.entries_of(of.IDENTIFIKASJONSNUMMER))


def born_on(record: PermittedRecord) -> date | None:
    return next((entry.foedselsdato for entry in record.entries_of(of.FOEDSEL) if entry.foedselsdato), None)


def died_on(record: PermittedRecord) -> date | None:
    return next((entry.doedsdato for entry in record.entries_of(of.DOEDSFALL) if entry.doedsdato), None)


def is_dead(record: PermittedRecord) -> bool:
    """Whether the record shows that the person is dead."""
    statuses = (*record.entries_of(of.STATUS), *record.entries_of(of.STATUS_UTVIDET))
    return bool(record.entries_of(of.DOEDSFALL)) or any(entry.status == "doed" for entry in statuses)
