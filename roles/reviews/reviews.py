"""Access reviews: opened on a frozen copy, answered by the reviewers, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.actors import Actor
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.models import AccessReview, Employee, Organisation, ReviewItem
from roles.reviews.frozen import frozen
from roles.reviews.reviewrules import Reviewers, check_answer, check_open, check_reviewers, check_times
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer says of one access."""

    choice: str
    comment: str = ""


@transaction.atomic
def open_review(
    *,
    organisation: Organisation,
    name: str,
    remind_at: datetime,
    deadline: datetime,
    reviewer: Employee,
    deputy: Employee,
    by: Employee,
) -> AccessReview:
    """A review of every role and administratorship of the organisation at this moment. Raises PolicyViolation.

    reviewer: answers for everybody, until roles are handed over to others. deputy: answers for the reviewer.
    """
    check_administers(organisation, by)
    check_reviewers(organisation, reviewer, deputy)
    check_times(timezone.now(), remind_at, deadline)
    review = AccessReview.objects.create(
        organisation=organisation, name=name.strip(), remind_at=remind_at, deadline=deadline, opened_by=by
    )
    items = ReviewItem.objects.bulk_create(frozen(review, Reviewers(reviewer, deputy)))
    about = {"reviewer": str(reviewer.pk), "deputy": str(deputy.pk), "deadline": deadline.isoformat()}
    audit.changed(Event.REVIEW_OPENED, by=by, **in_log(review, **about, items=len(items)))
    return review


@transaction.atomic
def hand_over(*, review: AccessReview, role_name: str, reviewer: Employee, by: Employee) -> int:
    """Gives the unanswered accesses to a role another reviewer, all but the reviewer's own. Returns how many."""
    row = lock_review(review)
    check_administers(row.organisation, by)
    check_open(row, timezone.now())
    check_reviewers(row.organisation, reviewer)
    theirs = row.items.filter(role_name=role_name, answer="").exclude(employee=reviewer).exclude(reviewer=reviewer)
    before: dict[str, JSON] = {str(item): str(who) for item, who in theirs.values_list("pk", "reviewer_id")}
    theirs.update(reviewer=reviewer)
    if before:
        audit.changed(Event.REVIEW_HANDED_OVER, by=by, before=before, after=str(reviewer.pk), **in_log(row))
    return len(before)


@transaction.atomic
def answer_items(*, review: AccessReview, answers: Mapping[UUID, Answer], by: Employee) -> int:
    """What `by` answers for accesses given to them to answer for; may be changed until the review closes.

    Returns how many answers are new or changed. Raises PolicyViolation; then nothing was answered.
    """
    row = lock_review(review)
    check_open(row, timezone.now())
    items = {item.pk: item for item in row.items.filter(reviewer=by, pk__in=answers)}
    if items.keys() != answers.keys():
        raise PolicyViolation(_("Du kan bare svare for tilgangene du er satt til å gå gjennom."))
    said = [_answer(items[key], answer) for key, answer in answers.items()]
    changed = [each for each in said if each is not None]
    if changed:
        audit.changed(Event.REVIEW_ANSWERED, by=by, **in_log(row, answers=changed))
    return len(changed)


@transaction.atomic
def close_review(*, review: AccessReview, by: Employee) -> AccessReview:
    """No more answers. What has none is not answered, and listed as such. Raises PolicyViolation."""
    row = lock_review(review)
    check_administers(row.organisation, by)
    if row.closed_at is not None:
        raise PolicyViolation(_("Gjennomgangen er avsluttet."))
    return close(row, by)


def close(row: AccessReview, by: Actor | Employee) -> AccessReview:
    """For a row that is locked."""
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    audit.changed(Event.REVIEW_CLOSED, by=by, **in_log(row, unanswered=row.items.filter(answer="").count()))
    return row


def lock_review(review: AccessReview) -> AccessReview:
    """The row as it is now, and nobody else's to change until the transaction ends."""
    return (
        AccessReview.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=review.pk)
    )


class ReviewInLog(TypedDict):
    """For audit.changed()."""

    organisation: UUID
    details: Mapping[str, JSON]


def in_log(review: AccessReview, **more: JSON) -> ReviewInLog:
    """Whose log it stands in, and what it tells: which review, and more."""
    return {
        "organisation": review.organisation_id,
        "details": {"review": str(review.pk), "name": review.name, **more},
    }


def _answer(item: ReviewItem, answer: Answer) -> dict[str, JSON] | None:
    """Writes it, and returns what the log says; None where nothing is new."""
    check_answer(answer.choice, answer.comment)
    before, after = [item.answer, item.comment], [answer.choice, answer.comment.strip()]
    if before == after:
        return None
    item.answer, item.comment = after
    item.answered_at = timezone.now()
    item.save(update_fields=["answer", "comment", "answered_at"])
    return {"item": str(item.pk), "before": before, "after": after}
