"""The report of an access review: every access of the frozen copy, its answer or that it has none, and what became."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from roles.accesses.held import held_in
from roles.accesses.sheets import Cell, workbook
from roles.models import AccessReview, ReviewAnswer, ReviewItem

#: Header and width in characters, in the order of the columns.
_COLUMNS: Final = {
    "Ansatt": 32,
    "Rolle": 32,
    "Tjenesteområde": 24,
    "Gruppe": 24,
    "Svar": 18,
    "Merknad": 50,
    "Kontrollør": 32,
    "Besvart": 18,
    "Har tilgangen nå": 18,
}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """held: whether the employee still has the access. to_be_done: somebody said it should go, and it is there."""

    item: ReviewItem
    answer: str
    held: bool

    @property
    def to_be_done(self) -> bool:
        return self.held and self.item.answer == ReviewAnswer.REMOVE


def review_counts(review: AccessReview) -> Mapping[str, int]:
    """How many of each answer, in its words, those without one last."""
    found = Counter(review.items.values_list("answer", flat=True))
    return {_said(answer): found[answer] for answer in (*ReviewAnswer.values, "")}


def review_rows(review: AccessReview) -> Sequence[ReviewRow]:
    """Those without an answer first."""
    held = {(each.assignment.pk, each.holder.pk) for each in held_in(review.organisation)}
    items = review.items.select_related("reviewer").order_by("answer", "employee_name", "role_name", "id")
    return [ReviewRow(item, _said(item.answer), (item.assignment_id, item.employee_id) in held) for item in items]


def review_workbook(review: AccessReview) -> bytes:
    """The whole report (.xlsx)."""
    return workbook("Tilgangsgjennomgang", _COLUMNS, map(_cells, review_rows(review)))


def _cells(row: ReviewRow) -> list[Cell]:
    item = row.item
    answered = timezone.localtime(item.answered_at) if item.answered_at else None
    frozen: list[Cell] = [item.employee_name, item.role_name, item.service_area, item.group_name]
    return [*frozen, row.answer, item.comment, str(item.reviewer), answered, "ja" if row.held else "nei"]


def _said(answer: str) -> str:
    return str(ReviewAnswer(answer).label) if answer else _("Ikke besvart")
