"""The identity provider's public keys, kept for a while: a login is quick, and goes on while they cannot be had.

jwt.PyJWKClient keeps them too, but asks anew for each strange token as long as nobody answers, and strange tokens are
what anybody can send to the notices of logout: here nothing makes us ask more than once in ten seconds.
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
#: Longer than that, a key that was withdrawn meanwhile would be believed.
USABLE_SECONDS: Final = 60 * 60
BETWEEN_SECONDS: Final = 10
#: A notice of logout waits for them, and is itself waited for by ID-porten for five seconds, once.
ANSWER_SECONDS: Final = 2

logger = structlog.stdlib.get_logger(__name__)


class NoKeys(Exception):
    """The provider's keys cannot be had, and those that were kept are too old."""


class ProviderKeys:
    """Those published at one address. Threads share it: one asks, the others wait for the answer."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = Lock()
        self._kept: list[jwt.PyJWK] = []
        self._got_at = self._asked_at = float("-inf")

    def named(self, key_id: str | None) -> list[jwt.PyJWK]:
        """Those that a token may be signed with which names this key, or none. Raises NoKeys."""
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
                self._kept, self._got_at = _published(self._address), monotonic()
            except PartyError as error:
                logger.warning("the identity provider's keys could not be had", why=str(error))


@lru_cache(maxsize=4)
def keys_at(address: str) -> ProviderKeys:
    """The one that this process keeps for an address."""
    return ProviderKeys(address)


def _published(address: str) -> list[jwt.PyJWK]:
    """Raises PartyError, also where there is no key that can be used."""
    usable = [key for key in map(_usable, published_keys(address, within=ANSWER_SECONDS)) if key is not None]
    if not usable:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
    return usable


def _usable(published: Any) -> jwt.PyJWK | None:
    """None for a key of a kind we do not check signatures with, or cannot read: one such hides none of the others."""
    try:
        key = jwt.PyJWK.from_dict(published)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, KeyError):
        return None
    is_for_signing = key.public_key_use in ("sig", None)
    return key if is_for_signing and key.algorithm_name == settings.OIDC_RP_SIGN_ALGO else None
