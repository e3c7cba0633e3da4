"""The clock process reminds of access reviews and closes them at the deadline. Safe to repeat and to run in
parallel."""

from django.db import transaction
from django.utils import timezone

from roles import audit
from roles.actors import system
from roles.audit import Event
from roles.models import AccessReview
from roles.reviews.reviews import close, in_log, lock_review

_CLOCK = system("clock")


def mark_due() -> int:
    """Sends the reminders that are due and closes overdue reviews. Returns how many reviews it changed."""
    now = timezone.now()
    open_ones = AccessReview.objects.filter(closed_at=None)
    overdue = open_ones.filter(deadline__lte=now)
    unreminded = open_ones.filter(reminded_at=None, remind_at__lte=now, deadline__gt=now)
    return sum(map(_close, overdue)) + sum(map(_remind, unreminded))


@transaction.atomic
def _close(review: AccessReview) -> bool:
    row = lock_review(review)
    if row.closed_at is None:
        close(row, _CLOCK)
        return True
    return False


@transaction.atomic
def _remind(review: AccessReview) -> bool:
    row = lock_review(review)
    if row.reminded_at is not None or row.closed_at is not None:
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    left = row.items.filter(answer="").values_list("reviewer_id", flat=True).distinct()
    audit.changed(Event.REVIEW_REMINDED, by=_CLOCK, **in_log(row, reviewers=sorted(str(who) for who in left)))
    return True
