"""OpenID Connect Back-Channel Logout 1.0: the identity provider tells us, server to server, who has logged out."""

import hashlib

import jwt
from django.conf import settings
from django.db import transaction

from roles import loginsessions
from roles.actors import DOOR
from roles.audit import Entry, Event, append
from roles.loginsessions import ProviderLogin
from roles.models import Employee, SpentLogoutToken
from roles.providerkeys import NoKeys
from roles.tokens import Claims, is_fresh, signed_claims

EVENT = "http://schemas.openid.net/event/backchannel-logout"
_REQUIRED = ("iss", "aud", "iat", "exp", "jti", "events")
_TYPES = frozenset({"logout+jwt", "jwt"})


class LogoutRefused(Exception):
    """The notice ended nothing: it was not a logout token for us, or it was used before."""


def log_out_by_token(token: str) -> None:
    """Ends the sessions a logout token is about; with none left that is well too. Raises LogoutRefused."""
    try:
        claims = signed_claims(token, required=_REQUIRED)
        _check_type(token)
    except (jwt.PyJWTError, NoKeys):
        raise LogoutRefused from None
    _check_claims(claims)
    _end_sessions(claims)


def _check_type(token: str) -> None:
    named = str(jwt.get_unverified_header(token).get("typ", "jwt")).lower().removeprefix("application/")
    if named not in _TYPES:
        raise LogoutRefused


def _check_claims(claims: Claims) -> None:
    """What tells a logout token from an id token, which must never log anybody out (2.4 and 2.6 of the standard)."""
    events = claims["events"]
    is_about_logout = isinstance(events, dict) and isinstance(events.get(EVENT), dict)
    is_named = bool(claims["jti"]) and any(_login(claims))
    if not is_about_logout or "nonce" in claims or not is_fresh(claims) or not is_named:
        raise LogoutRefused


def _login(claims: Claims) -> ProviderLogin:
    return ProviderLogin(subject=_text(claims, "sub"), session=_text(claims, "sid"))


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str):
        raise LogoutRefused
    return value


@transaction.atomic
def _end_sessions(claims: Claims) -> None:
    _spend(claims["jti"])
    meant = loginsessions.sessions_of_login(issuer=settings.OIDC_ISSUER, login=_login(claims))
    for employee in Employee.objects.filter(pk__in=meant.values("employee")):
        ended = loginsessions.end(meant.filter(employee=employee))
        _log(employee, ended)


def _spend(token_id: object) -> None:
    digest = hashlib.sha256(str(token_id).encode()).hexdigest()
    _, is_new = SpentLogoutToken.objects.get_or_create(token_hash=digest)
    if not is_new:
        raise LogoutRefused


def _log(employee: Employee, ended: int) -> None:
    entry = Entry(
        event=Event.SESSION_ENDED,
        actor=DOOR,
        organisation_id=employee.organisation_id,
        details={"employee": str(employee.pk), "sessions": ended, "reason": "logged out at the identity provider"},
    )
    append(entry, on="default")
