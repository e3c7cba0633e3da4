"""The log as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from roles.audit.checks import register_checks
from roles.audit.privileges import after_migrate


class AuditConfig(AppConfig):
    """Sets what the runtime role may do after each migration, and registers the checks that hold it to that."""

    name = "roles.audit"
    label = "audit"

    def ready(self) -> None:
        register_checks()
        post_migrate.connect(after_migrate, sender=self)
