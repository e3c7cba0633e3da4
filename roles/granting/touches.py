"""What ending a role would affect: its holders, and what other rooms report. Reads only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from roles.models import Employee, Group, Integration, Role
from roles.models.validity import live_at

H = TypeVar("H", Employee, Group, Integration)
#: (role) -> sentences for the page about what would stop when the role ends.
Teller = Callable[[Role], Iterable[str]]

_TELLERS: list[Teller] = []


@dataclass(frozen=True, slots=True)
class Touched:
    """The holders of a role. groups: each with `member_count`. further: the sentences of the registered tellers."""

    employees: Sequence[Employee]
    groups: Sequence[Group]
    integrations: Sequence[Integration]
    further: Sequence[str]

    @property
    def anything(self) -> bool:
        """Whether ending the role would affect anybody or anything."""
        return bool(self.employees or self.groups or self.integrations or self.further)


def also_touches(teller: Teller) -> Teller:
    """Registers a function of a room above this one. Called once, when the Django application is ready."""
    _TELLERS.append(teller)
    return teller


def touched_by(role: Role) -> Touched:
    """The holders of the role at this moment, sorted by name, and what else depends on the role."""
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
