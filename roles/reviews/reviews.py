"""Access reviews: opening one on a frozen copy of all accesses, answering it, and closing it."""

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
from roles.reviews.freezing import freeze_access
from roles.reviews.reviewrules import Reviewers, check_answer, check_open, check_reviewers, check_times
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Answer:
    """A reviewer's answer for one access. choice: a value of ReviewAnswer."""

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
    """Opens a review of every role and administratorship held in the organisation now. Raises PolicyViolation.

    reviewer: answers for everybody else, until roles are handed over to others. deputy: answers for the reviewer.
    """
    check_administers(organisation, by)
    check_reviewers(organisation, reviewer, deputy)
    check_times(timezone.now(), remind_at, deadline)
    review = AccessReview.objects.create(
        organisation=organisation, name=name.strip(), remind_at=remind_at, deadline=deadline, opened_by=by
    )
    items = ReviewItem.objects.bulk_create(freeze_access(review, Reviewers(reviewer, deputy)))
    about = {"reviewer": str(reviewer.pk), "deputy": str(deputy.pk), "deadline": deadline.isoformat()}
    audit.changed(Event.REVIEW_OPENED, by=by, **in_log(review, **about, items=len(items)))
    return review


@transaction.atomic
def hand_over(*, review: AccessReview, role_name: str, reviewer: Employee, by: Employee) -> int:
    """Gives the role's unanswered accesses another reviewer, except that reviewer's own. Returns how many.

    Raises PolicyViolation.
    """
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
    """Stores the answers of reviewer `by`, by item id. They may be changed until the review closes.

    Returns how many answers are new or changed. Stores none when it raises PolicyViolation.
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
    """Closes the review for answers. The report lists the items without one as not answered. Raises PolicyViolation."""
    row = lock_review(review)
    check_administers(row.organisation, by)
    if row.closed_at is not None:
        raise PolicyViolation(_("Gjennomgangen er avsluttet."))
    return close(row, by)


def close(row: AccessReview, by: Actor | Employee) -> AccessReview:
    """Closes a review whose row is locked, and logs it."""
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    audit.changed(Event.REVIEW_CLOSED, by=by, **in_log(row, unanswered=row.items.filter(answer="").count()))
    return row


def lock_review(review: AccessReview) -> AccessReview:
    """The review as it is now, locked until the transaction ends."""
    return (
        AccessReview.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=review.pk)
    )


class ReviewInLog(TypedDict):
    """The arguments for audit.changed() that name a review."""

    organisation: UUID
    details: Mapping[str, JSON]


def in_log(review: AccessReview, **more: JSON) -> ReviewInLog:
    """The organisation and details for audit.changed(): the review's id and name, and `more`."""
    return {
        "organisation": review.organisation_id,
        "details": {"review": str(review.pk), "name": review.name, **more},
    }


def _answer(item: ReviewItem, answer: Answer) -> dict[str, JSON] | None:
    """Saves the answer and returns the details for the log; None when nothing changed. Raises PolicyViolation."""
    check_answer(answer.choice, answer.comment)
    before, after = [item.answer, item.comment], [answer.choice, answer.comment.strip()]
    if before == after:
        return None
    item.answer, item.comment = after
    item.answered_at = timezone.now()
    item.save(update_fields=["answer", "comment", "answered_at"])
    return {"item": str(item.pk), "before": before, "after": after}
