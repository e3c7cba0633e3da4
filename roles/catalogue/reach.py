"""How far an uploaded sheet reaches, by its own XML: openpyxl makes a cell of everything between the first and the
last, and of everything that is merged, and a small file can say that these are millions."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element, iterparse

from django.utils.translation import gettext as _

from roles.catalogue.faults import Fault

#: The form has nine columns.
MOST_COLUMNS: Final = 50
_MOST_TOLD: Final = 20
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def faults_of_reach(package: zipfile.ZipFile) -> list[Fault]:
    """Cells too far out and cells that are merged, the first of them. Raises what a broken file raises."""
    found: list[Fault] = []
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with package.open(name) as sheet:
                found += [fault for fault, _number in zip(_faults(sheet), range(_MOST_TOLD), strict=False)]
    return found


def _faults(sheet: IO[bytes]) -> Iterator[Fault]:
    for _event, element in iterparse(sheet):  # noqa: S314 -- expat stops entities that multiply; openpyxl asks it too
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            yield from _too_wide(element)
            element.clear()
        elif tag == "mergeCell":
            column, row = _place(element.get("ref", ""))
            message = _("Cellene %(cells)s er slått sammen. Del dem opp.") % {"cells": element.get("ref")}
            yield Fault(message, row=row, column=column)


def _too_wide(row: Element) -> Iterator[Fault]:
    """A cell says where it is, or it is the next one."""
    message = _("Arket er for bredt. Det kan ha høyst %(most)d kolonner.") % {"most": MOST_COLUMNS}
    if len(row) > MOST_COLUMNS:
        yield Fault(message, row=int(row.get("r", "0")))
    for cell in row:
        column, number = _place(cell.get("r", "A1"))
        if _index(column) > MOST_COLUMNS:
            yield Fault(message, row=number, column=column)


def _place(reference: str) -> tuple[str, int]:
    """Of a cell, or of the first in a range. Raises ValueError where it is neither."""
    found = _REFERENCE.match(reference)
    if found is None:
        raise ValueError("no reference")
    return found[1], int(found[2])


def _index(column: str) -> int:
    index = 0
    for letter in column:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index
