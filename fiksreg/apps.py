"""The application that wires the others."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class FiksregConfig(AppConfig):
    """Registers what needs the other applications to be loaded: system checks, administration pages."""

    name = "fiksreg"

    def ready(self) -> None:
        """Django calls this once."""
        import_module("fiksreg.checks")
        import_module("roles.admin.registered")


class AdministrationConfig(SimpleAdminConfig):
    """Django's administration with our site, and with nothing in it that we did not put there."""

    default_site = "roles.admin.site.AdministrationSite"
