"""Employees who may order lists, in two organisations, and orders as they place them."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import load_workbook

from citizenlists.content.criteria import ListCriteria
from citizenlists.models import CitizenList
from citizenlists.orders import placing
from integrations.folkeregisteret.elements import ELEMENTS
from roles.access import Access, access_for
from roles.models import BasisKind, Employee, LegalBasis, Organisation, Role, RoleAssignment, ServiceArea, Use
from tests.loggedin import logged_in

OPEN = frozenset(key for key, element in ELEMENTS.items() if not element.is_confidential)
ORDERED = ("identifikasjonsnummer", "navn", "foedsel", "bostedsadresse", "foreldreansvar")
EVERYBODY = (1900, 2026)


@dataclass(frozen=True, slots=True)
class Caseworker:
    """An employee with one role, and a browser that is logged in as them."""

    employee: Employee
    role: Role
    assignment: RoleAssignment
    client: Client

    def access(self) -> Access:
        return access_for(self.employee, self.role.id, Use.CITIZEN_LIST)

    def order(
        self, *, elements: Iterable[str] = ORDERED, born: tuple[int, int] = EVERYBODY, purpose: str = ""
    ) -> CitizenList:
        """Places an order for the organisation's one kommune."""
        (kommune,) = self.role.organisation.kommuner
        request = placing.Request("fritt-utvalg", ListCriteria(kommune, *born), tuple(elements), purpose)
        return placing.place_order(access=self.access().for_purpose(purpose), by=self.employee, request=request)

    def withdraw_role(self) -> None:
        self.assignment.valid_to = self.assignment.valid_from
        self.assignment.save()

    def status(self, order_id: UUID) -> HttpResponseBase:
        return self.client.get(f"/innbyggerlister/{order_id}/")

    def download(self, order_id: UUID) -> HttpResponseBase:
        return self.client.get(f"/innbyggerlister/{order_id}/last-ned/")


def caseworker(
    name: str, *, organisation: Organisation, elements: Iterable[str], area: str = "OPPVEKST", **role: bool
) -> Caseworker:
    """Somebody who may order lists of these elements, on legal bases that open everything."""
    held = Role.objects.create(
        organisation=organisation,
        name=f"Rollen til {name}",
        service_area=_area(area),
        uses=[Use.SEARCH, Use.CITIZEN_LIST],
        elements=sorted(elements),
        **role,
    )
    held.legal_bases.set(_bases())
    employee = Employee.objects.create_employee(
        issuer="https://login.example", subject=name, display_name=name, organisation=organisation
    )
    assignment = RoleAssignment.objects.create(role=held, employee=employee)
    return Caseworker(employee, held, assignment, logged_in(employee))


def body(response: HttpResponseBase) -> bytes:
    """Everything that was sent, streamed or not."""
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    return response.content if isinstance(response, HttpResponse) else response.getvalue()


def table(workbook: bytes) -> list[dict[str, object]]:
    """The first sheet, row by row, by header."""
    header, *rows = load_workbook(BytesIO(workbook)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _area(code: str) -> ServiceArea:
    names = dict.fromkeys(("name_nb", "name_nn", "name_en"), code.capitalize())
    area, _ = ServiceArea.objects.get_or_create(code=code, defaults={**names, "may_hold_confidential": True})
    return area


def _bases() -> list[LegalBasis]:
    opened = {"test-open": OPEN, "test-confidential": frozenset(ELEMENTS) - OPEN}
    return [
        LegalBasis.objects.get_or_create(
            key=key,
            defaults={
                "statute": "Testloven",
                "section": "§ 1",
                "confidential": key == "test-confidential",
                "kind": BasisKind.OPENS_CONFIDENTIAL if key == "test-confidential" else BasisKind.TASK,
                "for_every_area": True,
                "elements": sorted(elements),
            },
        )[0]
        for key, elements in opened.items()
    ]
