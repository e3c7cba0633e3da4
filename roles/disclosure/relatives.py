"""The relatives that a record names. The gate reads their grading: a protected relative hides the shared address.

No datum about them leaves the gate this way. A role that opens no relations cannot lead to a relative, so none is read
for it.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import parts_for
from roles.access import Access
from roles.disclosure.clients import NOBODY, client
from roles.policy.judging import follows_relations, relatives_of

#: The elements in which two persons can have the same address.
COMPARED = ("bostedsadresse", "deltBosted", "oppholdsadresse")
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
    wanted = named.difference(known) or (NOBODY,) * asks_anyway
    return list(read(access, wanted, parts_for(COMPARED), within=within).values())


def read(
    access: Access, numbers: Collection[str], parts: Collection[str], *, within: float | None = None
) -> dict[str, PersonRecord]:
    """Whom the register knows of these, by the number asked for. Raises PartyError."""
    wanted = iter(sorted(numbers))
    found: dict[str, PersonRecord] = {}
    while batch := list(islice(wanted, _AT_ONCE)):
        answers = client(access.organisation_number).bulk(access.package, batch, parts, within=within)
        found |= {answer.asked: answer.person for answer in answers if answer.person is not None}
    return found
