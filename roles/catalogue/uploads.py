"""Reads an uploaded workbook in a separate process, so that a costly file takes no memory or time from the web
server."""

import fcntl
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Final

import msgspec
from django.utils.translation import gettext as _

from roles.catalogue import workbook
from roles.catalogue.sheetfaults import Fault, Unusable
from roles.catalogue.unreadable import fault_of
from roles.catalogue.workbook.answers import Answer, Cell, Kind, Problem, Reason

MOST_BYTES: Final = 2_000_000
#: Timeout in seconds of real time. The process itself limits its processor time and memory.
MOST_SECONDS: Final = 10
#: How long an upload waits for another to be read, and how often it looks, in seconds. Most are read within one.
WAIT_SECONDS: Final = 5.0
_LOOK_EVERY: Final = 0.05
_ROOT: Final = Path(__file__).resolve().parents[2]
_LOCKED: Final = Path(workbook.__file__)
#: The environment variables for the process. It gets no settings, so that it knows no secret.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH")

_logger = logging.getLogger(__name__)

#: A whole number is an int, never a float.
Value = str | int | float | bool | date


class Busy(Exception):
    """Another workbook is being read on this machine. Try again, after MOST_SECONDS at the latest."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet: its cells by row and column, both from 1. Exactly the empty cells are missing."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]


def read_sheet(file: IO[bytes]) -> Sheet:
    """The sheet of an uploaded workbook. Raises Unusable and Busy."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unusable(Fault(_("Filen er for stor. Den kan være på høyst 2 MB.")))
    written = read_alone(_command(), content)
    answer = msgspec.json.decode(written, type=Answer) if written else Answer(problems=[Problem(Reason.TOO_COSTLY)])
    if answer.problems:
        raise Unusable(*map(fault_of, answer.problems))
    return Sheet(answer.sheet, _rows(answer.cells))


@contextmanager
def _alone() -> Iterator[None]:
    """A context that lets only one reader run on this machine. The lock is on the reader's file and ends with its
    owner.

    Raises Busy.
    """
    with _LOCKED.open("rb") as locked:
        _lock_reader(locked, until=time.monotonic() + WAIT_SECONDS)
        yield


def _lock_reader(locked: IO[bytes], *, until: float) -> None:
    """Waits for the lock until this moment of the monotonic clock. Raises Busy."""
    while True:
        try:
            return fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy from None
        time.sleep(_LOOK_EVERY)


def _command() -> Sequence[str]:
    return sys.executable, "-E", "-s", "-m", workbook.__name__


def read_alone(command: Sequence[str], content: bytes) -> bytes | None:
    """Runs a reader of uploads on the content. Returns what it wrote; None when it was too costly. Raises Busy.

    It is a new interpreter, not a fork: forking a process with threads is unsafe.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with _alone():
        try:
            return subprocess.run(  # noqa: S603 -- no shell, no argument from outside
                command,
                input=content,
                capture_output=True,
                cwd=_ROOT,
                env=environment,
                timeout=MOST_SECONDS,
                check=True,
            ).stdout
        except subprocess.TimeoutExpired:
            _logger.warning("an uploaded workbook was not read in %d s", MOST_SECONDS)
        except subprocess.CalledProcessError as ended:
            _logger.warning("an uploaded workbook was not read: the process ended with %d", ended.returncode)
    return None


def _rows(cells: Sequence[Cell]) -> Mapping[int, Mapping[int, Value]]:
    rows: dict[int, dict[int, Value]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = _decode_value(cell)
    return rows


def _decode_value(cell: Cell) -> Value:
    if cell.kind is Kind.DATE:
        return date.fromisoformat(cell.text)
    if cell.kind is Kind.BOOLEAN:
        return cell.text in ("1", "true")
    if cell.kind is Kind.NUMBER:
        number = float(cell.text)
        return int(number) if number.is_integer() else number
    return cell.text
