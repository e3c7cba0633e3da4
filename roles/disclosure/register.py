"""The one client of this process, made from settings when it is first needed."""

from functools import lru_cache

from django.conf import settings

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.client import FolkeregisterClient


@lru_cache(maxsize=1)
def client() -> FolkeregisterClient:
    """Made after the fork, so that no connection is shared between worker processes. Raises Unconfigured."""
    tokens = TokenSource(
        token_endpoint=settings.MASKINPORTEN_TOKEN_ENDPOINT,
        audience=settings.MASKINPORTEN_AUDIENCE,
        client_id=settings.MASKINPORTEN_CLIENT_ID,
        private_key=settings.MASKINPORTEN_PRIVATE_KEY,
        key_id=settings.MASKINPORTEN_KEY_ID,
    )
    return FolkeregisterClient(base_url=settings.FOLKEREGISTER_URL, tokens=tokens)
