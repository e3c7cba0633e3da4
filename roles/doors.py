"""The doors to the register, as the settings have them."""

from django.conf import settings

from integrations.folkeregisteret.doors import Door, SkatteetatenDoor


def door_of(organisation_number: str) -> Door:
    """The door the settings name for it, else the register's own. Raises Unconfigured where there is none."""
    named: Door | None = settings.FOLKEREGISTER_DOORS.get(organisation_number)
    return named or SkatteetatenDoor(settings.FOLKEREGISTER_URL)


def doors() -> list[Door]:
    """One for each address that somebody goes to, the register's own before the others."""
    own = [SkatteetatenDoor(settings.FOLKEREGISTER_URL)] if settings.FOLKEREGISTER_URL else []
    first_last = reversed([*own, *settings.FOLKEREGISTER_DOORS.values()])
    return list({door.address: door for door in first_last}.values())[::-1]
