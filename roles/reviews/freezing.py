"""The frozen copy that a review is about: every access in the organisation as it is now, with its reviewer."""

from django.utils.translation import override

from roles.models import AccessReview, Administratorship, ReviewItem
from roles.reviews.holders import Held, administratorships_in, held_in
from roles.reviews.reviewrules import Reviewers


def freeze_access(review: AccessReview, reviewers: Reviewers) -> list[ReviewItem]:
    """The items of a new review, not saved. Their texts are in bokmål, whichever language the page has."""
    with override("nb"):
        rights = [_right(review, each, reviewers) for each in administratorships_in(review.organisation)]
    return [_role(review, each, reviewers) for each in held_in(review.organisation)] + rights


def _role(review: AccessReview, held: Held, reviewers: Reviewers) -> ReviewItem:
    assignment = held.assignment
    return ReviewItem(
        review=review,
        assignment=assignment,
        employee=held.employee,
        reviewer=reviewers.of(held.employee),
        holder_name=str(held.holder),
        role_name=assignment.role.name,
        service_area=assignment.role.service_area.name_nb,
        group_name=str(assignment.group or ""),
        valid_from=assignment.valid_from,
        valid_to=assignment.valid_to,
    )


def _right(review: AccessReview, right: Administratorship, reviewers: Reviewers) -> ReviewItem:
    return ReviewItem(
        review=review,
        administratorship=right.pk,
        employee=right.employee,
        reviewer=reviewers.of(right.employee),
        holder_name=right.employee.display_name,
        role_name=right.get_kind_display(),
    )
