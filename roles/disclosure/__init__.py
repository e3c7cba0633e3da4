"""THE GATE: the only door to person data, for the page, the API and the list alike.

Each function takes Access first, logs what is asked before the register is asked, asks for the smallest set of parts,
reads the right anew when the register has answered,
and lets out a PermittedRecord whose entry in the log is committed. A PersonRecord never leaves this package. What goes
wrong on the way (integrations.folkeregisteret.errors) is logged as failed and passed on.
"""

from roles.disclosure.employeelimits import check_room
from roles.disclosure.extracts import extract_batch, order_extract
from roles.disclosure.family import FAMILY_ELEMENTS, PersonAndFamily
from roles.disclosure.many import ManyDisclosed, disclose_many
from roles.disclosure.one import disclose, disclose_with_family
from roles.disclosure.searching import HIT_ELEMENTS, MAX_HITS, Hit, SearchResult, search, widened

__all__ = [
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
    "order_extract",
    "search",
    "widened",
]
