"""Which database connection may migrate."""

from django.conf import settings


class OwnerMigrates:
    """Migrations run as the owner role where one is configured: the runtime role owns nothing that it could rewrite."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        del app_label
        return db == ("owner" if "owner" in settings.DATABASES else "default")
