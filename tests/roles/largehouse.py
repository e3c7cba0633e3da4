"""An installation as large as all kommuner together: organisations, employees and roles by the thousand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.admin import site

from roles.models import (
    AdministratorKind,
    Administratorship,
    Employee,
    Group,
    LegalBasis,
    Organisation,
    Role,
    RoleAssignment,
    ServiceArea,
)

ISSUER: Final = "https://idp.example"


@dataclass(frozen=True, slots=True)
class LargeHouse:
    """One administrator of each kind (all but the central one of the largest organisation), a role that all employees
    of that organisation hold, and groups of all and of some of them."""

    administrators: dict[AdministratorKind, Employee]
    role: Role
    groups: list[Group]


def large_house(
    *, organisations: int = 400, employees: int = 20_000, roles: int = 2_000, largest: float = 0.75
) -> LargeHouse:
    """The first organisation has the share `largest` of all employees and a tenth of the roles; the others share what
    is left. The catalogue must be loaded."""
    houses = Organisation.objects.bulk_create(
        Organisation(name=f"Kommune {number:04}", organisation_number=f"{number:09}", kind="KOMMUNE")
        for number in range(organisations)
    )
    people = Employee.objects.bulk_create(
        Employee(issuer=ISSUER, subject=f"{number}", display_name=f"Ansatt {number:05}", organisation=where)
        for number, where in enumerate(_spread(houses, employees, largest))
    )
    made = _roles(_spread(houses, roles, 0.1))
    held = {role.organisation_id: role for role in made}
    RoleAssignment.objects.bulk_create(
        RoleAssignment(role=held[person.organisation_id], employee=person)
        for person in people
        if person.organisation_id in held
    )
    own = [person for person in people if person.organisation_id == houses[0].pk]
    groups = [_group("Hele huset", own), _group("En avdeling", own[:150])]
    return LargeHouse(_administrators(own), held[houses[0].pk], groups)


def _spread(houses: list[Organisation], count: int, largest: float) -> list[Organisation]:
    first, *others = houses
    many = int(count * largest)
    return [first] * many + [others[number % len(others)] for number in range(count - many)]


def _roles(where: list[Organisation]) -> list[Role]:
    area, basis = ServiceArea.objects.get(code="BARNEHAGE"), LegalBasis.objects.get(key="folkeregisterloven-10-1")
    made = Role.objects.bulk_create(
        Role(organisation=organisation, name=f"Rolle {number:04}", service_area=area)
        for number, organisation in enumerate(where)
    )
    Role.legal_bases.through.objects.bulk_create(
        Role.legal_bases.through(role_id=role.pk, legalbasis_id=basis.pk) for role in made
    )
    return made


def _group(name: str, members: list[Employee]) -> Group:
    group = Group.objects.create(organisation=members[0].organisation, name=name)
    group.members.set(members)
    return group


def addresses(house: LargeHouse) -> Iterator[str]:
    """The addresses of every list of the administration, every page for adding, and one page of each kind of object."""
    for model in site._registry:
        name = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield name
        yield f"{name}add/"
        if first := model._default_manager.first():
            yield f"{name}{first.pk}/change/"
    yield f"/admin/roles/role/{house.role.pk}/change/"
    yield f"/admin/roles/organisation/{house.role.organisation_id}/brukerstyring/"
    yield "/admin/roles/roleassignment/rapport/"
    yield from (f"/admin/roles/group/{group.pk}/change/" for group in house.groups)


def _administrators(people: list[Employee]) -> dict[AdministratorKind, Employee]:
    """One of each kind among these."""
    chosen = dict(zip(AdministratorKind, people, strict=False))
    for kind, employee in chosen.items():
        where = None if kind is AdministratorKind.CENTRAL else employee.organisation
        Administratorship.objects.create(employee=employee, kind=kind, organisation=where)
    return chosen
