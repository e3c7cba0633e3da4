"""The second sheet of the exported workbook, with the words to choose from, and the drop-down lists that offer them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.words import HEADERS, KINDS, NO, STATUSES, YES, beside
from roles.models import ServiceArea
from roles.vocabulary import ELEMENT_NAMES

#: The number of rows with drop-down lists: as many as the largest catalogue that can be imported.
_ROWS: Final = 5_001
_WIDTH: Final = 50


def add_choices(catalogue: Worksheet, choices: Worksheet) -> None:
    """Fills the sheet `choices` and adds a drop-down list to each cell of the columns that have one.

    The lists only help: a cell may hold other text.
    """
    for column, (header, values) in enumerate(_choices().items(), start=1):
        letter = get_column_letter(column)
        choices.column_dimensions[letter].width = _WIDTH
        choices.cell(1, column, beside(HEADERS[header], header)).font = Font(bold=True)
        for row, value in enumerate(values, start=2):
            choices.cell(row, column, value)
        if header != "opplysninger":  # no list: one cell holds many elements
            _offer(catalogue, header, f"{choices.title}!${letter}$2:${letter}${len(values) + 1}")
    _offer(catalogue, "lest", f'"{YES},{NO}"')
    choices.freeze_panes = "A2"


def _offer(catalogue: Worksheet, header: str, formula: str) -> None:
    column = get_column_letter(list(HEADERS).index(header) + 1)
    offered = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    offered.add(f"{column}2:{column}{_ROWS}")
    catalogue.add_data_validation(offered)


def _choices() -> Mapping[str, Sequence[str]]:
    return {
        "tjenesteomraade": [EVERY_AREA, *(beside(area.name_nb, area.code) for area in _areas())],
        "taushetsbelagt": [YES, NO],
        "opplysninger": [beside(ELEMENT_NAMES[key], key) for key in ELEMENTS],
        "status": [beside(status.label, code) for code, status in STATUSES.items()],
        "hjemmelstype": [beside(kind.label, code) for code, kind in KINDS.items()],
    }


def _areas() -> Iterable[ServiceArea]:
    return ServiceArea.objects.order_by("code")
