"""A workbook becomes the catalogue as a whole or not at all, after its effect on roles and people was shown."""

from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from roles.access import access_for
from roles.admin.cataloguetext import touched_rows
from roles.audit.models import AuditEntry
from roles.catalogue.differences import Difference, touched
from roles.catalogue.importing import confirm_upload, exported, preview, read_upload, store_upload
from roles.models import (
    AdministratorKind,
    Administratorship,
    CatalogueImport,
    Employee,
    Group,
    LegalBasis,
    Organisation,
    RoleAssignment,
    Use,
)
from roles.services import change_role, give_role
from roles.violations import PolicyViolation
from tests.roles.catalogue.books import OPEN_ROW, ROW, book
from tests.roles.tenants import Tenant, case_system, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def central() -> Employee:
    employee = Employee.objects.create_employee(issuer="https://idp.example", subject="s", display_name="Sentral")
    Administratorship.objects.create(employee=employee, kind=AdministratorKind.CENTRAL)
    return employee


@pytest.fixture
def tenants() -> tuple[Tenant, Tenant]:
    """Two kommuner, each with a caseworker in a role on the open basis."""
    both = tenant("Nord"), tenant("Sør")
    for each in both:
        change_role(role=each.role, by=each.administrator, elements=["navn", "foedsel"])
        give_role(role=each.role, by=each.administrator, employee=each.caseworker)
    return both


def uploaded(file: BytesIO, by: Employee) -> CatalogueImport:
    return store_upload(contents=read_upload(file), file_name="hjemler.xlsx", by=by)


def found(file: BytesIO, by: Employee) -> Difference:
    return preview(uploaded(file, by)).difference


def load_files() -> None:
    call_command("load_catalogue", verbosity=0, stdout=StringIO())


def test_what_goes_out_comes_in_without_a_difference(central: Employee) -> None:
    load_files()
    assert LegalBasis.objects.count() == 57
    assert not found(BytesIO(exported()), central).anything


def test_a_new_row_a_changed_row_and_a_row_that_is_gone_are_told_apart(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    LegalBasis.objects.create(key="old", statute="Gammel lov", section="§ 1", for_every_area=True, elements=["navn"])
    difference = found(book(OPEN_ROW | {"url": ""}, ROW), central)
    assert [basis.statute for basis in difference.added] == ["Barnehageloven"]
    assert [(change.after.key, change.fields) for change in difference.changed] == [
        ("open", ("elements", "valid_from"))
    ]
    assert [basis.key for basis in difference.gone] == ["old"]


def test_whom_a_change_touches_is_told_across_organisations_with_what_they_lose(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    difference = found(book(OPEN_ROW | {"opplysninger": "navn; kjoenn"}), central)
    rows = [(row.role, row.lost, list(map(str, row.holders))) for row in touched(difference)]
    assert rows == [
        (tenants[0].role, {"foedsel"}, ["Saksbehandler Nord"]),
        (tenants[1].role, {"foedsel"}, ["Saksbehandler Sør"]),
    ]


def test_who_is_told_as_touched_is_exactly_who_holds_the_role_now(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    nord, soer = tenants
    integration = case_system(nord)
    members = Group.objects.create(organisation=soer.organisation, name="Opptak")
    members.members.add(soer.administrator)
    for role in (nord.role, soer.role):  # a group of another organisation gives nothing, whatever the row says
        RoleAssignment.objects.create(role=role, group=members)
    Organisation.objects.filter(pk=soer.organisation.pk).update(groups_only=True)
    difference = found(book(OPEN_ROW | {"opplysninger": "navn; kjoenn"}), central)
    named = [set(row.holders) for row in touched(difference)]
    assert named == [{nord.caseworker, integration}, {soer.administrator}]
    assert touched_rows(touched(difference))[0].holders == "Fagsystem (integrasjon), Saksbehandler Nord"


def test_a_basis_that_is_gone_closes_what_rests_on_it_at_once(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    caseworker, role = tenants[0].caseworker, tenants[0].role
    assert access_for(caseworker, role.pk, Use.SEARCH).elements == {"navn", "foedsel"}
    confirm_upload(upload=uploaded(book(ROW), central), by=central)
    assert access_for(caseworker, role.pk, Use.SEARCH).elements == frozenset()
    assert LegalBasis.objects.get(key="open").valid_to == timezone.localdate()


def test_a_basis_that_expires_in_the_workbook_closes_what_rests_on_it_that_day(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    caseworker, role = tenants[0].caseworker, tenants[0].role
    tomorrow = timezone.localdate() + timedelta(days=1)
    for last, elements in ((tomorrow, {"navn", "foedsel"}), (timezone.localdate(), set())):
        row = OPEN_ROW | {"url": "", "gyldig_fra": date(2020, 1, 1), "gyldig_til": last}
        confirm_upload(upload=uploaded(book(row), central), by=central)
        assert access_for(caseworker, role.pk, Use.SEARCH).elements == elements


def test_one_basis_may_stand_in_several_service_areas(central: Employee) -> None:
    load_files()
    rows = [ROW | {"tjenesteomraade": f"{area} (opptak)"} for area in ("BARNEHAGE", "OPPVEKST")]
    confirm_upload(upload=uploaded(book(*rows), central), by=central)
    basis = LegalBasis.objects.get(statute="Barnehageloven")
    assert [area.code for area in basis.areas.all()] == ["BARNEHAGE", "OPPVEKST"]


def test_a_change_stands_in_the_installations_log_with_before_and_after(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    confirm_upload(upload=uploaded(book(OPEN_ROW, ROW), central), by=central)
    entry = AuditEntry.objects.of_organisation(None).by_actor(str(central.pk)).last()
    assert entry is not None
    assert entry.event == "role:catalogue:changed"
    details = entry.fields["details"]
    assert [basis["statute"] for basis in details["added"]] == ["Barnehageloven"]
    assert details["changed"][0]["before"]["elements"] != details["changed"][0]["after"]["elements"]


def test_a_catalogue_that_changed_since_the_upload_is_not_overwritten(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    first, second = (uploaded(book(OPEN_ROW, *rows), central) for rows in ([], [ROW]))
    confirm_upload(upload=first, by=central)
    for stale in (first, second):
        with pytest.raises(PolicyViolation, match="endret siden"):
            confirm_upload(upload=stale, by=central)
    assert LegalBasis.objects.count() == 1


@pytest.mark.parametrize("who", ["administrator", "caseworker"])
def test_only_a_central_administrator_uploads_and_confirms(
    who: str, central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    employee = getattr(tenants[0], who)
    with pytest.raises(PolicyViolation):
        uploaded(book(ROW), employee)
    with pytest.raises(PolicyViolation):
        confirm_upload(upload=uploaded(book(ROW), central), by=employee)
    assert not LegalBasis.objects.filter(statute="Barnehageloven").exists()


def test_the_files_of_a_later_release_leave_an_imported_catalogue_alone(central: Employee) -> None:
    load_files()
    confirm_upload(upload=uploaded(book(OPEN_ROW), central), by=central)
    before = list(LegalBasis.objects.values())
    load_files()
    assert list(LegalBasis.objects.values()) == before
