"""A cache of the identity provider's public keys, so that logins are quick and work while the provider's keys are
unavailable.

jwt.PyJWKClient caches keys too, but asks again for each token with an unknown key, and anybody can send such tokens to
the address for logout notices. This cache asks at most once in BETWEEN_SECONDS.
"""

from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Any, Final

import jwt
import structlog
from django.conf import settings

from integrations.http.errors import Cause, PartyError, UnexpectedAnswer
from integrations.openid.keys import published_keys

FRESH_SECONDS: Final = 5 * 60
#: Keys are used for at most so long without an answer, because a key may have been withdrawn meanwhile.
USABLE_SECONDS: Final = 60 * 60
BETWEEN_SECONDS: Final = 10
#: Timeout for fetching keys. A logout notice waits for them, and ID-porten waits five seconds for our answer to it.
ANSWER_SECONDS: Final = 2

logger = structlog.stdlib.get_logger(__name__)


class NoKeys(Exception):
    """The provider's keys could not be fetched, and the cached keys are older than USABLE_SECONDS."""


class ProviderKeys:
    """The keys published at one address. Threads share the object: one thread asks, the others wait for the answer."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = Lock()
        self._kept: list[jwt.PyJWK] = []
        self._got_at = self._asked_at = float("-inf")

    def named(self, key_id: str | None) -> list[jwt.PyJWK]:
        """The keys with this id; all keys when key_id is None, for a token that names no key. Raises NoKeys."""
        if not self._is_younger_than(FRESH_SECONDS) or not self._found(key_id):
            self._ask_again()
        if not self._is_younger_than(USABLE_SECONDS):
            raise NoKeys
        return self._found(key_id)

    def _is_younger_than(self, seconds: int) -> bool:
        return monotonic() - self._got_at < seconds

    def _found(self, key_id: str | None) -> list[jwt.PyJWK]:
        return [key for key in self._kept if key_id in (None, key.key_id)]

    def _ask_again(self) -> None:
        with self._lock:
            if monotonic() - self._asked_at < BETWEEN_SECONDS:
                return
            self._asked_at = monotonic()
            try:
                self._kept, self._got_at = _fetch_keys(self._address), monotonic()
            except PartyError as error:
                logger.warning("the identity provider's keys could not be had", why=str(error))


@lru_cache(maxsize=4)
def keys_at(address: str) -> ProviderKeys:
    """The cache of this process for one address."""
    return ProviderKeys(address)


def _fetch_keys(address: str) -> list[jwt.PyJWK]:
    """The usable keys at the address. Raises PartyError when the provider does not answer or has no usable key."""
    usable = [key for key in map(_usable, published_keys(address, within=ANSWER_SECONDS)) if key is not None]
    if not usable:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
    return usable


def _usable(published: Any) -> jwt.PyJWK | None:
    """The key; None when we cannot read it or do not check signatures with its kind. The other keys still count."""
    try:
        key = jwt.PyJWK.from_dict(published)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, KeyError):
        return None
    is_for_signing = key.public_key_use in ("sig", None)
    return key if is_for_signing and key.algorithm_name == settings.OIDC_RP_SIGN_ALGO else None
