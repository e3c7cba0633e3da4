"""Sessions as others may end them: the identity provider when somebody logs out there, and who locks an employee."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from roles import audit
from roles.access.requestdata import ProviderLogin, request_data
from roles.access.sessionstore import name_of, names_of
from roles.actors import DOOR
from roles.audit import Event
from roles.keyring import every_keyed_hash, keyed_hash
from roles.models import Employee, LoginSession, SpentLogoutToken

_SUBJECT, _SESSION = "provider-subject", "provider-session"


def remember(request: HttpRequest, employee: Employee) -> None:
    """Keeps which session at the provider this one of ours came from: the latest, after another login there."""
    login = request_data(request).provider_login
    if login is not None and request.session.session_key:
        LoginSession.objects.update_or_create(
            session_key=name_of(request.session.session_key),
            defaults={
                "employee": employee,
                "provider_subject": keyed_hash(_SUBJECT, None, login.subject),
                "provider_session": keyed_hash(_SESSION, None, login.session) if login.session else "",
            },
        )


def sessions_of_login(*, issuer: str, login: ProviderLogin) -> QuerySet[LoginSession]:
    """Those that a notice from the provider is about: one session by its name, or all that somebody has.

    A session whose id token named none at the provider may be any of theirs: it is meant wherever they are named.
    """
    found = LoginSession.objects.filter(employee__issuer=issuer)
    if not login.subject:
        return found.filter(provider_session__in=every_keyed_hash(_SESSION, None, login.session))
    found = found.filter(provider_subject__in=every_keyed_hash(_SUBJECT, None, login.subject))
    named = (*every_keyed_hash(_SESSION, None, login.session), "") if login.session else None
    return found.filter(provider_session__in=named) if named else found


def forget(request: HttpRequest) -> None:
    """Its owner ends this one: the provider's notice that they have logged out, which follows, is not about it."""
    LoginSession.objects.filter(session_key__in=names_of(request.session.session_key)).delete()


def end(sessions: QuerySet[LoginSession]) -> int:
    """Ends them on the server: what the browsers still hold opens nothing. Returns how many there were."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    LoginSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_and_log(sessions: QuerySet[LoginSession]) -> int:
    """The same for who has logged out at the provider, with an entry for each of them. Inside a transaction."""
    ended = 0
    for employee in Employee.objects.filter(pk__in=sessions.values("employee")):
        theirs = end(sessions.filter(employee=employee))
        audit.changed(
            Event.SESSION_ENDED,
            by=DOOR,
            organisation=employee.organisation_id,
            reason="logged out at the identity provider",
            details={"employee": str(employee.pk), "sessions": theirs},
        )
        ended += theirs
    return ended


def forget_ended() -> None:
    """Deletes what belongs to no session any more, and logout tokens too old to be used again. The clock's chore."""
    LoginSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    lifetime = settings.OIDC_TOKEN_MAX_AGE_SECONDS + settings.OIDC_CLOCK_LEEWAY_SECONDS
    SpentLogoutToken.objects.filter(spent_at__lt=timezone.now() - 2 * timedelta(seconds=lifetime)).delete()
