"""Groups of employees who hold roles together: made and changed in one's own organisation, and logged.

A group that is tied to one of the identity provider's has the members that the provider says, as they log in.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.actors import DOOR, Actor
from roles.audit import JSON, Entry, Event, append
from roles.granting.rules import check_administers
from roles.granting.widening import widened_by
from roles.models import Employee, Group, Organisation, RoleAssignment
from roles.violations import PolicyViolation, taken


@transaction.atomic
def create_group(
    *,
    organisation: Organisation,
    name: str,
    members: Iterable[Employee],
    by: Employee,
    external_id: str = "",
    reason: str = "",
) -> Group:
    """A new group. Raises PolicyViolation."""
    group = Group(organisation=organisation)
    _write(group, name, list(members), external_id, by)
    _log(Event.GROUP_CREATED, group, actor_of(by), {"after": _described(group), "reason": reason})
    return group


@transaction.atomic
def change_group(
    *,
    group: Group,
    name: str,
    members: Iterable[Employee],
    by: Employee,
    external_id: str | None = None,
    reason: str = "",
) -> Group:
    """The group with this name and these members; who comes in or goes out has or lacks its roles at once.

    external_id: None leaves it as it was.
    """
    row = Group.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=group.pk)
    before = _described(row)
    _write(row, name, list(members), row.external_id if external_id is None else external_id, by)
    _log(Event.GROUP_CHANGED, row, actor_of(by), {"before": before, "after": _described(row), "reason": reason})
    return row


@transaction.atomic
def leave_group(*, group: Group, employee: Employee, by: Employee, reason: str = "") -> None:
    """The employee out of the group, and without what it gives at their next request. Raises PolicyViolation."""
    row = Group.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=group.pk)
    check_administers(row.organisation, by)
    if row.external_id:
        raise PolicyViolation(_("Innloggingstjenesten bestemmer hvem som er i %(group)s.") % {"group": row})
    before = _described(row)
    row.members.remove(employee)
    if (after := _described(row)) != before:
        _log(Event.GROUP_CHANGED, row, actor_of(by), {"before": before, "after": after, "reason": reason})


@transaction.atomic
def follow_provider(*, employee: Employee, named: Collection[str]) -> None:
    """Into the tied groups that the provider names, and out of those it does not. Every other group is left alone."""
    tied = tied_groups(employee.organisation_id)
    list(tied.select_for_update(no_key=True).order_by("pk"))  # nobody gives them a role between the looks that follow
    held = set(tied.filter(members=employee).values_list("pk", flat=True))
    meant = set(tied.filter(external_id__in=named).values_list("pk", flat=True))
    open_to = set(tied.filter(_decided_by_others(employee)).values_list("pk", flat=True))
    joined = (meant - held) & open_to
    for group in tied.filter(pk__in=(held - meant) | joined).order_by("pk"):
        _move(group, employee, into=group.pk in joined)


@transaction.atomic
def add_to_group(*, group: Group, employees: Iterable[Employee], by: Employee, reason: str = "") -> Group:
    """All of them into the group, beside who is in it, or none. Raises PolicyViolation."""
    row = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    members = list(row.members.all())
    known = {member.pk for member in members}
    coming = [employee for employee in employees if employee.pk not in known]
    if not all(employee.is_active for employee in coming):
        raise PolicyViolation(_("Den ansatte er ikke aktiv."))
    return change_group(group=row, name=row.name, members=[*members, *coming], by=by, reason=reason)


def tied_groups(organisation_id: UUID | None) -> QuerySet[Group]:
    """The organisation's groups whose members are the provider's."""
    return Group.objects.filter(Q(organisation_id=organisation_id) & ~Q(external_id=""))


def check_members(group: Group, members: Iterable[Employee], *, by: Employee) -> None:
    """Employees of the group's own organisation, and oneself only where one was already. Raises PolicyViolation."""
    for employee in members:
        if employee.organisation_id != group.organisation_id:
            raise PolicyViolation(_("Medlemmene må høre til gruppens virksomhet."), about="members")
        if employee == by and (group._state.adding or not group.members.filter(pk=by.pk).exists()):
            raise PolicyViolation(_("Du kan ikke sette deg selv i en gruppe."), about="members")


def check_tie(group: Group, external_id: str, members: Iterable[Employee]) -> None:
    """One group for each of the provider's, with no member chosen by hand. Raises PolicyViolation."""
    if not external_id:
        return
    if tied_groups(group.organisation_id).filter(external_id=external_id).exclude(pk=group.pk).exists():
        raise PolicyViolation(_("En annen gruppe i virksomheten har alt denne id-en."), about="external_id")
    # Pages offer active employees alone: who is locked out stays a member, unseen.
    if {member for member in members if member.is_active} != set(group.members.filter(is_active=True)):
        raise PolicyViolation(
            _("Medlemmene i en gruppe med id fra innloggingstjenesten kan ikke velges her."), about="external_id"
        )


def _write(group: Group, name: str, members: list[Employee], external_id: str, by: Employee) -> None:
    check_administers(group.organisation, by)
    check_members(group, members, by=by)
    check_tie(group, external_id.strip(), members)
    if not name.strip():
        raise PolicyViolation(_("Gruppen må ha et navn."), about="name")
    if Group.objects.filter(organisation=group.organisation, name=name.strip()).exclude(pk=group.pk).exists():
        raise PolicyViolation(_("Virksomheten har alt en gruppe med dette navnet."), about="name")
    group.name = name.strip()
    _tie(group, external_id.strip(), by)
    with taken(_("Virksomheten har alt en gruppe med dette navnet eller denne id-en.")):
        group.save()
    if not group.external_id:
        group.members.set(members)


def _tie(group: Group, external_id: str, by: Employee) -> None:
    if external_id != group.external_id:
        group.external_id, group.tied_by = external_id, by if external_id else None


def _decided_by_others(employee: Employee) -> Q:
    """Groups that this employee did not tie, nor gave a role, nor made one of theirs wider: a colleague decided."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=timezone.now())
    given = RoleAssignment.objects.filter(lasting, given_by=employee, group__isnull=False)
    widened = widened_by(employee)
    return ~Q(tied_by=employee) & ~Q(pk__in=given.values("group")) & ~Q(pk__in=widened.values("group"))


def _move(group: Group, employee: Employee, *, into: bool) -> None:
    before = _described(group)
    if into:
        group.members.add(employee)
    else:
        group.members.remove(employee)
    after = _described(group)
    if after != before:  # else another login of theirs came first
        _log(Event.GROUP_CHANGED, group, DOOR, {"before": before, "after": after})


def _described(group: Group) -> Mapping[str, JSON]:
    members = sorted(str(pk) for pk in group.members.values_list("pk", flat=True))
    return {"group": str(group.pk), "name": group.name, "external_id": group.external_id, "members": members}


def _log(event: Event, group: Group, by: Actor, details: Mapping[str, JSON]) -> None:
    append(Entry(event=event, actor=by, organisation_id=group.organisation_id, details=details), on="default")
