"""The lock that allows only one change of the catalogue at a time, also when there is no row yet to lock."""

from typing import Final

from django.db import connection

#: The number of the advisory lock. No other lock may use it.
_CATALOGUE: Final = 4_710_001


def lock_catalogue() -> None:
    """Locks the catalogue until the transaction ends. Read the catalogue only after this call."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CATALOGUE])
