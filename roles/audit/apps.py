"""The log as a Django application."""

from django.apps import AppConfig

from roles.audit.checks import register_checks


class AuditConfig(AppConfig):
    """Registers the checks that hold every process to appending."""

    name = "roles.audit"
    label = "audit"

    def ready(self) -> None:
        register_checks()
