"""OpenID Connect Back-Channel Logout 1.0: the identity provider notifies our server when an employee has logged out.

ID-porten sends the notice once. It waits two seconds for the connection and five for the answer.
"""

import hashlib
from typing import Final

import jwt
import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from roles.access.requestdata import ProviderLogin
from roles.audit import LogBusy
from roles.login.idtokens import Claims, is_fresh, signed_claims
from roles.login.providerkeys import NoKeys
from roles.models import LoginSession, SpentLogoutToken
from roles.people import opensessions

EVENT = "http://schemas.openid.net/event/backchannel-logout"
#: Timeout of each SQL statement for a notice, also while it waits for the audit log, so that it is answered in time.
MOST_MILLISECONDS: Final = 1_500
_REQUIRED = ("iss", "aud", "iat", "exp", "jti", "events")
_TYPES = frozenset({"logout+jwt", "jwt"})


logger = structlog.stdlib.get_logger(__name__)


class LogoutRefused(Exception):
    """The notice ended no session: it was not a logout token for us, or it was used before."""


def log_out_by_token(token: str) -> None:
    """Ends the sessions that a logout token names; it is no error when there are none. Raises LogoutRefused."""
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
    """Raises LogoutRefused unless the claims are those of a logout token (2.4 and 2.6 of the standard).

    An ID token must not log an employee out.
    """
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


def _end_sessions(claims: Claims) -> None:
    meant = opensessions.sessions_of_login(issuer=settings.OIDC_ISSUER, login=_login(claims))
    try:
        _end_in_time(claims["jti"], meant)
    except (LogBusy, OperationalError):
        # The notice is not sent again. A session that goes on is worse than a logout without an entry in the log.
        logger.exception("somebody who logged out at the identity provider was logged out here without an entry")
        opensessions.end(meant)


@transaction.atomic
def _end_in_time(token_id: object, meant: QuerySet[LoginSession]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(MOST_MILLISECONDS)])
    _spend(token_id)
    opensessions.end_and_log(meant)


def _spend(token_id: object) -> None:
    digest = hashlib.sha256(str(token_id).encode()).hexdigest()
    _, is_new = SpentLogoutToken.objects.get_or_create(token_hash=digest)
    if not is_new:
        raise LogoutRefused
