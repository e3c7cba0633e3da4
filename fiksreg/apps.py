"""The Django application that connects the others."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.db.models.signals import post_migrate, pre_migrate


class FiksregConfig(AppConfig):
    """Registers checks, administration pages and database rights, which need all other applications to be loaded."""

    name = "fiksreg"

    def ready(self) -> None:
        """Django calls this once."""
        import_module("fiksreg.checks")
        import_module("roles.admin.registered")
        import_module("citizenlists.owntemplates.admin")
        import_module("citizenlists.ownworkbooks.admin")
        databaseroles = import_module("fiksreg.databaseroles")
        pre_migrate.connect(databaseroles.before_migrate, sender=self)
        post_migrate.connect(databaseroles.after_migrate, sender=self)


class AdministrationConfig(SimpleAdminConfig):
    """Django's administration with our own site, which shows only the pages that we register."""

    default_site = "roles.admin.base.site.AdministrationSite"
