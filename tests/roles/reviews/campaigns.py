"""An access review of a tenant, with its reviewers."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.models import AccessReview, Employee, ReviewItem
from roles.reviews.reviews import Answer, answer_items, open_review
from tests.roles.tenants import Tenant


def colleague(where: Tenant, name: str) -> Employee:
    """A further employee of the tenant."""
    employee, _new = Employee.objects.get_or_create(
        issuer="https://idp.example",
        subject=f"{name} {where.organisation}",
        defaults={"display_name": name, "organisation": where.organisation},
    )
    return employee


def opened_review(where: Tenant) -> AccessReview:
    """A review of the roles of the caseworker and the leader. The leader answers; the deputy answers for the leader."""
    leader = colleague(where, "Leder")
    for employee in (each for each in (where.caseworker, leader) if not live_roles(each)):
        give_role(role=where.role, employee=employee, by=where.administrator)
    return open_review(
        organisation=where.organisation,
        name="Høsten 2026",
        remind_at=timezone.now() + timedelta(days=7),
        deadline=timezone.now() + timedelta(days=14),
        reviewer=leader,
        deputy=colleague(where, "Stedfortreder"),
        by=where.administrator,
    )


def logged_in(who: Employee) -> Client:
    client = Client()
    client.force_login(who)
    return client


def item_of(review: AccessReview, employee: Employee | None) -> ReviewItem:
    """The item for the employee's role; for None that of an integration."""
    return review.items.get(employee=employee, administratorship=None)


def answered(review: AccessReview, employee: Employee | None, choice: str, comment: str = "") -> ReviewItem:
    """Answers the item of the employee (None: of an integration) as its reviewer."""
    return say(item_of(review, employee), choice, comment)


def right_of(review: AccessReview, employee: Employee) -> ReviewItem:
    """The item for the employee's administratorship."""
    return review.items.get(employee=employee, assignment=None)


def say(item: ReviewItem, choice: str, comment: str = "") -> ReviewItem:
    """Answers the item as its reviewer."""
    answer_items(review=item.review, answers={item.pk: Answer(choice, comment)}, by=item.reviewer)
    return item


def events(where: Tenant) -> list[str]:
    entries = AuditEntry.objects.of_organisation(where.organisation.pk)
    return [entry.event for entry in entries if entry.event.startswith("role:review:")]


def overdue(review: AccessReview) -> AccessReview:
    past = timezone.now() - timedelta(minutes=1)
    AccessReview.objects.filter(pk=review.pk).update(remind_at=past, deadline=past)
    return review
