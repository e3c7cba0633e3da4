"""Our client at Maskinporten, made from the settings: the only source of access tokens for the register."""

from contextlib import suppress
from functools import cache

from django.conf import settings
from django.core.cache import cache as shared_cache

from integrations.maskinporten.tokens import TokenSource


class SharedTokens:
    """Tokens shared between processes through the cache. While the cache fails, each process fetches its own."""

    def get(self, key: str) -> str | None:
        with suppress(Exception):
            value = shared_cache.get(key)
            return value if isinstance(value, str) else None
        return None

    def set(self, key: str, value: str, seconds: int) -> None:
        with suppress(Exception):
            shared_cache.set(key, value, seconds)


@cache
def tokens() -> TokenSource:
    """The source of access tokens of this process. Raises Unconfigured."""
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
