"""The models of citizen lists."""

from citizenlists.models.followups import Every, Notice, Schedule
from citizenlists.models.order import (
    FINAL,
    UNFINISHED,
    CitizenList,
    Failure,
    FileFormat,
    Layout,
    RowsPer,
    Sorting,
    State,
    Waiting,
)
from citizenlists.models.own import OwnTemplate, OwnWorkbook, TemplateYear
from citizenlists.models.work import Checkpoint, CheckpointKind, Doorbell, Part

__all__ = [
    "FINAL",
    "UNFINISHED",
    "Checkpoint",
    "CheckpointKind",
    "CitizenList",
    "Doorbell",
    "Every",
    "Failure",
    "FileFormat",
    "Layout",
    "Notice",
    "OwnTemplate",
    "OwnWorkbook",
    "Part",
    "RowsPer",
    "Schedule",
    "Sorting",
    "State",
    "TemplateYear",
    "Waiting",
]
