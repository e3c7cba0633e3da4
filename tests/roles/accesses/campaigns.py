"""An access review of a tenant, with somebody to answer in it."""

from datetime import timedelta

from django.utils import timezone

from roles.accesses.reviews import open_review
from roles.assignments import live_roles
from roles.models import AccessReview, Employee
from roles.services import give_role
from tests.roles.tenants import Tenant


def colleague(where: Tenant, name: str) -> Employee:
    """One more employee of the tenant."""
    employee, _new = Employee.objects.get_or_create(
        issuer="https://idp.example",
        subject=f"{name} {where.organisation}",
        defaults={"display_name": name, "organisation": where.organisation},
    )
    return employee


def opened_review(where: Tenant) -> AccessReview:
    """Of the caseworker's and the leader's role; the leader answers, and the deputy for the leader."""
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
