"""What stands between the identity provider's sessions and ours."""

from django.db import models
from django.utils import timezone

from roles.models.employee import Employee


class LoginSession(models.Model):
    """One of our sessions, by what the provider calls the same: so that a logout there, or a lock here, ends it.

    session_key: the name of its row (roles.access.sessionstore), not the browser's key. The provider's two are keyed
    hashes.
    """

    session_key = models.CharField(max_length=40, primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="login_sessions")
    provider_subject = models.CharField(max_length=255, db_index=True)
    provider_session = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.employee}"


class SpentLogoutToken(models.Model):
    """A logout token that was used: it works once. Kept as a hash, for as long as the token itself is good."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.token_hash[:8]
