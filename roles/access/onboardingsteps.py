"""Which steps an organisation needs, by the door it goes through, and which of them are missing."""

from collections.abc import Iterable
from typing import Protocol

from django.conf import settings

from integrations.folkeregisteret.doors import Door, FiksDoor
from roles.models import Organisation, Step


class Taken(Protocol):
    """A step that was taken, as far as is asked here."""

    @property
    def step(self) -> str: ...
    @property
    def stands(self) -> bool: ...


def goes_through_operator(door: Door | None) -> bool:
    """Whether somebody else asks on the organisation's behalf. None: the register's own door, by its own right."""
    return isinstance(door, FiksDoor) or bool(door and door.consumer_org)


def required(door: Door | None) -> tuple[Step, ...]:
    """In order. Nothing is delegated by who asks for itself."""
    return tuple(step for step in Step if step != Step.DELEGATION or goes_through_operator(door))


def missing(needed: Iterable[Step], taken: Iterable[Taken]) -> tuple[Step, ...]:
    """Those of the needed steps that no standing row speaks of."""
    standing = {row.step for row in taken if row.stands}
    return tuple(step for step in needed if step not in standing)


def required_of(organisation_number: str) -> tuple[Step, ...]:
    """By the door that the settings name for it."""
    return required(settings.FOLKEREGISTER_DOORS.get(organisation_number))


def missing_in(organisation: Organisation) -> tuple[Step, ...]:
    """Read from the database at each call, so that what is taken back closes at once."""
    return missing(required_of(organisation.organisation_number), organisation.onboarding_steps.all())
