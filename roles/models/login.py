"""The records that connect our sessions with those at the identity provider."""

from django.db import models
from django.utils import timezone

from roles.models.employee import Employee


class LoginSession(models.Model):
    """The owner of one of our sessions, and the provider's ids for it, so that a logout there or a deactivation here
    can end it.

    session_key: the name of the session's row (roles.access.sessionstore), not the key in the browser's cookie.
    provider_subject, provider_session: keyed hashes of the provider's ids.
    """

    session_key = models.CharField(max_length=40, primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="login_sessions")
    provider_subject = models.CharField(max_length=255, db_index=True)
    provider_session = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.employee}"


class SpentLogoutToken(models.Model):
    """The hash of a used logout token, which must not work again. Kept at least until the token expires."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.token_hash[:8]
