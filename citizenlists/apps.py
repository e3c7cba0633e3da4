"""The application for many persons at a time."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitizenListsConfig(AppConfig):
    """Orders of lists, and the worker that builds them."""

    name = "citizenlists"
    verbose_name = _("Innbyggerlister")
