"""The database router that decides which connection may migrate."""

from django.conf import settings


class OwnerMigrates:
    """Runs migrations as the owner role when one is configured, so that the runtime role owns no table."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        del app_label
        return db == ("owner" if "owner" in settings.DATABASES else "default")
