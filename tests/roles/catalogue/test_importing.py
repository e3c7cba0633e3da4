"""A workbook becomes the catalogue as a whole or not at all, after its effect on roles and people was shown."""

from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from roles.access import access_for
from roles.admin.cataloguetext import touched_rows
from roles.audit.models import AuditEntry
from roles.catalogue.differences import Difference, touched_roles
from roles.catalogue.importing import confirm_upload, export_catalogue, preview, read_upload, store_upload
from roles.granting.assignments import give_role
from roles.granting.roles import change_role
from roles.models import (
    AdministratorKind,
    Administratorship,
    CatalogueImport,
    Employee,
    Group,
    LegalBasis,
    Organisation,
    Role,
    RoleAssignment,
    Use,
)
from roles.violations import PolicyViolation
from tests.roles.catalogue.books import OPEN_ROW, ROW, book, saved
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


def test_an_exported_catalogue_is_imported_without_a_difference(central: Employee) -> None:
    load_files()
    assert LegalBasis.objects.count() == 72
    assert not found(BytesIO(export_catalogue()), central).anything


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


def test_the_roles_a_change_affects_are_told_across_organisations_with_their_losses(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    difference = found(book(OPEN_ROW | {"opplysninger": "navn; kjoenn"}), central)
    rows = [(row.role, row.lost, list(map(str, row.holders))) for row in touched_roles(difference)]
    assert rows == [
        (tenants[0].role, {"foedsel"}, ["Saksbehandler Nord"]),
        (tenants[1].role, {"foedsel"}, ["Saksbehandler Sør"]),
    ]


def test_the_holders_told_as_affected_are_exactly_the_holders_now(
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
    named = [set(row.holders) for row in touched_roles(difference)]
    assert named == [{nord.caseworker, integration}, {soer.administrator}]
    assert touched_rows(touched_roles(difference))[0].holders == "Fagsystem (integrasjon), Saksbehandler Nord"


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


def test_an_area_that_is_taken_out_of_the_workbook_is_closed_there_and_open_in_the_others(central: Employee) -> None:
    load_files()
    both = [ROW | {"tjenesteomraade": f"{area} (opptak)"} for area in ("BARNEHAGE", "OPPVEKST")]
    confirm_upload(upload=uploaded(book(*both), central), by=central)
    confirm_upload(upload=uploaded(book(both[1]), central), by=central)
    basis = LegalBasis.objects.get(statute="Barnehageloven")
    assert [area.code for area in basis.areas.all()] == ["OPPVEKST"]
    assert [basis.covers(code) for code in ("BARNEHAGE", "OPPVEKST")] == [False, True]


def test_a_basis_for_every_area_that_is_given_its_areas_holds_in_no_other(
    central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    load_files()
    confirm_upload(upload=uploaded(book(OPEN_ROW | {"tjenesteomraade": "OPPVEKST"}), central), by=central)
    basis = LegalBasis.objects.get(key="open")
    assert [basis.covers(code) for code in ("BARNEHAGE", "OPPVEKST")] == [False, True]


def test_closed_bases_are_logged(central: Employee, tenants: tuple[Tenant, Tenant]) -> None:
    confirm_upload(upload=uploaded(book(ROW), central), by=central)
    entry = AuditEntry.objects.of_organisation(None).by_actor(str(central.pk)).last()
    assert entry is not None
    assert entry.fields["details"]["closed"] == ["open"]


def test_the_gains_of_a_role_are_told_beside_its_losses(central: Employee, tenants: tuple[Tenant, Tenant]) -> None:
    """navn was chosen when it was open, was closed, and is opened again."""
    LegalBasis.objects.filter(key="open").update(elements=["foedsel"])
    difference = found(book(OPEN_ROW | {"opplysninger": "navn"}), central)
    assert [(row.lost, row.gained) for row in touched_roles(difference)] == [({"foedsel"}, {"navn"})] * 2
    words = touched_rows(touched_roles(difference))[0]
    assert (words.lost, words.gained) == ("Fødsel", "Navn")


@pytest.mark.parametrize("dead", ["off", "over", "to come", "deleted"])
def test_a_role_that_is_not_live_is_not_counted_as_touched(
    dead: str, central: Employee, tenants: tuple[Tenant, Tenant]
) -> None:
    now = timezone.now()
    changes: dict[str, object] = {
        "off": {"is_active": False},
        "over": {"valid_to": now - timedelta(days=1), "valid_from": now - timedelta(days=2)},
        "to come": {"valid_from": now + timedelta(days=1)},
        "deleted": {"deleted_at": now, "is_active": False},
    }[dead]
    Role.objects.filter(pk=tenants[1].role.pk).update(**changes)
    difference = found(book(OPEN_ROW | {"opplysninger": "navn"}), central)
    assert [row.role for row in touched_roles(difference)] == [tenants[0].role]


def test_a_basis_that_has_ended_is_not_closed_again(central: Employee, tenants: tuple[Tenant, Tenant]) -> None:
    today = timezone.localdate()
    for key, ends in (("yesterday", today - timedelta(days=1)), ("today", today), ("later", today + timedelta(days=1))):
        LegalBasis.objects.create(key=key, statute=key, section="§ 1", elements=["navn"], valid_to=ends)
    gone = found(book(OPEN_ROW), central).gone
    assert [basis.key for basis in gone] == ["later"]


def test_differences_that_cannot_be_seen_are_none(central: Employee) -> None:
    load_files()
    workbook = load_workbook(BytesIO(export_catalogue()))
    sheet = workbook.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        for at in (0, 1, 2, 11):
            row[at].value = str(row[at].value).replace(" ", "\u00a0 \u202f").replace("§", "\u200b§") + "_x000D_\n"
    assert not found(saved(workbook), central).anything


def test_a_workbook_of_the_older_form_leaves_what_it_has_no_column_for(central: Employee) -> None:
    load_files()
    workbook = load_workbook(BytesIO(export_catalogue()))
    workbook.worksheets[0].delete_cols(10, 4)
    assert not found(saved(workbook), central).anything


def test_a_new_basis_of_the_older_form_opens_nothing_confidential(central: Employee) -> None:
    load_files()
    confirm_upload(upload=uploaded(book(OPEN_ROW, ROW), central), by=central)
    basis = LegalBasis.objects.get(statute="Barnehageloven")
    assert (basis.confidential, basis.section_opens_confidential) == (True, False)


def test_an_upload_of_before_the_columns_of_reading_came_is_asked_for_again(central: Employee) -> None:
    load_files()
    upload = uploaded(BytesIO(export_catalogue()), central)
    new = {"kind", "text_read", "says", "version"}
    upload.content = [{name: value for name, value in row.items() if name not in new} for row in upload.content]
    upload.against = "another"
    upload.save()
    with pytest.raises(PolicyViolation, match="endret siden"):
        confirm_upload(upload=upload, by=central)


def test_a_basis_that_was_stored_with_a_space_that_does_not_break_is_the_same_as_it_is_read(central: Employee) -> None:
    load_files()
    LegalBasis.objects.filter(key="barnehageloven-opptak").update(
        section="§\u00a047; jf. §§  10, 16 og 17 (opptak)\r\n", says="Noe\u00a0annet."
    )
    assert not found(BytesIO(export_catalogue()), central).anything


def test_of_two_bases_that_look_the_same_the_one_in_force_is_meant(central: Employee) -> None:
    """An earlier import closed one and made another, for a space between them."""
    ended = timezone.localdate() - timedelta(days=1)
    facts = {"statute": "Folkeregisterloven", "for_every_area": True, "elements": ["navn", "foedsel"]}
    facts |= {"url": OPEN_ROW["url"], "valid_from": OPEN_ROW["gyldig_fra"]}
    LegalBasis.objects.create(key="z-closed", section="§ 10-1", valid_to=ended, **facts)
    LegalBasis.objects.create(key="a-open", section="§\u00a010-1", **facts)
    assert not found(book(OPEN_ROW), central).anything
