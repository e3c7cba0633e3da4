"""The application that wires the others."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.db.models.signals import post_migrate, pre_migrate


class FiksregConfig(AppConfig):
    """Registers what needs the other applications to be loaded: checks, administration pages, database rights."""

    name = "fiksreg"

    def ready(self) -> None:
        """Django calls this once."""
        import_module("fiksreg.checks")
        import_module("roles.admin.registered")
        databaseroles = import_module("fiksreg.databaseroles")
        pre_migrate.connect(databaseroles.before_migrate, sender=self)
        post_migrate.connect(databaseroles.after_migrate, sender=self)


class AdministrationConfig(SimpleAdminConfig):
    """Django's administration with our site, and with nothing in it that we did not put there."""

    default_site = "roles.admin.base.site.AdministrationSite"
