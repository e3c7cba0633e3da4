"""The audit log as a Django application."""

from django.apps import AppConfig

from roles.audit.checks import register_checks


class AuditConfig(AppConfig):
    """Registers the system checks that the runtime role can only append to the log."""

    name = "roles.audit"
    label = "audit"

    def ready(self) -> None:
        register_checks()
