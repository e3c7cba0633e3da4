"""A login that was begun: what has to be known when the provider answers, kept by the browser that began it.

Each login has a cookie of its own, named after its state and sealed. So two tabs that log in at once take nothing from
each other, who comes back goes where they were going, and whoever never logs in leaves no row behind here.
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

#: People look for their phone, and order a new code: long enough for that.
LASTS_SECONDS: Final = 30 * 60
#: In one browser at a time; the oldest give way. Together their cookies stay below what a server takes as one header.
MOST_AT_ONCE: Final = 5
#: In bytes; a longer way back is forgotten: none of our own pages has one.
LONGEST_TARGET: Final = 500
_PURPOSE: Final = "login-attempt"
_PREFIX: Final = "fiksreg-login-"


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """state, nonce and code_verifier: as OpenID Connect and PKCE name them.

    target: where to go afterwards, "" for home. begun_at: seconds since 1970.
    """

    state: str
    nonce: str
    code_verifier: str
    target: str
    begun_at: float


def begin(target: str) -> LoginAttempt:
    """A new one, with secrets of its own."""
    kept = target if len(target.encode()) <= LONGEST_TARGET else ""
    return LoginAttempt(get_random_string(32), get_random_string(32), get_random_string(64), kept, time.time())


def keep(request: HttpRequest, response: HttpResponseBase, attempt: LoginAttempt) -> None:
    """Gives the attempt to the browser, in place of its oldest where it has as many as it may."""
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
        samesite="Lax",  # the provider's answer comes from elsewhere, as a link does
    )


def attempt_of(request: HttpRequest) -> LoginAttempt | None:
    """The one that the provider's answer is about; None where this browser did not begin it, or too long ago."""
    state = request.GET.get("state", "")
    _, _, sealed = request.COOKIES.get(_name(state), "").partition(".")
    try:
        attempt = LoginAttempt(**json.loads(unseal(_PURPOSE, urlsafe_base64_decode(sealed), state.encode())))
    except (Unsealable, NotBase64, ValueError, TypeError):
        return None
    return attempt if time.time() - attempt.begun_at < LASTS_SECONDS else None


def forget(response: HttpResponseBase, attempt: LoginAttempt) -> None:
    """It has been answered: the answer is good for one use in this browser."""
    _take_back(response, _name(attempt.state))


def _name(state: str) -> str:
    # A hash: what stands in a cookie's name is not ours to choose, since an answer's state may be anything.
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
