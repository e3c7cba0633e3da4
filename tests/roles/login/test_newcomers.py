"""Newcomers, who are known to the provider but not to us: an administrator finds them by their code, not in a list."""

from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from roles.audit.models import AuditEntry
from roles.login import breakglass
from roles.login.profiles import PROFILES
from roles.models import AdministratorKind, Administratorship, Employee
from roles.people.employees import deactivate_employee, fetch_employee, place_newcomer, rename_employee
from roles.violations import PolicyViolation
from tests.roles.provider import Browser, Provider
from tests.roles.tenants import Tenant, central_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> Employee:
    return Employee.objects.create_employee(issuer="https://idp.example", subject="ny", display_name="Uten navn")


def boss(house: Tenant) -> Employee:
    """An administrator of the whole organisation."""
    employee = Employee.objects.create_employee(
        issuer="https://idp.example",
        subject=f"sjef {house.organisation}",
        display_name=f"Sjef {house.organisation}",
        organisation=house.organisation,
    )
    Administratorship.objects.create(
        employee=employee, organisation=house.organisation, kind=AdministratorKind.ORGANISATION
    )
    return employee


def page(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def last(chain: str) -> dict[str, object]:
    details: dict[str, object] = AuditEntry.objects.filter(chain=chain).order_by("seq").last().fields["details"]
    return details


def test_a_newcomer_stands_in_the_log_from_their_first_login_and_reads_their_code_on_their_page(
    browser: Browser, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_LOGIN_PROFILE, provider.claims = PROFILES["id-porten"], {"pid": "01810050050"}
    provider.userinfo = {"sub": "subject-1"}
    browser.log_in()
    employee = Employee.objects.get()
    first = AuditEntry.objects.filter(chain="0").order_by("seq").first()
    assert first.event == "role:employee:created"
    assert first.fields["actor"]["id"] == "login"
    assert employee.display_name == f"Uten navn (kode {employee.code})"
    assert f">{employee.code}</strong>" in browser.client.get("/ingen-rolle/").content.decode()


def test_being_placed_by_the_provider_stands_in_the_log_of_the_organisation(
    browser: Browser, provider: Provider, settings: Settings, nord: Tenant, soer: Tenant
) -> None:
    settings.OIDC_ORGANISATION_CLAIM = "orgno"
    provider.claims = {"orgno": soer.organisation.organisation_number}
    browser.log_in()
    events = AuditEntry.objects.filter(chain=str(soer.organisation.pk)).order_by("seq").values_list("event", flat=True)
    assert list(events)[-2:] == ["role:employee:changed", "login:session:opened"]


def test_an_administrator_places_a_newcomer_by_their_code_and_names_them(nord: Tenant, newcomer: Employee) -> None:
    by = boss(nord)
    sent = {"code": f" {newcomer.code.upper()} ", "display_name": "Ny Nordby", "organisation": nord.organisation.pk}
    answer = page(by).post("/admin/roles/employee/hent/", sent)
    assert answer.headers["Location"] == f"/admin/roles/employee/{newcomer.pk}/change/"
    newcomer.refresh_from_db()
    assert (newcomer.organisation, newcomer.display_name) == (nord.organisation, "Ny Nordby")
    assert last(str(nord.organisation.pk)) == {
        "employee": str(newcomer.pk),
        "name": "Ny Nordby",
        "before": {"name": "Uten navn"},
        "after": {"organisation": str(nord.organisation.pk), "name": "Ny Nordby"},
    }


def codes(nord: Tenant, soer: Tenant) -> list[str]:
    """The codes of an employee of another organisation, of an employee here, of a blocked one, of the break-glass
    account, and of nobody."""
    locked = Employee.objects.create_employee(issuer="https://idp.example", subject="sperret", display_name="Sperret")
    deactivate_employee(employee=locked, by=central_administrator())
    breakglass.open_account(minutes=5, reason="Øvelse")
    account = Employee.objects.get(issuer="local")
    known = [each.code for each in (soer.caseworker, nord.caseworker, locked, account)]
    return [*known, "00000000", "", "x", "0000000g", "%"]


def test_every_other_code_gets_the_same_answer_and_places_nobody(nord: Tenant, soer: Tenant) -> None:
    by, before = boss(nord), Employee.objects.count()
    for code in codes(nord, soer):
        with pytest.raises(PolicyViolation, match="Ingen uten virksomhet har denne koden"):
            fetch_employee(code=code, organisation=nord.organisation, name="Ny", by=by)
    sent = {"code": soer.caseworker.code, "display_name": "Ny", "organisation": nord.organisation.pk}
    text = page(by).post("/admin/roles/employee/hent/", sent).content.decode()
    assert "Ingen uten virksomhet har denne koden" in text
    assert soer.caseworker.display_name not in text
    assert Employee.objects.filter(organisation=soer.organisation).count() == 2
    assert Employee.objects.count() == before + 3


def test_only_an_administrator_of_the_organisation_places_a_newcomer_in_it(
    nord: Tenant, soer: Tenant, newcomer: Employee
) -> None:
    for by in (boss(nord), soer.administrator, central_administrator()):
        with pytest.raises(PolicyViolation, match="egen administrator"):
            fetch_employee(code=newcomer.code, organisation=soer.organisation, name="Ny", by=by)
    sent = {"code": newcomer.code, "display_name": "Ny", "organisation": soer.organisation.pk}
    assert page(Employee.objects.get(subject=f"sjef {nord.organisation}")).post(
        "/admin/roles/employee/hent/", sent
    ).context["form"].errors.keys() == {"organisation"}
    newcomer.refresh_from_db()
    assert newcomer.organisation is None


def test_an_organisations_list_of_employees_never_shows_newcomers_without_organisation(
    nord: Tenant, newcomer: Employee
) -> None:
    client = page(boss(nord))
    for path in ("/admin/roles/employee/", "/admin/roles/employee/hent/"):
        assert newcomer.display_name not in client.get(path).content.decode()
    assert client.get(f"/admin/roles/employee/{newcomer.pk}/change/").status_code == 302


def test_a_name_is_changed_by_ones_own_organisations_administrator_and_the_log_says_from_what(
    nord: Tenant, soer: Tenant
) -> None:
    client = page(boss(nord))
    client.post(f"/admin/roles/employee/{nord.caseworker.pk}/change/", {"display_name": "Kari Nordby"})
    nord.caseworker.refresh_from_db()
    assert nord.caseworker.display_name == "Kari Nordby"
    details = last(str(nord.organisation.pk))
    assert (details["before"], details["after"]) == ({"name": "Saksbehandler Nord"}, {"name": "Kari Nordby"})
    client.post(f"/admin/roles/employee/{soer.caseworker.pk}/change/", {"display_name": "Kari"})
    soer.caseworker.refresh_from_db()
    assert soer.caseworker.display_name == "Saksbehandler Sør"


def test_only_a_central_administrator_names_an_employee_without_organisation(nord: Tenant, newcomer: Employee) -> None:
    central = central_administrator()
    for by in (boss(nord), nord.administrator):
        with pytest.raises(PolicyViolation):
            rename_employee(employee=newcomer, name="Ny", by=by)
    page(central).post(f"/admin/roles/employee/{newcomer.pk}/change/", {"display_name": "Ny Nordby"})
    newcomer.refresh_from_db()
    assert (newcomer.display_name, newcomer.organisation) == ("Ny Nordby", None)


def test_nobody_names_themselves_or_an_employee_elsewhere_or_the_break_glass_account(nord: Tenant) -> None:
    by, central = boss(nord), central_administrator()
    breakglass.open_account(minutes=5, reason="Øvelse")
    account = Employee.objects.get(issuer="local")
    for employee, who in ((by, by), (central, central), (nord.caseworker, central), (account, central)):
        with pytest.raises(PolicyViolation, match="ikke endre navnet"):
            rename_employee(employee=employee, name="En Annen", by=who)
    assert page(by).post(f"/admin/roles/employee/{by.pk}/change/", {"display_name": "En Annen"}).status_code == 403


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "Kari 01810050050"])
def test_a_bad_name_is_refused_in_the_form_and_by_the_service(name: str, nord: Tenant) -> None:
    by = boss(nord)
    with pytest.raises(PolicyViolation):
        rename_employee(employee=nord.caseworker, name=name, by=by)
    answer = page(by).post(f"/admin/roles/employee/{nord.caseworker.pk}/change/", {"display_name": name})
    assert answer.status_code == 200
    assert "display_name" in answer.context["adminform"].form.errors


def test_a_newcomer_who_was_placed_meanwhile_is_not_moved_by_the_provider(
    nord: Tenant, soer: Tenant, newcomer: Employee
) -> None:
    read_before = Employee.objects.get(pk=newcomer.pk)
    place_newcomer(employee=newcomer, organisation=nord.organisation)
    place_newcomer(employee=read_before, organisation=soer.organisation)
    assert Employee.objects.get(pk=newcomer.pk).organisation == nord.organisation
    assert not AuditEntry.objects.filter(chain=str(soer.organisation.pk), event="role:employee:changed").exists()


def test_a_code_that_two_newcomers_have_places_neither(nord: Tenant) -> None:
    twins = [
        Employee.objects.create(
            pk=UUID(f"abcdef01-0000-4000-8000-00000000000{number}"),
            issuer="https://idp.example",
            subject=f"tvilling {number}",
            display_name="Uten navn",
        )
        for number in range(2)
    ]
    with pytest.raises(PolicyViolation, match="Ingen uten virksomhet har denne koden"):
        fetch_employee(code=twins[0].code, organisation=nord.organisation, name="Ny", by=boss(nord))
    assert not Employee.objects.filter(pk__in=[each.pk for each in twins]).exclude(organisation=None).exists()
