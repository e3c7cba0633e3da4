"""The doors to the register and the one source of tokens, as the settings have them."""

from contextlib import suppress
from functools import cache

from django.conf import settings
from django.core.cache import cache as shared_cache

from integrations.folkeregisteret.doors import Door, SkatteetatenDoor
from integrations.maskinporten.tokens import TokenSource


class SharedTokens:
    """Tokens shared between processes through the cache, which may be away: then each process fetches its own."""

    def get(self, key: str) -> str | None:
        with suppress(Exception):
            value = shared_cache.get(key)
            return value if isinstance(value, str) else None
        return None

    def set(self, key: str, value: str, seconds: int) -> None:
        with suppress(Exception):
            shared_cache.set(key, value, seconds)


def door_of(organisation_number: str) -> Door:
    """The door the settings name for it, else the register's own. Raises Unconfigured where there is none."""
    named: Door | None = settings.FOLKEREGISTER_DOORS.get(organisation_number)
    return named or SkatteetatenDoor(settings.FOLKEREGISTER_URL)


def doors() -> list[Door]:
    """One for each address that somebody goes to, the register's own before the others."""
    own = [SkatteetatenDoor(settings.FOLKEREGISTER_URL)] if settings.FOLKEREGISTER_URL else []
    first_last = reversed([*own, *settings.FOLKEREGISTER_DOORS.values()])
    return list({door.address: door for door in first_last}.values())[::-1]


@cache
def tokens() -> TokenSource:
    """The one source of access tokens of this process. Raises Unconfigured."""
    return TokenSource(
        well_known=settings.MASKINPORTEN_WELL_KNOWN,
        endpoint=settings.MASKINPORTEN_TOKEN_ENDPOINT,
        audience=settings.MASKINPORTEN_AUDIENCE,
        client_id=settings.MASKINPORTEN_CLIENT_ID,
        private_key=settings.MASKINPORTEN_PRIVATE_KEY,
        key_id=settings.MASKINPORTEN_KEY_ID,
        certificate=settings.MASKINPORTEN_CERTIFICATE,
        cache=SharedTokens(),
    )
