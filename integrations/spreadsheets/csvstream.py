"""Writes a CSV in constant memory, as tables.as_csv writes a small one."""

import codecs
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from integrations.spreadsheets.stream import Cell, Sink
from integrations.spreadsheets.tables import csv_lines

_ROWS_AT_A_TIME = 500


def write_csv(sink: Sink, *, headers: Sequence[str], rows: Iterable[Sequence[Cell]], row_count: int) -> None:
    """Writes the table to `sink`, reading `rows` once. Dates are written as dd.mm.yyyy.

    Raises ValueError when the number of rows is not `row_count`.
    """
    sink.write(codecs.BOM_UTF8 + csv_lines([headers]))
    remaining, written = iter(rows), 0
    while some := list(islice(remaining, _ROWS_AT_A_TIME)):
        sink.write(csv_lines([list(map(_shown, row)) for row in some]))
        written += len(some)
    if written != row_count:
        raise ValueError("not as many rows as were announced")


def _shown(cell: Cell) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell or ""
