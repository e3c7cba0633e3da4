"""Groups of employees who hold roles together: made and changed in one's own organisation, and logged."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.audit import JSON, Entry, Event, append
from roles.models import Employee, Group, Organisation
from roles.rolerules import check_administers
from roles.violations import PolicyViolation


@transaction.atomic
def create_group(*, organisation: Organisation, name: str, members: Iterable[Employee], by: Employee) -> Group:
    """A new group. Raises PolicyViolation."""
    group = Group(organisation=organisation)
    _write(group, name, list(members), by)
    _log(Event.GROUP_CREATED, group, by, {"after": _described(group)})
    return group


@transaction.atomic
def change_group(*, group: Group, name: str, members: Iterable[Employee], by: Employee) -> Group:
    """The group with this name and these members; who comes in or goes out has or lacks its roles at once."""
    row = Group.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=group.pk)
    before = _described(row)
    _write(row, name, list(members), by)
    _log(Event.GROUP_CHANGED, row, by, {"before": before, "after": _described(row)})
    return row


@transaction.atomic
def add_to_group(*, group: Group, employees: Iterable[Employee], by: Employee) -> Group:
    """All of them into the group, beside who is in it, or none. Raises PolicyViolation."""
    row = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    members = list(row.members.all())
    known = {member.pk for member in members}
    coming = [employee for employee in employees if employee.pk not in known]
    if not all(employee.is_active for employee in coming):
        raise PolicyViolation(_("Den ansatte er ikke aktiv."))
    return change_group(group=row, name=row.name, members=[*members, *coming], by=by)


def check_members(group: Group, members: Iterable[Employee], *, by: Employee) -> None:
    """Employees of the group's own organisation, and oneself only where one was already. Raises PolicyViolation."""
    for employee in members:
        if employee.organisation_id != group.organisation_id:
            raise PolicyViolation(_("Medlemmene må høre til gruppens virksomhet."))
        if employee == by and (group._state.adding or not group.members.filter(pk=by.pk).exists()):
            raise PolicyViolation(_("Du kan ikke sette deg selv i en gruppe."))


def _write(group: Group, name: str, members: list[Employee], by: Employee) -> None:
    check_administers(group.organisation, by)
    check_members(group, members, by=by)
    if not name.strip():
        raise PolicyViolation(_("Gruppen må ha et navn."))
    if Group.objects.filter(organisation=group.organisation, name=name.strip()).exclude(pk=group.pk).exists():
        raise PolicyViolation(_("Virksomheten har alt en gruppe med dette navnet."))
    group.name = name.strip()
    group.save()
    group.members.set(members)


def _described(group: Group) -> Mapping[str, JSON]:
    members = sorted(str(pk) for pk in group.members.values_list("pk", flat=True))
    return {"group": str(group.pk), "name": group.name, "members": members}


def _log(event: Event, group: Group, by: Employee, details: Mapping[str, JSON]) -> None:
    append(Entry(event=event, actor=actor_of(by), organisation_id=group.organisation_id, details=details), on="default")
