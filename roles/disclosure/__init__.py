"""THE GATE: the only door to person data, for the page, the API and the list alike.

Each function takes an Access as its first argument. It commits the question to the audit log, asks the register for the
smallest set of parts, reads the right again when the register has answered, commits the answer to the audit log, and
only then returns a PermittedRecord. A PersonRecord never leaves this package. Errors of the register
(integrations.folkeregisteret.errors) are logged as failed and raised to the caller.
"""

from roles.disclosure.employeelimits import check_room
from roles.disclosure.extracts import extract_batch, order_extract, search_for_list
from roles.disclosure.family import FAMILY_ELEMENTS, PersonAndFamily
from roles.disclosure.many import ManyDisclosed, disclose_many
from roles.disclosure.one import disclose, disclose_with_family
from roles.disclosure.searching import (
    ADDRESS_CRITERIA,
    HIT_ELEMENTS,
    MAX_HITS,
    Hit,
    SearchResult,
    may_search_by,
    search,
    widened,
)

__all__ = [
    "ADDRESS_CRITERIA",
    "FAMILY_ELEMENTS",
    "HIT_ELEMENTS",
    "MAX_HITS",
    "Hit",
    "ManyDisclosed",
    "PersonAndFamily",
    "SearchResult",
    "check_room",
    "disclose",
    "disclose_many",
    "disclose_with_family",
    "extract_batch",
    "may_search_by",
    "order_extract",
    "search",
    "search_for_list",
    "widened",
]
