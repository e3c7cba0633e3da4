"""Tenants: organisations with an administrator, a caseworker and a role each."""

from dataclasses import dataclass

from roles.casesystems.integrations import create_integration
from roles.granting.assignments import give_role
from roles.models import (
    AdministratorKind,
    Administratorship,
    BasisKind,
    Employee,
    Integration,
    LegalBasis,
    Organisation,
    Role,
    ServiceArea,
    Use,
)
from tests.roles.onboarding.taken import in_use


@dataclass(frozen=True, slots=True)
class Tenant:
    organisation: Organisation
    administrator: Employee
    caseworker: Employee
    role: Role


def kindergarten() -> ServiceArea:
    names = {"name_nb": "Barnehage", "name_nn": "Barnehage", "name_en": "Kindergarten"}
    area, _ = ServiceArea.objects.get_or_create(code="BARNEHAGE", defaults={**names, "may_hold_confidential": True})
    return area


def open_basis() -> LegalBasis:
    basis, _ = LegalBasis.objects.get_or_create(
        key="open",
        statute="Folkeregisterloven",
        section="§ 10-1",
        for_every_area=True,
        elements=["navn", "foedsel", "sivilstand", "bostedsadresse", "bostedsadresse.kretser"],
    )
    return basis


def confidential_basis() -> LegalBasis:
    basis, created = LegalBasis.objects.get_or_create(
        key="opptak",
        statute="Barnehageloven",
        section="§ 47",
        confidential=True,
        kind=BasisKind.OPENS_CONFIDENTIAL,
        elements=["familierelasjon", "adressebeskyttelse"],
    )
    if created:
        basis.areas.add(kindergarten())
    return basis


def tenant(name: str) -> Tenant:
    """An organisation of its own, with nobody holding its role."""
    number = f"{310000000 + Organisation.objects.count():09}"
    made = Organisation.objects.create(name=f"{name} kommune", organisation_number=number, kind="KOMMUNE")
    organisation = in_use(made)
    administrator, caseworker = (_employee(f"{who} {name}", organisation) for who in ("Administrator", "Saksbehandler"))
    Administratorship.objects.create(employee=administrator, organisation=organisation, kind=AdministratorKind.ROLE)
    role = Role.objects.create(
        organisation=organisation, name="Opptak", service_area=kindergarten(), uses=[Use.SEARCH], elements=["navn"]
    )
    role.legal_bases.add(open_basis())
    return Tenant(organisation, administrator, caseworker, role)


def case_system(where: Tenant, name: str = "Fagsystem") -> Integration:
    """An integration that holds the tenant's role."""
    integration, _password = create_integration(
        organisation=where.organisation, name=name, maskinporten_organisation="310000019", by=where.administrator
    )
    give_role(role=where.role, integration=integration, by=where.administrator)
    return integration


def central_administrator(name: str = "Sentral") -> Employee:
    """A central administrator, who belongs to no organisation."""
    employee = Employee.objects.create_employee(issuer="https://idp.example", subject=name, display_name=name)
    Administratorship.objects.create(employee=employee, kind=AdministratorKind.CENTRAL)
    return employee


def _employee(name: str, organisation: Organisation) -> Employee:
    return Employee.objects.create_employee(
        issuer="https://idp.example", subject=name, display_name=name, organisation=organisation
    )
