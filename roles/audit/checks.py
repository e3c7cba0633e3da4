"""Checks that no process starts with a database role that could rewrite the audit log.

The system check runs with `check --database default`; web, worker and clock call assert_append_only() when they start.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

RUNTIME_ALIASES = ("default", "audit")
RULES = {
    "audit.E001": "The database has no audit log, or the runtime role may not append to it.",
    "audit.E002": "The runtime role is a superuser, may make roles or replicate, or may act as the server.",
    "audit.E003": "The runtime role owns the audit log, its schema or database, or is a member of a role that does.",
    "audit.E004": "The runtime role may write to the audit log past audit_append().",
    "audit.E005": "The runtime role may make objects in the schema of the audit log.",
    "audit.E006": "The triggers that hold the audit log's owner to appending are gone or switched off.",
    "audit.E007": "The columns that the audit log is searched by are no longer generated from what was hashed.",
}
_HINT = (
    "DATABASE_URL must name a role that owns nothing. With DATABASE_OWNER_URL set, `migrate --database owner` "
    "grants it what it needs and no more."
)
_QUERY = Path(__file__).with_name("runtime_role.sql").read_text(encoding="utf-8")


def broken_rules(alias: str) -> list[str]:
    """The ids of RULES that the database role behind this connection breaks."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_QUERY)
        return [rule for (rule,) in cursor.fetchall()]


def assert_append_only() -> None:
    """Raises ImproperlyConfigured when this process could rewrite the log or cannot append. Called at process start."""
    broken = sorted({rule for alias in RUNTIME_ALIASES for rule in broken_rules(alias)})
    for alias in RUNTIME_ALIASES:
        _leave(alias)
    if broken:
        raise ImproperlyConfigured("\n".join([*(f"{rule}: {RULES[rule]}" for rule in broken), _HINT]))


def _leave(alias: str) -> None:
    """Closes connection and pool: a server that forks afterwards must not share them, and pool threads do not fork."""
    connection = connections[alias]
    connection.close()
    if isinstance(connection, DatabaseWrapper):
        connection.close_pool()


def check_append_only(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Errors audit.E001 to E007, for the runtime connections among `databases`."""
    del app_configs
    aliases = [alias for alias in RUNTIME_ALIASES if alias in (databases or ())]
    return [checks.Error(RULES[rule], hint=_HINT, id=rule) for alias in aliases for rule in broken_rules(alias)]


def register_checks() -> None:
    """Registers check_append_only() as a database check, so that only commands that name a database need one."""
    checks.register(check_append_only, checks.Tags.database)
