"""Acts that tests log."""

from collections.abc import Sequence
from uuid import UUID

from roles.actors import Actor
from roles.audit import Entry, Event, Outcome, Receipt, Subject, append

CASEWORKER = Actor(kind="employee", id="5f6d1c1e-0000-4000-8000-000000000001", label="Saksbehandler barnehage")
ADMINISTRATOR = Actor(kind="employee", id="5f6d1c1e-0000-4000-8000-000000000002", label="Rolleadministrator")
NUMBER = "13926012345"
OLDER_NUMBER = "13926054321"
OTHER_NUMBER = "24815098765"


def lookup(organisation_id: UUID | None, number: str = NUMBER) -> Entry:
    """One person looked up and shown."""
    return Entry(
        event=Event.PERSON_ANSWERED,
        actor=CASEWORKER,
        organisation_id=organisation_id,
        subject=Subject(number),
        outcome=Outcome.DELIVERED,
    )


def change(organisation_id: UUID | None) -> Entry:
    """A role changed by an administrator."""
    return Entry(event=Event.ROLE_CHANGED, actor=ADMINISTRATOR, organisation_id=organisation_id)


def batch(organisation_id: UUID | None, numbers: Sequence[str]) -> Receipt:
    """Many persons read in one act."""
    entry = Entry(event=Event.BATCH_ANSWERED, actor=CASEWORKER, organisation_id=organisation_id)
    return append(entry, subjects=[Subject(number, number, Outcome.DELIVERED) for number in numbers], on="audit")


def numbers(count: int) -> list[str]:
    """So many different numbers that belong to no person."""
    return [f"139260{number:05d}" for number in range(count)]
