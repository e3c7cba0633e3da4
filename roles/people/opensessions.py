"""Open sessions, which the identity provider (at logout there) and an administrator (deactivating) may end."""

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
    """Records the provider's subject and session id for this session; a later login overwrites them."""
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
    """The sessions that a logout notice is about: those of one session at the provider, or all of its subject.

    A session whose ID token named no session at the provider may belong to any of them, so it counts for each notice
    that names its subject.
    """
    found = LoginSession.objects.filter(employee__issuer=issuer)
    if not login.subject:
        return found.filter(provider_session__in=every_keyed_hash(_SESSION, None, login.session))
    found = found.filter(provider_subject__in=every_keyed_hash(_SUBJECT, None, login.subject))
    named = (*every_keyed_hash(_SESSION, None, login.session), "") if login.session else None
    return found.filter(provider_session__in=named) if named else found


def forget(request: HttpRequest) -> None:
    """Deletes the record of this session when its owner logs out, so that the notice that follows finds no session."""
    LoginSession.objects.filter(session_key__in=names_of(request.session.session_key)).delete()


def end(sessions: QuerySet[LoginSession]) -> int:
    """Deletes the sessions on the server, so that the browsers' cookies are useless. Returns how many there were."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    LoginSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_and_log(sessions: QuerySet[LoginSession]) -> int:
    """Ends sessions after a logout at the provider, with one log entry for each employee. Returns how many it ended.

    Must be called inside a transaction.
    """
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
    """Deletes records of ended sessions, and used logout tokens that have expired. The clock process calls it."""
    LoginSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    lifetime = settings.OIDC_TOKEN_MAX_AGE_SECONDS + settings.OIDC_CLOCK_LEEWAY_SECONDS
    SpentLogoutToken.objects.filter(spent_at__lt=timezone.now() - 2 * timedelta(seconds=lifetime)).delete()
