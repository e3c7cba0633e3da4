"""A login that was begun: what we need when the provider answers, kept in a cookie of the browser that began it.

Each login has its own cookie, sealed and named after its state. Therefore two tabs can log in at the same time, each
returns to its own page, and a login that is never finished leaves no row in the database.
"""

import hashlib
import json
import time
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from roles.keyring import Unsealable, seal, unseal

#: Long enough for an employee who must find their phone and order a new code.
LASTS_SECONDS: Final = 30 * 60
#: Logins under way in one browser; a further one replaces the oldest. Together their cookies fit into one header.
MOST_AT_ONCE: Final = 5
#: In bytes. A longer target is dropped; none of our own pages has one.
LONGEST_TARGET: Final = 500
_PURPOSE: Final = "login-attempt"
_PREFIX: Final = "fiksreg-login-"


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """A login that was begun. state, nonce, code_verifier: as OpenID Connect and PKCE define them.

    target: the page to go to afterwards, "" for home. begun_at: seconds since 1970.
    """

    state: str
    nonce: str
    code_verifier: str
    target: str
    begun_at: float


def begin(target: str) -> LoginAttempt:
    """A new attempt with new secrets. target: the page to go to afterwards."""
    kept = target if len(target.encode()) <= LONGEST_TARGET else ""
    return LoginAttempt(get_random_string(32), get_random_string(32), get_random_string(64), kept, time.time())


def keep(request: HttpRequest, response: HttpResponseBase, attempt: LoginAttempt) -> None:
    """Puts the attempt into a cookie on the response. When the browser has MOST_AT_ONCE, the oldest is deleted."""
    for name in _oldest_first(request)[: -(MOST_AT_ONCE - 1)]:
        _take_back(response, name)
    sealed = seal(_PURPOSE, json.dumps(asdict(attempt), ensure_ascii=False).encode(), attempt.state.encode())
    response.set_cookie(
        _name(attempt.state),
        f"{int(attempt.begun_at)}.{urlsafe_base64_encode(sealed)}",
        max_age=LASTS_SECONDS,
        path=reverse("login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # not Strict: the provider's answer comes from another site, as a link does
    )


def attempt_of(request: HttpRequest) -> LoginAttempt | None:
    """The attempt that the provider's answer belongs to; None when this browser did not begin it or it is too old."""
    state = request.GET.get("state", "")
    _, _, sealed = request.COOKIES.get(_name(state), "").partition(".")
    try:
        attempt = LoginAttempt(**json.loads(unseal(_PURPOSE, urlsafe_base64_decode(sealed), state.encode())))
    except (Unsealable, NotBase64, ValueError, TypeError):
        return None
    return attempt if time.time() - attempt.begun_at < LASTS_SECONDS else None


def forget(response: HttpResponseBase, attempt: LoginAttempt) -> None:
    """Deletes the attempt's cookie, so that the provider's answer works once in this browser."""
    _take_back(response, _name(attempt.state))


def _name(state: str) -> str:
    # Hashed, because the state in an answer may hold anything, and a cookie's name may not.
    return _prefix() + hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:16]


def _prefix() -> str:
    return f"__Secure-{_PREFIX}" if settings.SESSION_COOKIE_SECURE else _PREFIX


def _oldest_first(request: HttpRequest) -> list[str]:
    begun = {name: value.partition(".")[0] for name, value in request.COOKIES.items() if name.startswith(_prefix())}
    return sorted(begun, key=lambda name: _seconds(begun[name]))


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _take_back(response: HttpResponseBase, name: str) -> None:
    response.delete_cookie(name, path=reverse("login"), samesite="Lax")
