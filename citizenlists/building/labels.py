"""Labels on sheets of A4, ready to print, set by typst (ADR 9).

The sheets are set a few at a time and joined, so that thousands of labels take little memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from pypdf import PdfReader, PdfWriter

from citizenlists.content.formats import LabelSheet
from integrations.spreadsheets.stream import Cell, Sink
from roles.typesetting import pdf

#: More labels than this are not made into one PDF: its pages are in memory until it is written.
MOST_LABELS: Final = 50_000
_SHEETS_AT_A_TIME: Final = 5
_LAYOUT: Final = Path(__file__).with_suffix(".typ").read_bytes()
_ABOVE: Final = ("Navn", "c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3")
_TITLE: Final = "Etiketter"
_NO_ADDRESS: Final = "(uten adresse)"


class TooManyLabels(Exception):
    """The list has more labels than one PDF can have. A retry does not help."""


def write_labels(
    sink: Sink,
    *,
    sheet: LabelSheet,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    row_count: int,
    made_at: datetime,
) -> None:
    """Writes one label for each row, also for a row without an address: it says so.

    headers: of the columns of the layout Etikett og brev. Raises TooManyLabels, and ValueError when the number of rows
    is not `row_count`.
    """
    if row_count > MOST_LABELS:
        raise TooManyLabels
    book, remaining, labels = PdfWriter(), iter(rows), 0
    while some := list(islice(_labels(headers, remaining), sheet.across * sheet.down * _SHEETS_AT_A_TIME)):
        content = {"title": _TITLE, "sheet": sheet._asdict(), "labels": some}
        book.append(PdfReader(BytesIO(pdf(_LAYOUT, content, made_at=made_at))), import_outline=False)
        labels += len(some)
    if labels != row_count:
        raise ValueError("not as many rows as were announced")
    book.add_metadata({"/Title": _TITLE, "/Creator": "Fiksreg"})
    whole = BytesIO()
    book.write(whole)
    sink.write(whole.getvalue())


def _labels(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    for row in rows:
        yield list(label_lines(dict(zip(headers, map(_text, row), strict=True))))


def label_lines(row: dict[str, str]) -> Iterator[str]:
    """The lines of one label, from a row by its headers."""
    yield from filter(None, map(row.__getitem__, _ABOVE))
    place = " ".join(filter(None, (row["Postnummer"], row["Poststed"])))
    yield from filter(None, (place, row["Land"]))
    if not any((place, row["Land"], *map(row.__getitem__, _ABOVE[1:]))):
        yield _NO_ADDRESS


def _text(cell: Cell) -> str:
    return str(cell or "")
