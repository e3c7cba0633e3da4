"""The audit log, as tests read it."""

from typing import Any

from roles.audit.models import AuditEntry


class Log:
    """The current entries of the log."""

    def entries(self, event: str) -> list[dict[str, Any]]:
        """The fields of each entry with this event, in the order they were written."""
        return [entry.fields for entry in AuditEntry.objects.filter(event=event).order_by("recorded_us", "seq")]

    def outcomes(self, event: str) -> list[str]:
        return [str(fields["outcome"]).lower() for fields in self.entries(event)]
