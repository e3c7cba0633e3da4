"""Carrying out a closed review: withdrawing the accesses that reviewers answered REMOVE for.

Each function withdraws all that was asked for, or nothing. Leaving a group may take further roles away, so an
administrator chooses each employee, after seeing which.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.granting.assignments import withdraw_role
from roles.granting.rules import check_administers
from roles.models import AccessReview, Administratorship, Employee, Group, ReviewAnswer, ReviewItem, RoleAssignment
from roles.people.administrators import withdraw_administratorship
from roles.people.groups import leave_group
from roles.reviews.reviews import lock_review
from roles.violations import PolicyViolation

T = TypeVar("T")
R = TypeVar("R", bound=Model)


@dataclass(frozen=True, slots=True)
class Leaving:
    """An employee to take out of a group. roles: those the review says to remove. also: the group's other roles."""

    employee: Employee
    group: Group
    items: tuple[ReviewItem, ...]
    roles: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key of this choice. It names every role, so that it changes when the group's roles change meanwhile."""
        return "/".join([str(self.employee.pk), str(self.group.pk), *self.roles, "", *self.also])


def still_held(review: AccessReview) -> Sequence[ReviewItem]:
    """The items to remove that are still held, directly by an employee or an integration, not through a group."""
    own = _going(review).filter(assignment__isnull=False, assignment__group=None).select_related("assignment")
    return [item for item in own if _lasts(item)]


def still_administered(review: AccessReview) -> Mapping[ReviewItem, Administratorship]:
    """The administratorships to remove that still exist, by item."""
    items = _going(review).filter(administratorship__isnull=False)
    rows = Administratorship.objects.in_bulk([item.administratorship for item in items])
    return {item: rows[item.administratorship] for item in items if item.administratorship in rows}


def leavings(review: AccessReview) -> Sequence[Leaving]:
    """The employees who should lose a role they have through a group, and who are still members of it."""
    through = _going(review).filter(assignment__group__isnull=False).order_by("holder_name", "group_name", "role_name")
    together: dict[tuple[Employee, Group], list[ReviewItem]] = {}
    for item in through.select_related("assignment__group", "employee"):
        if item.employee and item.assignment and item.assignment.group and _lasts(item):
            together.setdefault((item.employee, item.assignment.group), []).append(item)
    groups = {group for _employee, group in together}
    members, given = _members(groups), _given(groups)
    return [
        _leaving(employee, group, items, given.get(group.pk, {}))
        for (employee, group), items in together.items()
        if (employee.pk, group.pk) in members
    ]


@transaction.atomic
def withdraw_removed(*, review: AccessReview, by: Employee) -> int:
    """Ends the assignments of still_held(). Returns how many. Raises PolicyViolation, also while the review is open."""
    row = _lock_when_over(review, by)
    going = [(item, item.assignment) for item in still_held(row) if item.assignment]
    _lock(RoleAssignment.objects.filter(pk__in=[assignment.pk for _item, assignment in going]))
    for item, assignment in going:
        withdraw_role(assignment=assignment, by=by, reason=_reason(row, [item]))
    return len(going)


@transaction.atomic
def withdraw_administrators(*, review: AccessReview, chosen: Collection[str], by: Employee) -> int:
    """Withdraws the chosen administratorships of still_administered(). chosen: ids of items. Returns how many.

    Raises PolicyViolation, which names the item that may not be withdrawn.
    """
    row = _lock_when_over(review, by)
    _lock(Administratorship.objects.filter(organisation=row.organisation))
    found = {str(item.pk): (item, right) for item, right in still_administered(row).items()}
    for item, right in _check_picked(found, chosen):
        try:
            withdraw_administratorship(administratorship=right, by=by, reason=_reason(row, [item]))
        except PolicyViolation as violation:
            raise PolicyViolation(f"{item}: {violation}") from None
    return len(set(chosen))


@transaction.atomic
def take_out_of_groups(*, review: AccessReview, chosen: Collection[str], by: Employee) -> int:
    """Takes the chosen employees out of their groups. chosen: keys of leavings(), as the page showed them.

    Returns how many. Raises PolicyViolation, also when a group's roles have changed since.
    """
    row = _lock_when_over(review, by)
    _lock(Group.objects.filter(organisation=row.organisation))
    for leaving in _check_picked({each.key: each for each in leavings(row)}, chosen):
        leave_group(group=leaving.group, employee=leaving.employee, by=by, reason=_reason(row, leaving.items))
    return len(set(chosen))


def _lock(rows: QuerySet[R]) -> None:
    """Locks all rows at once and in one order, before the first is changed and logged."""
    list(rows.order_by("pk").select_for_update())


def _lock_when_over(review: AccessReview, by: Employee) -> AccessReview:
    row = lock_review(review)
    check_administers(row.organisation, by)
    if row.is_open(timezone.now()):
        raise PolicyViolation(_("Avslutt gjennomgangen først: til da kan kontrollørene endre svarene."))
    return row


def _check_picked(there: Mapping[str, T], chosen: Collection[str]) -> list[T]:
    if not chosen:
        raise PolicyViolation(_("Velg minst én."))
    if not there.keys() >= set(chosen):
        raise PolicyViolation(
            _("Det er endret noe siden du åpnet siden. Se over på nytt; ingenting er trukket tilbake.")
        )
    return [there[key] for key in sorted(set(chosen))]


def _going(review: AccessReview) -> QuerySet[ReviewItem]:
    return review.items.filter(answer=ReviewAnswer.REMOVE)


def _lasts(item: ReviewItem) -> bool:
    return item.assignment is not None and item.assignment.is_valid_at(timezone.now())


def _reason(review: AccessReview, items: Iterable[ReviewItem]) -> str:
    return ": ".join(filter(None, [review.name, "; ".join(item.comment for item in items if item.comment)]))


def _leaving(employee: Employee, group: Group, items: Sequence[ReviewItem], given: Mapping[UUID, str]) -> Leaving:
    asked = {item.assignment.role_id for item in items if item.assignment}
    also = sorted(name for role, name in given.items() if role not in asked)
    return Leaving(employee, group, tuple(items), tuple(sorted({item.role_name for item in items})), tuple(also))


def _members(groups: Iterable[Group]) -> frozenset[tuple[UUID, UUID]]:
    """Pairs of employee id and group id for all members now."""
    rows = Group.members.through.objects.filter(group__in=groups)
    return frozenset(rows.values_list("employee_id", "group_id"))


def _given(groups: Iterable[Group]) -> Mapping[UUID | None, Mapping[UUID, str]]:
    """The roles that each group gives its members, now or later."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=timezone.now())
    given: dict[UUID | None, dict[UUID, str]] = {}
    for row in RoleAssignment.objects.filter(lasting, group__in=groups).select_related("role"):
        given.setdefault(row.group_id, {})[row.role_id] = row.role.name
    return given
