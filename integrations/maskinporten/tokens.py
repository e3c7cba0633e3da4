"""Access tokens, cached until shortly before they expire: in the process, and in a cache shared between processes.

While a token is still valid, one caller renews it and the others go on using it. Each process draws a random moment for
the renewal, so that usually one process asks Maskinporten and the others find the new token in the cache.
"""

import random
import time
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final, Protocol

import httpx

from integrations.http.errors import Cause, PartyError, Unavailable
from integrations.http.party import Party
from integrations.maskinporten.exchange import Issuer, Maskinporten
from integrations.maskinporten.grants import Signer, Wanted

#: Seconds. A token is not used in its last _MARGIN, and is renewed up to _EARLY before that.
_MARGIN, _EARLY = 20.0, 30.0
#: Seconds. The time that an early renewal may cost its caller, and the pause after a failed one.
_EARLY_WITHIN, _EARLY_AGAIN = 1.0, 5.0
_RANDOM: Final = random.SystemRandom()


class TokenCache(Protocol):
    """A cache shared between processes. It may lose entries at any time, and never raises."""

    def get(self, key: str) -> str | None: ...

    def set(self, key: str, value: str, seconds: int) -> None: ...


@dataclass(frozen=True, slots=True)
class _Token:
    """A cached token. good_until: not used after this. fresh_until: renewed after this. Both in time.time()."""

    value: str = field(repr=False)
    good_until: float
    fresh_until: float

    @property
    def is_good(self) -> bool:
        return time.time() < self.good_until

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until


class TokenSource:
    """One client's tokens, by scope and by the organisation they are for. Safe between threads.

    endpoint, audience: the token endpoint and the issuer, as in Maskinporten's metadata; or well_known: the address of
    the metadata. private_key: PEM, with key_id or certificate (see Signer). Raises Unconfigured when they are unusable.
    """

    def __init__(
        self,
        *,
        client_id: str,
        private_key: str,
        key_id: str = "",
        certificate: str = "",
        endpoint: str = "",
        audience: str = "",
        well_known: str = "",
        cache: TokenCache | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        signer = Signer(client_id=client_id, private_key=private_key, key_id=key_id, certificate=certificate)
        issuer = Issuer(endpoint, audience) if endpoint else None
        self._maskinporten = Maskinporten(signer, issuer=issuer, well_known=well_known, http=http)
        self._client_id = client_id
        self._cache = cache
        self._party = Party("Maskinporten")
        self._kept: dict[Wanted, _Token] = {}
        self._locks: dict[Wanted, Lock] = {}

    def token(self, scope: str, *, consumer_org: str = "", within: float = 2.0) -> str:
        """A token for this scope. consumer_org: the organisation we ask on behalf of, "" for none. within: seconds.

        Raises Unavailable, Busy, Refused or UnexpectedAnswer, all with Cause.NO_ACCESS.
        """
        wanted = Wanted(scope, consumer_org)
        kept = self._kept.get(wanted)
        if kept and kept.is_fresh:
            return kept.value
        if kept and kept.is_good:
            return self._renew_early(wanted, kept, min(within, _EARLY_WITHIN))
        return self._fetch(wanted, time.monotonic() + within)

    def forget(self, scope: str, value: str, *, consumer_org: str = "") -> None:
        """Drops a token that the party refused, so that a new one is fetched, also by other processes."""
        wanted = Wanted(scope, consumer_org)
        with self._lock(wanted):
            kept = self._kept.get(wanted)
            if kept and kept.value == value:
                del self._kept[wanted]
                self._share(wanted, _Token("", 0.0, 0.0))

    def _renew_early(self, wanted: Wanted, kept: _Token, within: float) -> str:
        """A new token for the one caller who fetches it; the old token for the others and when the renewal fails."""
        lock = self._lock(wanted)
        if not lock.acquire(blocking=False):
            return kept.value
        try:
            if self._kept.get(wanted) is kept:
                self._kept[wanted] = self._newer(wanted, kept, time.monotonic() + within)
            return self._kept.get(wanted, kept).value
        finally:
            lock.release()

    def _newer(self, wanted: Wanted, old: _Token, deadline: float) -> _Token:
        try:
            return self._anew(wanted, old, deadline)
        except PartyError:
            return replace(old, fresh_until=time.time() + _EARLY_AGAIN)

    def _fetch(self, wanted: Wanted, deadline: float) -> str:
        lock = self._lock(wanted)
        if not lock.acquire(timeout=max(deadline - time.monotonic(), 0.0)):
            raise Unavailable(Cause.NO_ACCESS)
        try:
            # Another thread may have fetched the token while this one waited.
            token = self._kept.get(wanted)
            if not (token and token.is_good):
                token = self._kept[wanted] = self._anew(wanted, None, deadline)
            return token.value
        finally:
            lock.release()

    def _lock(self, wanted: Wanted) -> Lock:
        return self._locks.setdefault(wanted, Lock())

    def _anew(self, wanted: Wanted, old: _Token | None, deadline: float) -> _Token:
        """A newer token from the shared cache, else one from Maskinporten."""
        shared = self._read_shared(wanted)
        if shared and not (old and shared.value == old.value):
            return shared
        token = self._ask(wanted, deadline)
        self._share(wanted, token)
        return token

    def _ask(self, wanted: Wanted, deadline: float) -> _Token:
        try:
            with self._party.asked():
                granted = self._maskinporten.fetch(wanted, deadline)
        except PartyError as error:
            # The party that the token is for was not asked, so the error must say nothing about its state.
            error.cause, error.sent = Cause.NO_ACCESS, False
            raise
        return _token(granted.value, time.time() + granted.lives - min(_MARGIN, granted.lives / 4))

    def _cache_key(self, wanted: Wanted) -> str:
        return f"maskinporten:{self._client_id}:{wanted.scope}:{wanted.consumer_org}"

    def _read_shared(self, wanted: Wanted) -> _Token | None:
        text = self._cache.get(self._cache_key(wanted)) if self._cache else None
        until, _, value = (text or "").partition(" ")
        token = _token(value, float(until) if until.isdigit() else 0.0)
        return token if value and token.is_good else None

    def _share(self, wanted: Wanted, token: _Token) -> None:
        if self._cache:
            seconds = max(int(token.good_until - time.time()), 1)
            self._cache.set(self._cache_key(wanted), f"{int(token.good_until)} {token.value}", seconds)


def _token(value: str, good_until: float) -> _Token:
    early = min(_EARLY, max(good_until - time.time(), 0.0) / 4)
    return _Token(value, good_until, good_until - early * _RANDOM.uniform(0.5, 1.0))
