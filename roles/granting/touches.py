"""What a role's end would touch: who holds it, and what other rooms say hangs on it. Reads, and changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Group, Integration, Role
from roles.models.validity import live_at

H = TypeVar("H", Employee, Group, Integration)
#: (role) -> sentences for the page about what would stop with it.
Teller = Callable[[Role], Iterable[str]]

_TELLERS: list[Teller] = []


@dataclass(frozen=True, slots=True)
class Touched:
    """groups: each with `member_count`. further: sentences of the rooms that use roles."""

    employees: Sequence[Employee]
    groups: Sequence[Group]
    integrations: Sequence[Integration]
    further: Sequence[str]

    @property
    def anything(self) -> bool:
        """Whether somebody or something would notice."""
        return bool(self.employees or self.groups or self.integrations or self.further)


def also_touches(teller: Teller) -> Teller:
    """Lets a room above this one say what of its own hangs on a role. Called once, when its application is ready."""
    _TELLERS.append(teller)
    return teller


def touched_by(role: Role) -> Touched:
    """Who holds the role at this moment, by name, and what else depends on it."""
    active = Count("members", filter=Q(members__is_active=True))
    return Touched(
        employees=list(_holding(Employee.objects.filter(is_active=True), role)),
        groups=list(_holding(Group.objects.annotate(member_count=active), role)),
        integrations=list(_holding(Integration.objects.filter(is_active=True), role)),
        further=[sentence for teller in _TELLERS for sentence in teller(role)],
    )


def _holding(holders: QuerySet[H], role: Role) -> QuerySet[H]:
    live = role.assignments.filter(live_at(timezone.now()))
    return holders.filter(assignments__in=live).distinct()
