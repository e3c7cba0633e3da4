"""Employees in roles, and ways to look persons up as them: two organisations, and roles that open different things."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access import Access, access_for
from roles.models import BasisKind, Employee, LegalBasis, Organisation, Role, RoleAssignment, ServiceArea, Use
from tests.loggedin import logged_in

OPEN = frozenset(key for key, element in ELEMENTS.items() if not element.is_confidential)
EVERYTHING = frozenset(ELEMENTS)
#: Nobody carries it, but it is well formed: month +80, check digits in order.
NOBODY = "03851598730"


@dataclass(frozen=True, slots=True)
class Caseworker:
    """An employee with one role, and a browser that is logged in as them."""

    employee: Employee
    role: Role
    client: Client

    def access(self) -> Access:
        return access_for(self.employee, self.role.id, Use.SEARCH)

    def search(self, **typed: str) -> HttpResponse:
        """What the form answers, redirect not followed."""
        return self.client.post("/oppslag/", typed)

    def look_up(self, number: str, **typed: str) -> HttpResponse:
        """The person page, or what came instead."""
        return self.client.post("/oppslag/", {"number": number, **typed}, follow=True)


def caseworker(
    name: str,
    *,
    organisation: Organisation,
    elements: Iterable[str],
    case_reference_required: bool = False,
    confidential_addresses: bool = False,
    area: ServiceArea | None = None,
    bases: Iterable[LegalBasis] = (),
) -> Caseworker:
    """Somebody who may search, with these elements on a legal basis that opens everything, or on these bases."""
    role = Role.objects.create(
        organisation=organisation,
        name=f"Rollen til {name}",
        service_area=area or _area(),
        uses=[Use.SEARCH],
        elements=sorted(elements),
        case_reference_required=case_reference_required,
        confidential_addresses=confidential_addresses,
    )
    role.legal_bases.set(bases or _bases(confidential=bool(frozenset(elements) - OPEN)))
    employee = Employee.objects.create_employee(
        issuer="https://login.example", subject=name, display_name=name, organisation=organisation
    )
    RoleAssignment.objects.create(role=role, employee=employee)
    return Caseworker(employee, role, logged_in(employee))


def _area() -> ServiceArea:
    name = "Testområde"
    area, _ = ServiceArea.objects.get_or_create(
        code="TESTOMRAADE",
        defaults={"name_nb": name, "name_nn": name, "name_en": name, "may_hold_confidential": True},
    )
    return area


def _bases(*, confidential: bool) -> list[LegalBasis]:
    open_basis, _ = LegalBasis.objects.get_or_create(
        key="test-open",
        defaults={
            "statute": "Folkeregisterloven",
            "section": "§ 10-1",
            "for_every_area": True,
            "elements": sorted(OPEN),
        },
    )
    if not confidential:
        return [open_basis]
    closed, _ = LegalBasis.objects.get_or_create(
        key="test-confidential",
        defaults={
            "statute": "Testloven",
            "section": "§ 1",
            "confidential": True,
            "kind": BasisKind.OPENS_CONFIDENTIAL,
            "for_every_area": True,
            "elements": sorted(EVERYTHING),
        },
    )
    return [open_basis, closed]
