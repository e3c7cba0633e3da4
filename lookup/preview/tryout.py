"""What an administrator may preview: roles and employees of the organisations they administer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q

from lookup.preview.names import STANDINGS, sentence
from roles.access.administration import administers
from roles.access.standing import Holding, Standing, standing
from roles.models import Employee, LegalBasis, Role, RoleAssignment, Use
from roles.policy.examples import EXAMPLES, Shown, show_example
from roles.policy.explanations import Draft, Reason, explain

_BASES = Prefetch("legal_bases", queryset=LegalBasis.objects.with_area_codes())


class NotTheirs(Exception):
    """The role or employee does not exist, or belongs to an organisation that this administrator does not administer.
    No caller can tell the two apart."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One role that was given to the employee. seen: whether it shows the element in an ordinary lookup."""

    assignment: RoleAssignment
    standing: str
    live: bool
    seen: bool
    why: str


def role_of(by: Employee, role_id: UUID) -> Role:
    """A role of an organisation that `by` administers. Raises NotTheirs."""
    mine = Role.objects.not_deleted().filter(organisation__in=administers(by).may_look)
    role = mine.select_related("organisation", "service_area").prefetch_related(_BASES).filter(pk=role_id).first()
    if role is None:
        raise NotTheirs
    return role


def employee_of(by: Employee, employee_id: UUID) -> Employee:
    """An employee of an organisation that `by` administers. Raises NotTheirs."""
    mine = Employee.objects.filter(organisation__in=administers(by).may_look)
    employee = mine.select_related("organisation").filter(pk=employee_id).first()
    if employee is None:
        raise NotTheirs
    return employee


def try_out(role: Role, content: dict[str, Any], now: datetime) -> Shown:
    """The chosen example as the role would show it with the content of the form. Stores nothing."""
    draft = Draft(list(content["legal_bases"]), content["elements"], role.service_area)
    example = EXAMPLES[content["example"]]
    return show_example(example, draft, confidential_addresses=content["confidential_addresses"], now=now)


def why(employee: Employee, key: str, *, by: Employee, now: datetime) -> list[Answer]:
    """For each role that was ever given to the employee, in the organisations that `by` administers: whether it shows
    the element, and why."""
    return [
        _answer(employee, assignment, key, now) for assignment in _assignments_of(employee, administers(by).may_look)
    ]


def _assignments_of(employee: Employee, organisations: Iterable[UUID]) -> Iterable[RoleAssignment]:
    held = Q(employee=employee) | Q(group__members=employee, group__organisation=F("role__organisation"))
    given = RoleAssignment.objects.filter(held, role__organisation__in=organisations).distinct()
    related = given.select_related("role__organisation", "role__service_area", "group")
    bases = Prefetch("role__legal_bases", queryset=LegalBasis.objects.with_area_codes())
    return related.prefetch_related(bases).order_by("role__name", "-valid_from")


def _answer(employee: Employee, assignment: RoleAssignment, key: str, now: datetime) -> Answer:
    role = assignment.role
    found = standing(_holding(employee, assignment), now)
    explanation = explain(key, Draft(list(role.legal_bases.all()), role.elements, role.service_area), now)
    live = found is Standing.LIVE
    seen = live and explanation.reason is Reason.OPENED
    return Answer(assignment, str(STANDINGS[found]), live, seen, sentence(explanation))


def _holding(employee: Employee, assignment: RoleAssignment) -> Holding:
    role = assignment.role
    return Holding(
        employee_active=employee.is_active,
        counts=assignment.group_id is not None or not role.organisation.groups_only,
        given=assignment,
        role_active=role.is_active,
        role=role,
        organisation=role.organisation,
        for_lookup=Use.SEARCH in role.uses,
    )
