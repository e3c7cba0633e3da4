"""The doors to the register, as the settings have them."""

from django.conf import settings

from integrations.folkeregisteret.doors import Door, SkatteetatenDoor


def door_of(organisation_number: str) -> Door:
    """The door that FOLKEREGISTER_DOORS names for this organisation, else the register's own. Raises Unconfigured when
    neither is set."""
    named: Door | None = settings.FOLKEREGISTER_DOORS.get(organisation_number)
    return named or SkatteetatenDoor(settings.FOLKEREGISTER_URL)


def doors() -> list[Door]:
    """One door for each address in the settings, the register's own first."""
    own = [SkatteetatenDoor(settings.FOLKEREGISTER_URL)] if settings.FOLKEREGISTER_URL else []
    first_last = reversed([*own, *settings.FOLKEREGISTER_DOORS.values()])
    return list({door.address: door for door in first_last}.values())[::-1]
