"""What the runtime role may do in the database: set after every migration, by the owner role that ran it."""

from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# In one transaction, so that no running process ever sees a right come or go in between.
_GRANTS = sql.SQL("""
REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};

REVOKE ALL ON audit_entry, audit_subject, audit_head, audit_checkpoint, django_migrations FROM PUBLIC, {role};
GRANT SELECT ON audit_entry, audit_subject, audit_head, audit_checkpoint, django_migrations TO {role};
GRANT EXECUTE ON FUNCTION audit_append(text, text, bytea[], bytea[], bytea[], text[]) TO {role};
GRANT EXECUTE ON FUNCTION audit_keep_checkpoint(text, bigint, text, bytea) TO {role};
""")


def after_migrate(*, using: str, **_signal: Any) -> None:
    """Grants the runtime role its rights, where an owner role migrates; without one the checks refuse to start."""
    if using == "owner":
        grant(connections["owner"], runtime_role=str(settings.DATABASES["default"]["USER"]))


def grant(owner: BaseDatabaseWrapper, *, runtime_role: str) -> None:
    """Reading and writing on ordinary tables; on the log reading, and the functions that append to it."""
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute(_GRANTS.format(role=sql.Identifier(runtime_role)))
