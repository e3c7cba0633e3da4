"""When the catalogue changes, each organisation is told which elements its roles lose, until somebody has read it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from roles.access import access_for
from roles.audit.models import AuditEntry
from roles.catalogue.importing import confirm_upload, read_upload, store_upload
from roles.catalogue.losses import read_loss
from roles.granting.assignments import give_role
from roles.granting.roles import change_role
from roles.models import (
    AdministratorKind,
    Administratorship,
    BasisKind,
    CatalogueImport,
    Employee,
    LegalBasis,
    RoleLoss,
    ServiceArea,
    Use,
)
from roles.violations import PolicyViolation
from tests.roles.catalogue.books import OPEN_ROW, book
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db

KEY = "barnehageloven-samisk-barnehagetilbud"
FORMER = "barnehageloven-opptak"


def loaded() -> str:
    """What is printed."""
    told = StringIO()
    call_command("load_catalogue", stdout=told)
    return told.getvalue()


@pytest.fixture
def tenants() -> tuple[Tenant, Tenant]:
    """Two kommuner on the catalogue of an earlier release: a basis opened more than its section does."""
    loaded()
    LegalBasis.objects.filter(key=FORMER).update(elements=["navn", "familierelasjon", "opphold"])
    both = tenant("Nord"), tenant("Sør")
    for each in both:
        basis = LegalBasis.objects.get(key=FORMER)
        elements = ["navn", "familierelasjon", "opphold"] if each is both[0] else ["navn", "familierelasjon"]
        change_role(role=each.role, by=each.administrator, legal_bases=[basis], elements=elements)
        give_role(role=each.role, by=each.administrator, employee=each.caseworker)
    return both


def test_upgrading_prints_and_keeps_what_each_role_loses_and_touches_no_other(tenants: tuple[Tenant, Tenant]) -> None:
    nord, soer = tenants
    told = loaded()
    assert f"Nord kommune: the role {nord.role.name} loses opphold (was: Barnehageloven § 47" in told
    assert "Sør kommune:" not in told
    loss = RoleLoss.objects.get()
    assert (loss.organisation, loss.role, loss.elements) == (nord.organisation, nord.role, ["opphold"])
    assert loss.bases == [LegalBasis.objects.get(key=FORMER).short_title]
    assert access_for(nord.caseworker, nord.role.pk, Use.SEARCH).elements == {"navn", "familierelasjon"}
    assert access_for(soer.caseworker, soer.role.pk, Use.SEARCH).elements == {"navn", "familierelasjon"}


def test_upgrading_writes_it_into_the_log_of_the_organisation_alone(tenants: tuple[Tenant, Tenant]) -> None:
    loaded()
    told = [
        [entry.fields["details"]["elements"] for entry in _entries(each) if entry.event == "role:role:lost-elements"]
        for each in tenants
    ]
    assert told == [[["opphold"]], []]


def test_loading_again_tells_nothing_again(tenants: tuple[Tenant, Tenant]) -> None:
    loaded()
    assert "loses" not in loaded()
    assert RoleLoss.objects.count() == 1


def test_a_basis_that_is_no_more_is_closed_and_told(tenants: tuple[Tenant, Tenant]) -> None:
    nord = tenants[0]
    gone = LegalBasis.objects.create(
        key="folkeregisterloven-tilgang-til-folkeregisteret-felles-hjemmel",
        statute="Folkeregisterloven",
        section="§ 10-1",
        for_every_area=True,
        elements=["doedsfall"],
    )
    bases = [gone, *nord.role.legal_bases.all()]
    change_role(role=nord.role, by=nord.administrator, legal_bases=bases, elements=["navn", "doedsfall"])
    assert "loses doedsfall (was: Folkeregisterloven § 10-1)" in loaded()
    assert "loses" not in loaded()


@pytest.mark.parametrize(
    ("section", "status", "stands"),
    [("§ 10", "PROPOSAL", False), ("§ 10", "CONFIRMED", True), ("§ 47", "PROPOSAL", True)],
)
def test_an_imported_catalogue_keeps_all_but_what_rests_on_a_section_that_opens_nothing(
    section: str, status: str, stands: bool, tenants: tuple[Tenant, Tenant]
) -> None:
    nord = tenants[0]
    CatalogueImport.objects.create(
        file_name="x", uploaded_by=nord.administrator, content=[], against="x", confirmed_at="2026-01-01T00:00:00Z"
    )
    LegalBasis.objects.filter(key=KEY).update(section=section, status=status)
    basis = LegalBasis.objects.get(key=KEY)
    change_role(role=nord.role, by=nord.administrator, legal_bases=[basis], elements=["brukAvSamiskSpraak"])
    told = loaded()
    assert ("loses brukAvSamiskSpraak" in told) is not stands
    assert LegalBasis.objects.get(key=KEY).section_opens_confidential is stands
    assert LegalBasis.objects.get(key=FORMER).elements == ["navn", "familierelasjon", "opphold"]


def test_an_import_tells_the_organisations_too(tenants: tuple[Tenant, Tenant]) -> None:
    central = central_administrator()
    confirm_upload(
        upload=store_upload(contents=read_upload(book(OPEN_ROW)), file_name="x.xlsx", by=central), by=central
    )
    lost = {loss.organisation.name: set(loss.elements) for loss in RoleLoss.objects.all()}
    assert lost == {"Nord kommune": {"navn", "familierelasjon", "opphold"}, "Sør kommune": {"navn", "familierelasjon"}}


def test_a_role_that_is_deleted_is_not_told_of_and_one_that_is_off_is(tenants: tuple[Tenant, Tenant]) -> None:
    nord, soer = tenants
    change_role(role=soer.role, by=soer.administrator, elements=["navn", "familierelasjon", "opphold"], is_active=False)
    type(nord.role).objects.filter(pk=nord.role.pk).update(deleted_at="2026-01-01T00:00:00Z", is_active=False)
    loaded()
    assert [loss.organisation for loss in RoleLoss.objects.all()] == [soer.organisation]


def test_the_administrators_see_it_until_one_of_them_has_read_it(tenants: tuple[Tenant, Tenant]) -> None:
    loaded()
    nord, soer = tenants
    page = _browser(nord.administrator).get("/admin/").content.decode()
    assert "Roller som har mistet opplysninger" in page
    assert "Oppholdstillatelse" in page
    assert f"/admin/roles/role/{nord.role.pk}/change/" in page
    assert "Roller som har mistet" not in _browser(soer.administrator).get("/admin/").content.decode().split("rooms")[0]
    marked = _marked(_browser(nord.administrator))
    assert marked.read_by == nord.administrator
    assert 'id="losses"' not in _browser(nord.administrator).get("/admin/").content.decode()
    assert [entry.event for entry in _entries(nord)][-1] == "role:role:loss-read"


@pytest.mark.parametrize("kind", [AdministratorKind.PRIVACY, AdministratorKind.CENTRAL])
def test_an_administrator_without_the_right_to_change_does_not_mark_the_loss_as_read(
    kind: AdministratorKind, tenants: tuple[Tenant, Tenant]
) -> None:
    loaded()
    who = Employee.objects.create_employee(issuer="https://idp.example", subject="x", display_name="X")
    own = tenants[0].organisation if kind == AdministratorKind.PRIVACY else None
    Administratorship.objects.create(employee=who, kind=kind, organisation=own)
    assert _marked(_browser(who)).read_at is None
    with pytest.raises(PolicyViolation):
        read_loss(loss=RoleLoss.objects.get(), by=who)


def test_the_neighbours_neither_see_it_nor_take_it_down(tenants: tuple[Tenant, Tenant]) -> None:
    loaded()
    neighbour = tenants[1].administrator
    assert "Oppholdstillatelse" not in _browser(neighbour).get("/admin/roles/roleloss/").content.decode()
    assert _marked(_browser(neighbour)).read_at is None
    with pytest.raises(PolicyViolation):
        read_loss(loss=RoleLoss.objects.get(), by=neighbour)


def test_reading_twice_is_logged_once(tenants: tuple[Tenant, Tenant]) -> None:
    loaded()
    nord = tenants[0]
    for _ in range(2):
        read_loss(loss=RoleLoss.objects.get(), by=nord.administrator)
    assert [entry.event for entry in _entries(nord)].count("role:role:loss-read") == 1


@pytest.mark.parametrize("kind", [BasisKind.TASK, BasisKind.NOT_FOUND])
def test_a_basis_whose_section_opens_nothing_gives_a_role_nothing_confidential(
    kind: BasisKind, tenants: tuple[Tenant, Tenant]
) -> None:
    """Whatever its row says: the register is asked through the door without legal basis too."""
    nord = tenants[0]
    LegalBasis.objects.filter(key=FORMER).update(kind=kind)
    access = access_for(nord.caseworker, nord.role.pk, Use.SEARCH)
    assert access.elements == {"navn"}
    assert access.package.value == "offentligutenhjemmel"
    assert ServiceArea.objects.get(code="BARNEHAGE").may_hold_confidential


def _browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def _marked(client: Client) -> RoleLoss:
    loss = RoleLoss.objects.get()
    client.post("/admin/roles/roleloss/", {"action": "mark_as_read", "_selected_action": [str(loss.pk)]})
    loss.refresh_from_db()
    return loss


def _entries(where: Tenant) -> list[AuditEntry]:
    return list(AuditEntry.objects.of_organisation(where.organisation.pk))
