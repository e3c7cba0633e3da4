"""What the reading process is asked, and what it answers."""

from enum import StrEnum

import msgspec

from roles.catalogue.workbook import answers as package


class Reason(StrEnum):
    """Why a workbook cannot be used as it is. The words for the page are in ownworkbooks/faults.py."""

    NO_COLUMNS = "no-columns"
    OTHER_ROW = "other-row"
    UNKNOWN = "unknown"
    TWICE = "twice"
    BELOW = "below"
    FORMULA = "formula"
    MERGED = "merged"
    ABOUT_TAKEN = "about-taken"
    DAMAGED = "damaged"


class Problem(msgspec.Struct, frozen=True):
    """One problem. cell: its sheet and address, or "". detail: what is meant, or ""."""

    reason: Reason
    cell: str = ""
    detail: str = ""


class Question(msgspec.Struct, frozen=True):
    """content: the file. texts, dates: the headers of all columns that a list can have, by kind."""

    content: bytes
    texts: frozenset[str]
    dates: frozenset[str]


class Answer(msgspec.Struct, frozen=True):
    """Either problems or a shell. sheet: the part with the rows, in the package. about: the part of the page about the
    list. first: the number of the first row. headers: the columns from left to right."""

    shell: bytes = b""
    sheet: str = ""
    about: str = ""
    first: int = 0
    headers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    package_problems: tuple[package.Problem, ...] = ()
