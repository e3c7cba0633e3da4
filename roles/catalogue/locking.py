"""One change of the catalogue at a time, also where there is no row yet that could be locked."""

from typing import Final

from django.db import connection

#: Any number that nothing else locks by.
_CATALOGUE: Final = 4_710_001


def lock_catalogue() -> None:
    """Until the transaction ends. Who waited reads the catalogue afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CATALOGUE])
