"""Two administrators of one organisation, and what came of it when both act at the same moment."""

from roles.audit.models import AuditEntry
from roles.models import (
    AdministratorKind,
    Administratorship,
    Employee,
    Group,
)
from roles.people.groups import create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant

ID = "7c1f5a3e-0000-4000-8000-00000000000a"


def events(event: str) -> int:
    return AuditEntry.objects.filter(event=event).count()


def refused(outcome: object) -> bool:
    return isinstance(outcome, PolicyViolation)


def in_charge(where: Tenant, name: str) -> Employee:
    employee = Employee.objects.create_employee(
        issuer="https://idp.example", subject=name, display_name=name, organisation=where.organisation
    )
    Administratorship.objects.create(
        employee=employee, organisation=where.organisation, kind=AdministratorKind.ORGANISATION
    )
    return employee


def group_of(where: Tenant, *members: Employee, tied: bool = False) -> Group:
    return create_group(
        organisation=where.organisation,
        name="Gruppe",
        members=members,
        external_id=ID if tied else "",
        by=where.administrator,
    )
