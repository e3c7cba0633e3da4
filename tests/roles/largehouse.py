"""An installation as large as all kommuner together: organisations, employees and roles by the thousand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.contrib.admin import site

from roles.models import (
    AdministratorKind,
    Administratorship,
    Employee,
    LegalBasis,
    Organisation,
    Role,
    RoleAssignment,
    ServiceArea,
)

ISSUER: Final = "https://idp.example"


@dataclass(frozen=True, slots=True)
class LargeHouse:
    """One administrator of each kind, all of the same organisation but for the central one; and a role of it."""

    administrators: dict[AdministratorKind, Employee]
    role: Role


def large_house(*, organisations: int = 400, employees: int = 20_000, roles: int = 2_000) -> LargeHouse:
    """Evenly spread. The catalogue must be loaded."""
    houses = Organisation.objects.bulk_create(
        Organisation(name=f"Kommune {number:04}", organisation_number=f"{number:09}", kind="KOMMUNE")
        for number in range(organisations)
    )
    people = Employee.objects.bulk_create(
        Employee(
            issuer=ISSUER,
            subject=f"{number}",
            display_name=f"Ansatt {number:05}",
            organisation=houses[number % organisations],
        )
        for number in range(employees)
    )
    area, basis = ServiceArea.objects.get(code="BARNEHAGE"), LegalBasis.objects.get(key="folkeregisterloven-10-1")
    made = Role.objects.bulk_create(
        Role(organisation=houses[number % organisations], name=f"Rolle {number:04}", service_area=area)
        for number in range(roles)
    )
    Role.legal_bases.through.objects.bulk_create(
        Role.legal_bases.through(role_id=role.pk, legalbasis_id=basis.pk) for role in made
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(role=made[number % roles], employee=person) for number, person in enumerate(people)
    )
    return LargeHouse(_administrators(people, organisations), made[0])


def addresses(house: LargeHouse) -> Iterator[str]:
    """Every list of the administration, every page that adds, and one of every kind of object."""
    for model in site._registry:
        name = model._meta.model_name
        yield f"/admin/roles/{name}/"
        yield f"/admin/roles/{name}/add/"
        if first := model._default_manager.first():
            yield f"/admin/roles/{name}/{first.pk}/change/"
    yield f"/admin/roles/role/{house.role.pk}/change/"


def _administrators(people: list[Employee], organisations: int) -> dict[AdministratorKind, Employee]:
    """Of the first organisation, whose employees stand so far apart in the list."""
    first = iter(people[::organisations])
    chosen = dict(zip(AdministratorKind, islice(first, len(AdministratorKind)), strict=True))
    for kind, employee in chosen.items():
        where = None if kind is AdministratorKind.CENTRAL else employee.organisation
        Administratorship.objects.create(employee=employee, kind=kind, organisation=where)
    return chosen
