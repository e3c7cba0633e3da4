"""Our writer of workbooks beside others: 200,000 rows of 12 columns, in processor time, each in a process of its own.

The rows are the same strings and dates, made once in each process before the clock starts.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from integrations.spreadsheets.stream import CellKind, SheetColumn, write_workbook
from tests.reporting import report

ROWS: Final = 200_000
XLSXWRITER_BAR: Final = 6.0
HEADERS: Final = (
    *("Fødselsnummer eller d-nummer", "Fornavn", "Mellomnavn", "Etternavn", "Fødselsdato", "Kjønn"),
    *("Adresse", "Postnummer", "Poststed", "Kommune", "Skolekrets", "Grunnkrets"),
)
_DATE: Final = 4
Row = tuple[str | date | None, ...]


def run() -> None:
    """Reports every writer beside ours, which must be no slower than the fastest and far faster than XlsxWriter."""
    measured = {name: _measured(name) for name in WRITERS}
    ours = measured["ours"]
    for name, figures in measured.items():
        spent, bar = figures["seconds"], XLSXWRITER_BAR if name == "xlsxwriter" else 1.0
        said = f"{name}: {figures['megabytes']:.0f} MB, file {figures['file'] / 1e6:.1f} MB"
        ok = name in ("ours", "openpyxl") or spent >= bar * ours["seconds"]
        report(
            "bench", "writers", said, value=spent, unit="s", floor=ours["seconds"], ratio=spent / ours["seconds"],
            bar=bar, n=ROWS, ok=ok,
        )  # fmt: skip


def _measured(name: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", __name__, name], capture_output=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def rows(number: int) -> Iterator[Row]:
    """Rows as a list of residents has them: most cells short, some empty, few texts twice."""
    for each in range(number):
        yield (
            f"{each % 28 + 1:02}8{each % 10}{each % 99:02}{each % 99_999:05}",
            f"Sildrende{each % 700}",
            "Å. & Ø." if each % 9 == 0 else None,
            f"Fjellbekk{each % 5_000}",
            date(1930, 1, 1) + timedelta(days=each % 33_000),
            "Kvinne" if each % 2 else "Mann",
            f"Storgata {each % 300} B",
            f"{each % 9_999:04}",
            "MOSJØEN",
            "1870 Sortland",
            f"Skole {each % 40}",
            f"{each % 900:08}",
        )


def _ours(path: Path, made: Sequence[Row]) -> None:
    kinds = [CellKind.DATE if index == _DATE else CellKind.TEXT for index in range(len(HEADERS))]
    columns = [SheetColumn(header, kind, 16) for header, kind in zip(HEADERS, kinds, strict=True)]
    with path.open("wb") as sink:
        write_workbook(sink, title="Innbyggerliste", columns=columns, rows=made, row_count=len(made), about=[])


def _rustpy(path: Path, made: Sequence[Row]) -> None:
    from rustpy_xlsxwriter import FastExcel

    records = (dict(zip(HEADERS, row, strict=True)) for row in made)
    FastExcel(str(path)).format(datetime_format="dd.mm.yyyy").freeze(row=1).sheet("Innbyggerliste", records).save()


def _fastxlsxio(path: Path, made: Sequence[Row]) -> None:
    from fastxlsxio import XIOWWorkbook

    book = XIOWWorkbook(str(path))
    sheet = book.add_worksheet("Innbyggerliste")
    sheet.write_row(0, 0, list(HEADERS))
    sheet.write_rows(1, 0, made)
    book.save()


def _xlsxwriter(path: Path, made: Sequence[Row]) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Innbyggerliste")
    sheet.write_row(0, 0, HEADERS)
    for number, row in enumerate(made, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()


def _openpyxl(path: Path, made: Sequence[Row]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Innbyggerliste")
    sheet.append(HEADERS)
    for row in made:
        sheet.append(row)
    book.save(path)


WRITERS: Final[dict[str, Callable[[Path, Sequence[Row]], None]]] = {
    "ours": _ours,
    "rustpy-xlsxwriter": _rustpy,
    "fastxlsxio": _fastxlsxio,
    "xlsxwriter": _xlsxwriter,
    "openpyxl": _openpyxl,
}


def measure(name: str) -> dict[str, Any]:
    """Processor seconds of writing, what the process's memory grew by in MB, and the bytes of the file."""
    made = list(rows(ROWS))
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        WRITERS[name](path, made)
        spent, size = time.process_time() - begun, path.stat().st_size
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"seconds": spent, "megabytes": grown / 1024, "file": size}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.stdout.write(json.dumps(measure(sys.argv[1])))
