"""Everywhere a datum may have got to beside the page and the workbook: each place as texts to be searched."""

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import redis
from django.contrib.sessions.models import Session
from psycopg import sql

from fiksreg.embedded.databases import SUPERUSER
from tests.services import Services
from tests.waiting import until

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")


def logs(services: Services) -> Iterator[str]:
    """What the processes have said, and the database server and Valkey too."""
    for log in sorted((services.folder / "logs").iterdir()):
        yield log.read_text(encoding="utf-8", errors="replace")


def tables(services: Services) -> Iterator[str]:
    """Every row of every table, and what the sessions hold inside their signed envelope."""
    with services.postgres.connect(SUPERUSER, "fiksreg") as connection:
        for (table,) in connection.execute(_TABLES).fetchall():
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier("public", str(table))))
            yield from (" ".join(map(_text, row)) for row in rows)
    yield from (str(session.get_decoded()) for session in Session.objects.all())


def files(services: Services) -> Iterator[str]:
    """Names and contents of the list files."""
    folder = Path(services.environment["FIKSREG_FILES_DIR"])
    for path in folder.rglob("*"):
        yield str(path.relative_to(folder))
        if path.is_file():
            yield path.read_bytes().decode("latin-1")


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


class Wiretap:
    """Everything that is said to Valkey, by whomever: the queue, the cache, the shared token."""

    def __init__(self, services: Services) -> None:
        self._valkey = redis.Redis.from_url(services.environment["REDIS_URL"], decode_responses=False)
        self._heard: list[str] = []
        self._thread = Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Wiretap":
        self._thread.start()
        until(self._is_on)
        return self

    def __exit__(self, *_error: object) -> None:
        self._valkey.echo("the end of the campaign")
        self._thread.join(10)
        self._valkey.close()

    def texts(self) -> Iterator[str]:
        """Each command, and what is base64 in it decoded."""
        for command in list(self._heard):
            yield command
            yield from map(_decoded, _BASE64.findall(command))

    def _is_on(self) -> bool:
        self._valkey.echo("is it on?")
        return any("is it on?" in command for command in self._heard)

    def _listen(self) -> None:
        with self._valkey.monitor() as monitor:
            for command in monitor.listen():
                self._heard.append(str(command["command"]))
                if "the end of the campaign" in self._heard[-1]:
                    return


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except binascii.Error:
        return ""
