"""Citizen lists as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitizenListsConfig(AppConfig):
    """Orders of lists, and the worker that builds them."""

    name = "citizenlists"
    verbose_name = _("Innbyggerlister")

    def ready(self) -> None:
        """Django calls this once."""
        import_module("citizenlists.touches")
