"""Writes a list into a shell: a workbook made elsewhere, with model rows where the list goes and where the page about
it goes. Everything else of the shell is copied as it is."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from integrations.spreadsheets.stream import MAX_ROWS, Cell, Sink, may_be_huge, readable, write_sheet


@dataclass(frozen=True, slots=True)
class Shell:
    """content: the workbook. sheet, about: its parts with the list and with the page about it. first: the number of the
    list's first row. columns: how many it has."""

    content: bytes
    sheet: str
    about: str
    first: int
    columns: int


def write_into(
    sink: Sink, shell: Shell, *, rows: Iterable[Sequence[Cell]], row_count: int, about: Sequence[tuple[str, str]]
) -> None:
    """Writes the filled-in workbook to `sink`, reading `rows` once.

    rows: one cell for each model cell, from the left. Raises ValueError for more rows than the sheet has room for, and
    as write_sheet() does.
    """
    if shell.first + row_count - 1 > MAX_ROWS + 1:
        raise ValueError("more rows than a sheet holds")
    whole = zipfile.ZipFile(BytesIO(shell.content))
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as book:
        for name in whole.namelist():
            if name not in (shell.sheet, shell.about):
                part = whole.read(name)
                book.writestr(name, readable(part) if name.endswith(".xml") else part)
        with book.open(shell.about, "w") as sheet:
            write_sheet(sheet, readable(whole.read(shell.about)), about, len(about), first=1)
        with book.open(shell.sheet, "w", force_zip64=may_be_huge(row_count * shell.columns)) as sheet:
            write_sheet(sheet, readable(whole.read(shell.sheet)), rows, row_count, first=shell.first)
