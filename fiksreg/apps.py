"""The application that wires the others."""

from django.apps import AppConfig


class FiksregConfig(AppConfig):
    """Registers the system checks."""

    name = "fiksreg"

    def ready(self) -> None:
        from fiksreg import checks  # noqa: F401, PLC0415  checks register themselves, and need the apps to be loaded
