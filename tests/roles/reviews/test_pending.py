"""What stands on every page about who looks, beside their roles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from roles.access.administration import administers
from roles.models import AccessReview, Administratorship, ReviewItem
from roles.reviews.pending import pending_for
from tests.roles.reviews.campaigns import colleague, opened_review
from tests.roles.tenants import Tenant, central_administrator
from tests.statements import statements_sent

pytestmark = pytest.mark.django_db


def test_it_is_one_statement_and_says_who_administers_as_the_administration_does(nord: Tenant, soer: Tenant) -> None:
    people = (nord.administrator, nord.caseworker, soer.administrator, central_administrator())
    for change in (lambda: None, Administratorship.objects.filter(employee=nord.administrator).delete):
        change()
        for who in people:
            with statements_sent() as sent:
                said = pending_for(who.pk)
            assert said.administers == administers(who).anything
            assert len(sent) == 1


def test_only_open_reviews_with_something_left_are_named_the_first_due_first(nord: Tenant, soer: Tenant) -> None:
    late, early, soon_closed = opened_review(nord), opened_review(nord), opened_review(nord)
    opened_review(soer)
    leader = colleague(nord, "Leder")
    now = timezone.now()
    AccessReview.objects.filter(pk=early.pk).update(remind_at=now, deadline=now + timedelta(days=1))
    AccessReview.objects.filter(pk=soon_closed.pk).update(closed_at=now)
    assert [review.pk for review in pending_for(leader.pk).reviews] == [early.pk, late.pk]
    ReviewItem.objects.filter(review=early, reviewer=leader).update(answer="KEEP", answered_at=now)
    assert [review.pk for review in pending_for(leader.pk).reviews] == [late.pk]
    AccessReview.objects.filter(pk=late.pk).update(remind_at=now, deadline=now)
    assert pending_for(leader.pk).reviews == ()
