"""Two who act on one review at the same moment: a test for each lock, which fails without the lock."""

import pytest

from roles.granting.assignments import give_role
from roles.granting.roles import create_role
from roles.reviews.carryingout import leavings, take_out_of_groups, withdraw_removed
from roles.reviews.reviews import Answer, answer_items, close_review
from tests.racing import race
from tests.roles.reviews.campaigns import answered, item_of, opened_review
from tests.roles.rivals import group_of, refused
from tests.roles.tenants import Tenant, kindergarten

pytestmark = pytest.mark.django_db


def test_a_review_that_closes_takes_no_more_answers_and_closes_once(nord: Tenant) -> None:
    review = opened_review(nord)
    item = item_of(review, nord.caseworker)

    def close() -> object:
        return close_review(review=review, by=nord.administrator)

    _closed, said = race(
        close, lambda: answer_items(review=review, answers={item.pk: Answer("REMOVE", "x")}, by=item.reviewer)
    )
    assert refused(said)
    review.items.all().delete()
    type(review).objects.update(closed_at=None)
    _closed, again = race(close, close)
    assert refused(again)


def test_an_access_to_remove_after_a_review_is_withdrawn_once(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "REMOVE", "Har sluttet")
    close_review(review=review, by=nord.administrator)

    def carry_out() -> int:
        return withdraw_removed(review=review, by=nord.administrator)

    assert race(carry_out, carry_out) == (1, 0)


def test_nobody_is_removed_from_a_group_whose_roles_changed_since_the_page_was_shown(nord: Tenant) -> None:
    group = group_of(nord, nord.caseworker)
    give_role(role=nord.role, group=group, by=nord.administrator)
    more = create_role(organisation=nord.organisation, service_area=kindergarten(), name="Mer", by=nord.administrator)
    review = opened_review(nord)
    answered(review, nord.caseworker, "REMOVE", "Har sluttet")
    close_review(review=review, by=nord.administrator)
    seen = [leaving.key for leaving in leavings(review)]
    _given, taken_out = race(
        lambda: give_role(role=more, group=group, by=nord.administrator),
        lambda: take_out_of_groups(review=review, chosen=seen, by=nord.administrator),
    )
    assert len(seen) == 1
    assert (refused(taken_out), group.members.count()) == (True, 1)
