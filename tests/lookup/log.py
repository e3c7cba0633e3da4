"""The audit log from a test's side."""

from typing import Any

from roles.audit.models import AuditEntry


class Log:
    """What is in it now."""

    def entries(self, event: str) -> list[dict[str, Any]]:
        """The fields of each entry of this event, in the order they were written."""
        return [entry.fields for entry in AuditEntry.objects.filter(event=event).order_by("recorded_us", "seq")]

    def outcomes(self, event: str) -> list[str]:
        return [str(fields["outcome"]).lower() for fields in self.entries(event)]
