"""What can be wrong with an uploaded catalogue, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where. row 0: with the file or the sheet as a whole; column: a letter and a header, or ""."""

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""


class Unusable(Exception):
    """The file cannot be read as a catalogue. faults: what to tell, at least one."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(len(faults))
        self.faults = faults
