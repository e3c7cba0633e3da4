"""Changes to roles. Each change is atomic, checked against what `by` administers, and logged."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.audit import JSON, Event
from roles.granting.rules import (
    check_administers,
    check_role,
)
from roles.granting.widening import check_not_held, is_wider, widen
from roles.models import (
    Employee,
    LegalBasis,
    Organisation,
    Role,
    ServiceArea,
)
from roles.violations import PolicyViolation, refuse_duplicate


class RoleContent(TypedDict, total=False):
    """The content of a role, without organisation and service area, which never change.

    elements: keys of the vocabulary; a new role has none until an administrator chooses them. uses: values of Use.
    """

    name: str
    description: str
    legal_bases: Iterable[LegalBasis]
    uses: Iterable[str]
    elements: Iterable[str]
    case_reference_required: bool
    confidential_addresses: bool
    is_active: bool
    valid_from: datetime
    valid_to: datetime | None


@transaction.atomic
def create_role(
    *, organisation: Organisation, service_area: ServiceArea, by: Employee, **content: Unpack[RoleContent]
) -> Role:
    """Creates a role. Raises PolicyViolation when `by` does not administer the organisation or the content breaks a
    rule of check_role()."""
    role = Role(organisation=organisation, service_area=service_area)
    _write(role, content, by)
    audit.changed(Event.ROLE_CREATED, by=by, after=_log_details(role), **in_log(role))
    return role


@transaction.atomic
def change_role(*, role: Role, by: Employee, reason: str = "", **changes: Unpack[RoleContent]) -> Role:
    """Changes the given fields of the role; in force at its holders' next request. Raises PolicyViolation."""
    current = lock_role(role)
    check_not_held(Role.objects.filter(pk=current.pk), by=by)
    before = _log_details(current)
    _write(current, changes, by)
    after = _log_details(current)
    if is_wider(before, after):
        widen(Role.objects.filter(pk=current.pk), by=by)
    audit.changed(Event.ROLE_CHANGED, by=by, before=before, after=after, reason=reason, **in_log(current))
    return current


@transaction.atomic
def switch_role(*, role: Role, on: bool, by: Employee, reason: str) -> Role:
    """Switches the role off or on; in force at its holders' next request. Its assignments stay, but give nothing while
    it is off. Raises PolicyViolation, also when the role is off or on already."""
    current = lock_role(role)
    check_administers(current.organisation, by)
    if on:
        widen(Role.objects.filter(pk=current.pk), by=by)
    if current.is_active == on:
        raise PolicyViolation(_("Rollen er alt slått på.") if on else _("Rollen er alt slått av."))
    current.is_active = on
    current.save(update_fields=["is_active"])
    before, after = {"is_active": not on}, {"is_active": on}
    audit.changed(Event.ROLE_CHANGED, by=by, before=before, after=after, reason=reason, **in_log(current))
    return current


@transaction.atomic
def delete_role(*, role: Role, by: Employee, reason: str) -> Role:
    """Deletes the role for good and ends all its assignments; another role may use its name. Raises PolicyViolation.

    One log entry names all holders, of whom there may be thousands.
    """
    current, now = lock_role(role), timezone.now()
    check_administers(current.organisation, by)
    before = _log_details(current)
    given = current.assignments.exclude(valid_to__lte=now)
    ended = sorted(str(row.holder_id) for row in given)
    given.update(valid_to=now)
    current.is_active, current.deleted_at = False, now
    current.save(update_fields=["is_active", "deleted_at"])
    audit.changed(Event.ROLE_DELETED, by=by, before=before, reason=reason, details={"ended": ended}, **in_log(current))
    return current


def lock_role(role: Role) -> Role:
    """The role as it is now, locked until the transaction ends. Raises PolicyViolation when it was deleted."""
    kept = Role.objects.not_deleted().select_for_update(of=("self",), no_key=True)
    found = kept.select_related("organisation", "service_area").filter(pk=role.pk).first()
    if found is None:
        raise PolicyViolation(_("Rollen er slettet."))
    return found


def _write(role: Role, changes: RoleContent, by: Employee) -> None:
    if fixed := changes.keys() - RoleContent.__annotations__.keys():
        raise TypeError(f"not to be changed in a role: {', '.join(sorted(fixed))}")
    content = _content(role)
    content.update(changes)
    bases = list(content.get("legal_bases", ()))
    role.name = content.get("name", "").strip()
    role.description = content.get("description", "")
    role.uses, role.elements = sorted(content.get("uses", ())), sorted(content.get("elements", ()))
    role.case_reference_required = content.get("case_reference_required", False)
    role.confidential_addresses = content.get("confidential_addresses", False)
    role.is_active = content.get("is_active", True)
    role.valid_from, role.valid_to = content.get("valid_from", role.valid_from), content.get("valid_to")
    check_administers(role.organisation, by)
    check_role(role, bases)
    with refuse_duplicate(_("Virksomheten har alt en rolle med dette navnet.")):
        role.save()
    role.legal_bases.set(bases)


def _content(role: Role) -> RoleContent:
    """The content of the role before a change; {} for a new role."""
    if role._state.adding:
        return {}
    return {
        "name": role.name,
        "description": role.description,
        "legal_bases": list(role.legal_bases.prefetch_related("areas")),
        "uses": role.uses,
        "elements": role.elements,
        "case_reference_required": role.case_reference_required,
        "confidential_addresses": role.confidential_addresses,
        "is_active": role.is_active,
        "valid_from": role.valid_from,
        "valid_to": role.valid_to,
    }


def _log_details(role: Role) -> Mapping[str, JSON]:
    """The role's content as the log keeps it before and after a change."""
    return {
        "name": role.name,
        "description": role.description,
        "service_area": role.service_area_id,
        "legal_bases": sorted(role.legal_bases.values_list("key", flat=True)),
        "uses": sorted(role.uses),
        "elements": sorted(role.elements),
        "case_reference_required": role.case_reference_required,
        "confidential_addresses": role.confidential_addresses,
        "is_active": role.is_active,
        "valid_from": role.valid_from.isoformat(),
        "valid_to": role.valid_to.isoformat() if role.valid_to else None,
    }


class RoleInLog(TypedDict):
    """The arguments for audit.changed() that name a role."""

    organisation: UUID
    role_id: UUID
    service_area: str
    bases: tuple[str, ...]


def in_log(role: Role) -> RoleInLog:
    """The arguments for audit.changed(). Legal bases are read at each call, because the change may be to them."""
    return {
        "organisation": role.organisation_id,
        "role_id": role.pk,
        "service_area": role.service_area_id,
        "bases": tuple(role.legal_bases.values_list("key", flat=True)),
    }
