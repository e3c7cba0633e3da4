"""The one client of this process, made from settings when it is first needed."""

from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.client import FolkeregisterClient


class SharedTokens:
    """Tokens shared between processes through the cache, which may be away: then each process fetches its own."""

    def get(self, key: str) -> str | None:
        with suppress(Exception):
            value = cache.get(key)
            return value if isinstance(value, str) else None
        return None

    def set(self, key: str, value: str, seconds: int) -> None:
        with suppress(Exception):
            cache.set(key, value, seconds)


@lru_cache(maxsize=1)
def client() -> FolkeregisterClient:
    """Made after the fork, so that no connection is shared between worker processes. Raises Unconfigured."""
    return FolkeregisterClient(base_url=settings.FOLKEREGISTER_URL, tokens=tokens())


@lru_cache(maxsize=1)
def tokens() -> TokenSource:
    """The one source of access tokens of this process. Raises Unconfigured."""
    return TokenSource(
        endpoint=settings.MASKINPORTEN_TOKEN_ENDPOINT,
        audience=settings.MASKINPORTEN_AUDIENCE,
        client_id=settings.MASKINPORTEN_CLIENT_ID,
        private_key=settings.MASKINPORTEN_PRIVATE_KEY,
        key_id=settings.MASKINPORTEN_KEY_ID,
        cache=SharedTokens(),
    )
