"""The answer of the reading process: the cells of a sheet, or the problems."""

from enum import StrEnum

import msgspec


class Reason(StrEnum):
    """Why a file or a cell cannot be read. The words for the page are in roles.catalogue.unreadable."""

    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105 -- the name of a reason
    OLD_EXCEL = "old-excel"
    OLD_OFFICE = "old-office"
    BINARY_EXCEL = "binary-excel"
    OPEN_DOCUMENT = "open-document"
    NUMBERS = "numbers"
    OTHER_OFFICE = "other-office"
    XML_SPREADSHEET = "xml-spreadsheet"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    NOT_A_WORKBOOK = "not-a-workbook"
    CUT_OFF = "cut-off"
    DAMAGED = "damaged"
    ENCRYPTED_PART = "encrypted-part"
    ODD_COMPRESSION = "odd-compression"
    TWICE = "twice"
    ENTITIES = "entities"
    TOO_LARGE = "too-large"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_COSTLY = "too-costly"
    TOO_MUCH_TEXT = "too-much-text"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_WIDE = "too-wide"
    SHEETS = "sheets"
    OTHER_SHEET = "other-sheet"
    HIDDEN_SHEET = "hidden-sheet"
    NO_SHEET = "no-sheet"
    MERGED = "merged"
    FORMULA = "formula"
    ERROR = "error"
    NO_SUCH_TEXT = "no-such-text"
    CELL_TWICE = "cell-twice"
    ODD_CELL = "odd-cell"


class Kind(StrEnum):
    """The kind of a cell's value. A date is a number shown with a day or a year; its text is in ISO form."""

    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    BOOLEAN = "b"


class Cell(msgspec.Struct, array_like=True, frozen=True):
    """A cell that is not empty. row and column begin at 1."""

    row: int
    column: int
    kind: Kind
    text: str


class Problem(msgspec.Struct, frozen=True):
    """Something that cannot be read. row: 0 for the sheet as a whole. column: letters, or ""."""

    reason: Reason
    sheet: str = ""
    row: int = 0
    column: str = ""
    detail: str = ""


class Answer(msgspec.Struct, frozen=True):
    """Either problems or a sheet with its cells, row by row."""

    sheet: str = ""
    cells: list[Cell] = []
    problems: list[Problem] = []


class Unreadable(Exception):
    """The file cannot be read; nothing of it is used. It carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(len(problems))
        self.problems = list(problems)


def unreadable(reason: Reason) -> Unreadable:
    """The error for one problem with the file as a whole."""
    return Unreadable(Problem(reason))
