"""The report of an access review: every access of the frozen copy, its answer if it has one, and whether it is still
held."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.spreadsheets.tables import Cell, workbook
from roles.models import AccessReview, Organisation, ReviewAnswer, ReviewItem
from roles.reviews.accessreport import AccessType
from roles.reviews.holders import administratorships_in, held_in

#: Header and width in characters, in the order of the columns.
_COLUMNS: Final = {
    "Navn": 32,
    "Tilgangstype": 15,
    "Rolle": 32,
    "Tjenesteområde": 24,
    "Gruppe": 24,
    "Svar": 18,
    "Merknad": 50,
    "Kontrollør": 32,
    "Besvart": 18,
    "Har tilgangen nå": 18,
}

#: The id of an assignment or an administratorship, and the employee's id; None for an integration.
_Key = tuple[UUID | int | None, UUID | None]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One access of the report. held: whether the access is still held."""

    item: ReviewItem
    answer: str
    held: bool

    @property
    def kind(self) -> AccessType:
        if self.item.is_administratorship:
            return AccessType.ADMINISTRATOR
        return AccessType.INTEGRATION if self.item.is_integrations else AccessType.USER


def review_counts(review: AccessReview) -> Mapping[str, int]:
    """The number of items for each answer, by its label; unanswered items come last."""
    found = Counter(review.items.values_list("answer", flat=True))
    return {_answer_in_words(answer): found[answer] for answer in (*ReviewAnswer.values, "")}


def review_rows(review: AccessReview) -> Sequence[ReviewRow]:
    """The rows of the report, unanswered items first."""
    now = _there_now(review.organisation)
    items = review.items.select_related("reviewer").order_by("answer", "holder_name", "role_name", "id")
    return [ReviewRow(item, _answer_in_words(item.answer), _key(item) in now) for item in items]


def review_workbook(review: AccessReview) -> bytes:
    """The whole report (.xlsx)."""
    return workbook("Tilgangsgjennomgang", _COLUMNS, map(_cells, review_rows(review)))


def _there_now(organisation: Organisation) -> frozenset[_Key]:
    held = ((each.assignment.pk, each.employee.pk if each.employee else None) for each in held_in(organisation))
    rights = ((right.pk, right.employee_id) for right in administratorships_in(organisation))
    return frozenset[_Key]().union(held, rights)


def _key(item: ReviewItem) -> _Key:
    return item.assignment_id or item.administratorship, item.employee_id


def _cells(row: ReviewRow) -> list[Cell]:
    item = row.item
    answered = timezone.localtime(item.answered_at) if item.answered_at else None
    frozen: list[Cell] = [item.holder_name, row.kind.value, item.role_name, item.service_area, item.group_name]
    return [*frozen, row.answer, item.comment, str(item.reviewer), answered, "ja" if row.held else "nei"]


def _answer_in_words(answer: str) -> str:
    return str(ReviewAnswer(answer).label) if answer else _("Ikke besvart")
