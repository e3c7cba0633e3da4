"""What is really sent to the database: every statement, also those that Django's own count leaves out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """Their texts, in order, of every connection of this process; filled while the block runs."""
    sent: list[str] = []
    real = psycopg.Cursor.execute

    def execute(cursor: Any, query: Any, *args: Any, **how: Any) -> Any:
        sent.append(query if isinstance(query, str) else str(query))
        return real(cursor, query, *args, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield sent
