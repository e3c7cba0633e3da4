"""Sessions as others may end them: the identity provider when somebody logs out there, and who locks an employee."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from roles.keyring import every_keyed_hash, keyed_hash
from roles.models import Employee, LoginSession, SpentLogoutToken
from roles.sessionstore import name_of, names_of

_PROVIDER_LOGIN = "fiksreg.provider_login"
_SUBJECT, _SESSION = "provider-subject", "provider-session"


class ProviderLogin(NamedTuple):
    """What the provider calls who logged in, and the session they have there ("" where it names none)."""

    subject: str
    session: str


def announce(request: HttpRequest, login: ProviderLogin) -> None:
    """Keeps what an id token said until the session is opened, in this same request."""
    request.META[_PROVIDER_LOGIN] = login


def remember(request: HttpRequest, employee: Employee) -> None:
    """Keeps which session at the provider this new one of ours came from."""
    login: ProviderLogin | None = request.META.get(_PROVIDER_LOGIN)
    if login is not None and request.session.session_key:
        LoginSession.objects.create(
            session_key=name_of(request.session.session_key),
            employee=employee,
            provider_subject=keyed_hash(_SUBJECT, None, login.subject),
            provider_session=keyed_hash(_SESSION, None, login.session) if login.session else "",
        )


def sessions_of_login(*, issuer: str, login: ProviderLogin) -> QuerySet[LoginSession]:
    """Those that a notice from the provider is about: one session by its name, or all that somebody has."""
    found = LoginSession.objects.filter(employee__issuer=issuer)
    if login.subject:
        found = found.filter(provider_subject__in=every_keyed_hash(_SUBJECT, None, login.subject))
    if login.session:
        found = found.filter(provider_session__in=every_keyed_hash(_SESSION, None, login.session))
    return found


def forget(request: HttpRequest) -> None:
    """Its owner ends this one: the provider's notice that they have logged out, which follows, is not about it."""
    LoginSession.objects.filter(session_key__in=names_of(request.session.session_key)).delete()


def end(sessions: QuerySet[LoginSession]) -> int:
    """Ends them on the server: what the browsers still hold opens nothing. Returns how many there were."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    LoginSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def forget_ended() -> None:
    """Deletes what belongs to no session any more, and logout tokens too old to be used again. The clock's chore."""
    LoginSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    lifetime = settings.OIDC_TOKEN_MAX_AGE_SECONDS + settings.OIDC_CLOCK_LEEWAY_SECONDS
    SpentLogoutToken.objects.filter(spent_at__lt=timezone.now() - 2 * timedelta(seconds=lifetime)).delete()
