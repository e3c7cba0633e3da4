"""Which onboarding steps an organisation needs, given its door to the register, and which of them are missing."""

from collections.abc import Iterable
from typing import Protocol

from django.conf import settings

from integrations.folkeregisteret.doors import Door, FiksDoor
from roles.models import Organisation, Step


class Taken(Protocol):
    """A recorded onboarding step: which step it is, and whether the record counts (`stands`)."""

    @property
    def step(self) -> str: ...
    @property
    def stands(self) -> bool: ...


def goes_through_operator(door: Door | None) -> bool:
    """Whether an operator asks the register on the organisation's behalf.

    door: None means that the organisation asks at the register's own door in its own name.
    """
    return isinstance(door, FiksDoor) or bool(door and door.consumer_org)


def required(door: Door | None) -> tuple[Step, ...]:
    """The steps that an organisation with this door needs, in order. Delegation is needed only with an operator."""
    return tuple(step for step in Step if step != Step.DELEGATION or goes_through_operator(door))


def missing(needed: Iterable[Step], taken: Iterable[Taken]) -> tuple[Step, ...]:
    """The needed steps that have no recorded step that counts, in the order of `needed`."""
    standing = {row.step for row in taken if row.stands}
    return tuple(step for step in needed if step not in standing)


def required_of(organisation_number: str) -> tuple[Step, ...]:
    """The steps that the organisation with this number needs, by the door that FOLKEREGISTER_DOORS gives it."""
    return required(settings.FOLKEREGISTER_DOORS.get(organisation_number))


def missing_in(organisation: Organisation) -> tuple[Step, ...]:
    """The steps the organisation still lacks. Read from the database at each call: a withdrawn step closes at once."""
    return missing(required_of(organisation.organisation_number), organisation.onboarding_steps.all())
