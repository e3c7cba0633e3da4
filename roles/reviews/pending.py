"""What every page shows about the employee beside their roles: whether they administer, the reviews that wait for
their answer, and the operator's messages. Read in one statement."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language
from msgspec import Struct, json

#: An employee who administers anything has an administratorship (see Administers.anything). Earliest deadline first.
_QUESTION: Final = """
    SELECT json_build_object(
        'administers', EXISTS (SELECT FROM roles_administratorship held WHERE held.employee_id = %s),
        'reviews', ARRAY(
            SELECT json_build_object(
                'pk', review.id, 'name', review.name, 'deadline', review.deadline, 'reminded_at', review.reminded_at
            )
            FROM roles_accessreview review
            WHERE review.closed_at IS NULL AND review.deadline > %s AND EXISTS (
                SELECT FROM roles_reviewitem item
                WHERE item.review_id = review.id AND item.reviewer_id = %s AND item.answer = ''
            )
            ORDER BY review.deadline
        ),
        'notices', ARRAY(
            SELECT json_build_object('nb', notice.text_nb, 'nn', notice.text_nn, 'en', notice.text_en)
            FROM roles_notice notice
            WHERE notice.valid_from <= %s AND (notice.valid_to IS NULL OR notice.valid_to > %s)
            ORDER BY notice.valid_from
        )
    )::text
"""


class WaitingReview(Struct, frozen=True):
    """An open review in which the employee has something left to answer."""

    pk: UUID
    name: str
    deadline: datetime
    reminded_at: datetime | None


class ShownNotice(Struct, frozen=True):
    """What the operator tells everybody now."""

    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        """In the language of the page."""
        return {"nn": self.nn, "en": self.en}.get((get_language() or "nb")[:2], self.nb)


class Pending(Struct, frozen=True):
    """What waits for an employee. administers: whether the administration has anything to show them."""

    administers: bool
    reviews: tuple[WaitingReview, ...]
    notices: tuple[ShownNotice, ...] = ()


NOTHING: Final = Pending(administers=False, reviews=())
_ASKED: Final = json.Decoder(Pending)


def pending_for(employee_id: UUID) -> Pending:
    """What waits for this active employee. Read from the database at each call: a withdrawal has effect at once."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [employee_id, now, employee_id, now, now])
        (answer,) = cursor.fetchone()
    return _ASKED.decode(answer)
