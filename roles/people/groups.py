"""Changes to groups, whose members hold roles together. An administrator changes only groups of their organisation.

A group may be tied to a group at the identity provider by its external_id. Its membership then follows the provider's
claims at each employee's login. Each change is logged.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.actors import DOOR
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.granting.widening import widened_by
from roles.models import Employee, Group, Organisation, RoleAssignment
from roles.violations import PolicyViolation, refuse_duplicate


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
    """Creates a group. external_id: the provider's group it is tied to, "" for none. Raises PolicyViolation."""
    group = Group(organisation=organisation)
    _write(group, name, list(members), external_id, by)
    audit.changed(Event.GROUP_CREATED, by=by, organisation=organisation.pk, after=_log_details(group), reason=reason)
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
    """Changes the group's name and members; members gain or lose its roles at once. Raises PolicyViolation.

    external_id: None leaves it as it was.
    """
    row = Group.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=group.pk)
    before = _log_details(row)
    _write(row, name, list(members), row.external_id if external_id is None else external_id, by)
    audit.changed(
        Event.GROUP_CHANGED,
        by=by,
        organisation=row.organisation_id,
        before=before,
        after=_log_details(row),
        reason=reason,
    )
    return row


@transaction.atomic
def leave_group(*, group: Group, employee: Employee, by: Employee, reason: str = "") -> None:
    """Removes the employee from the group; its roles are gone at their next request. Raises PolicyViolation."""
    row = Group.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=group.pk)
    check_administers(row.organisation, by)
    if row.external_id:
        raise PolicyViolation(_("Innloggingstjenesten bestemmer hvem som er i %(group)s.") % {"group": row})
    before = _log_details(row)
    row.members.remove(employee)
    if (after := _log_details(row)) != before:
        audit.changed(
            Event.GROUP_CHANGED,
            by=by,
            organisation=row.organisation_id,
            before=before,
            after=after,
            reason=reason,
        )


@transaction.atomic
def follow_provider(*, employee: Employee, named: Collection[str]) -> None:
    """Adds the employee to the tied groups that the provider names, and removes them from the other tied groups.

    An employee is not added to a group that they tied, or gave a role, or whose role they widened (see
    _decided_by_others). named: the provider's ids. Groups that are not tied do not change.
    """
    tied = tied_groups(employee.organisation_id)
    list(tied.select_for_update(no_key=True).order_by("pk"))  # locked: the groups get no role between these queries
    held = set(tied.filter(members=employee).values_list("pk", flat=True))
    meant = set(tied.filter(external_id__in=named).values_list("pk", flat=True))
    open_to = set(tied.filter(_decided_by_others(employee)).values_list("pk", flat=True))
    joined = (meant - held) & open_to
    for group in tied.filter(pk__in=(held - meant) | joined).order_by("pk"):
        _move(group, employee, into=group.pk in joined)


@transaction.atomic
def add_to_group(*, group: Group, employees: Iterable[Employee], by: Employee, reason: str = "") -> Group:
    """Adds all these employees to the group's members, or none of them when it raises PolicyViolation."""
    row = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    members = list(row.members.all())
    known = {member.pk for member in members}
    coming = [employee for employee in employees if employee.pk not in known]
    if not all(employee.is_active for employee in coming):
        raise PolicyViolation(_("Den ansatte er ikke aktiv."))
    return change_group(group=row, name=row.name, members=[*members, *coming], by=by, reason=reason)


def tied_groups(organisation_id: UUID | None) -> QuerySet[Group]:
    """The organisation's groups that are tied to a group at the identity provider."""
    return Group.objects.filter(Q(organisation_id=organisation_id) & ~Q(external_id=""))


def check_members(group: Group, members: Iterable[Employee], *, by: Employee) -> None:
    """Raises PolicyViolation unless all members belong to the group's organisation and `by` is no new member."""
    for employee in members:
        if employee.organisation_id != group.organisation_id:
            raise PolicyViolation(_("Medlemmene må høre til gruppens virksomhet."), about="members")
        if employee == by and (group._state.adding or not group.members.filter(pk=by.pk).exists()):
            raise PolicyViolation(_("Du kan ikke sette deg selv i en gruppe."), about="members")


def check_tie(group: Group, external_id: str, members: Iterable[Employee]) -> None:
    """Raises PolicyViolation when another group has this external_id, or when members of a tied group were chosen."""
    if not external_id:
        return
    if tied_groups(group.organisation_id).filter(external_id=external_id).exclude(pk=group.pk).exists():
        raise PolicyViolation(_("En annen gruppe i virksomheten har alt denne id-en."), about="external_id")
    # Pages offer only active employees, so a deactivated member is missing from the choice and stays a member.
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
    with refuse_duplicate(_("Virksomheten har alt en gruppe med dette navnet eller denne id-en.")):
        group.save()
    if not group.external_id:
        group.members.set(members)


def _tie(group: Group, external_id: str, by: Employee) -> None:
    if external_id != group.external_id:
        group.external_id, group.tied_by = external_id, by if external_id else None


def _decided_by_others(employee: Employee) -> Q:
    """The filter for groups whose roles a colleague decided: this employee neither tied the group, nor gave it a role,
    nor widened a role of it."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=timezone.now())
    given = RoleAssignment.objects.filter(lasting, given_by=employee, group__isnull=False)
    widened = widened_by(employee)
    return ~Q(tied_by=employee) & ~Q(pk__in=given.values("group")) & ~Q(pk__in=widened.values("group"))


def _move(group: Group, employee: Employee, *, into: bool) -> None:
    before = _log_details(group)
    if into:
        group.members.add(employee)
    else:
        group.members.remove(employee)
    after = _log_details(group)
    if after != before:  # equal when another login of the same employee came first
        audit.changed(Event.GROUP_CHANGED, by=DOOR, organisation=group.organisation_id, before=before, after=after)


def _log_details(group: Group) -> Mapping[str, JSON]:
    members = sorted(str(pk) for pk in group.members.values_list("pk", flat=True))
    return {"group": str(group.pk), "name": group.name, "external_id": group.external_id, "members": members}
