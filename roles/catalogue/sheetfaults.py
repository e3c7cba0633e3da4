"""The faults of an uploaded catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. row: 0 for the file or the sheet as a whole. column: a letter and a header, or ""."""

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""


class Unusable(Exception):
    """The file cannot be read as a catalogue. faults: at least one, for the page."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(len(faults))
        self.faults = faults
