"""The relatives that a record names. The gate reads their grading: a protected relative hides the shared address.

No datum about them leaves the gate. A role that opens no relations cannot lead to a relative, so none is read for it.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import parts_for
from roles.access import Access
from roles.disclosure.clients import NOBODY, client
from roles.policy.judging import follows_relations, relatives_of

#: The elements in which two persons can have the same address.
_COMPARED = ("bostedsadresse", "deltBosted", "oppholdsadresse")
_AT_ONCE = 1000


def relatives(
    access: Access,
    shown: Sequence[PersonRecord],
    *,
    known: Iterable[str] = (),
    within: float | None = None,
    asks_anyway: bool = False,
) -> list[PersonRecord]:
    """The relatives of the shown persons, with grading and addresses only; [] when the role follows no relations.

    known: numbers of persons already read; they are not read again. within: timeout in seconds. asks_anyway: ask the
    register also when no relative is named, so that the time says nothing about the person. Raises PartyError, so that
    a person whose relatives could not be checked is not shown.
    """
    if not follows_relations(access.elements):
        return []
    named = frozenset(number for record in shown for number in relatives_of(record, access.elements))
    wanted = iter(sorted(named.difference(known)) or [NOBODY] * asks_anyway)
    found: list[PersonRecord] = []
    while numbers := list(islice(wanted, _AT_ONCE)):
        answers = client(access.organisation_number).bulk(access.package, numbers, parts_for(_COMPARED), within=within)
        found += [answer.person for answer in answers if answer.person is not None]
    return found
