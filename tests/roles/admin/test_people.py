"""Organisations, administrators, groups and employees are changed on their pages."""

import pytest
from django.test import Client
from django.utils import timezone

from roles.access.administration import administers
from roles.access.liveroles import live_roles
from roles.granting.assignments import give_role
from roles.models import AdministratorKind, Administratorship, Employee, Group, Organisation
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def organisation_form(**changes: object) -> dict[str, object]:
    """The organisation's page, filled in with one contact point."""
    management = {"contact_points-TOTAL_FORMS": "1", "contact_points-INITIAL_FORMS": "0"}
    contact = {"contact_points-0-name": "Servicetorget", "contact_points-0-email": "post@vest.example"}
    return {
        "name": "Vest kommune",
        "organisation_number": "310000019",
        "kind": "KOMMUNE",
        "kommuner": ["1870"],
        "language": "nn",
        "lists_kept_days": "7",
        "valid_from": timezone.localtime().strftime("%Y-%m-%dT00:00"),
        **management,
        **contact,
    } | changes


def test_the_central_administrator_makes_an_organisation_and_appoints_its_first_administrator() -> None:
    client = browser(central_administrator())
    assert client.post("/admin/roles/organisation/add/", organisation_form()).status_code == 302
    organisation = Organisation.objects.get()
    assert [contact.email for contact in organisation.contact_points.all()] == ["post@vest.example"]
    newcomer = Employee.objects.create_employee(issuer="https://idp.example", subject="ny", display_name="Ny")
    client.post(f"/admin/roles/employee/{newcomer.pk}/change/", {"display_name": "Ny", "organisation": organisation.pk})
    given = {"employee": newcomer.pk, "kind": "ORGANISATION", "organisation": organisation.pk}
    assert client.post("/admin/roles/administratorship/add/", given | {"reason": "Ny rolle"}).status_code == 302
    assert administers(Employee.objects.get(pk=newcomer.pk)).may_appoint == {organisation.pk}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"organisation_number": "310000018"}, "Organisasjonsnummeret er ikke gyldig."),
        ({"contact_points-TOTAL_FORMS": "0"}, "minst ett kontaktpunkt"),
        ({"contact_points-0-email": "vest"}, "e-postadresse"),
        ({"kommuner": ["0000"]}, "0000"),
    ],
)
def test_a_wrong_organisation_is_said_at_the_field_and_loses_nothing(changes: dict[str, object], message: str) -> None:
    page = browser(central_administrator()).post("/admin/roles/organisation/add/", organisation_form(**changes))
    assert page.status_code == 200
    assert message in page.content.decode()
    assert 'value="Vest kommune"' in page.content.decode()
    assert not Organisation.objects.exists()


def test_its_own_administrator_changes_the_contact_points_and_reads_the_rest(nord: Tenant) -> None:
    Organisation.objects.update(organisation_number="310000019")
    Administratorship.objects.create(
        employee=nord.caseworker, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    address = f"/admin/roles/organisation/{nord.organisation.pk}/change/"
    sent = organisation_form(name="Andre kommune", kommuner=["0301"], role_contact="Rådhuset")
    assert browser(nord.caseworker).post(address, sent).status_code == 302
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.kommuner) == ("Nord kommune", [])
    assert (organisation.role_contact, organisation.language) == ("Rådhuset", "nn")
    assert organisation.contact_points.get().name == "Servicetorget"


def test_a_group_is_made_changed_and_gives_its_members_the_role(nord: Tenant) -> None:
    client = browser(nord.administrator)
    sent = {"organisation": nord.organisation.pk, "name": "Opptak", "members": [nord.caseworker.pk], "reason": "Opptak"}
    assert client.post("/admin/roles/group/add/", sent).status_code == 302
    group = Group.objects.get()
    give_role(role=nord.role, by=nord.administrator, group=group)
    assert live_roles(nord.caseworker) == [nord.role]
    assert (
        client.post(f"/admin/roles/group/{group.pk}/change/", {"name": "Opptak", "reason": "Slutt"}).status_code == 302
    )
    assert live_roles(nord.caseworker) == []


def test_the_neighbours_employees_cannot_be_chosen(nord: Tenant) -> None:
    stranger = tenant("Sør")
    client = browser(nord.administrator)
    sent = {
        "organisation": nord.organisation.pk,
        "name": "Opptak",
        "members": [stranger.caseworker.pk],
        "reason": "Opptak",
    }
    assert client.post("/admin/roles/group/add/", sent).status_code == 200
    assert not Group.objects.exists()
    assert "Saksbehandler Sør" not in client.get("/admin/roles/group/add/").content.decode()


def act(client: Client, page: str, action: str, *chosen: object) -> None:
    sent = {"action": action, "_selected_action": [str(pk) for pk in chosen], f"{action}_now": "1", "reason": "Sluttet"}
    client.post(f"/admin/roles/{page}/", sent)


def test_an_employee_is_locked_out_at_once_and_let_in_again(nord: Tenant) -> None:
    give_role(role=nord.role, by=nord.administrator, employee=nord.caseworker)
    theirs, administrator = browser(nord.caseworker), browser(nord.administrator)
    assert theirs.get("/rolle/").status_code == 200
    act(administrator, "employee", "deactivate", nord.caseworker.pk)
    assert theirs.get("/rolle/").headers["Location"].startswith("/logg-inn/")
    act(administrator, "employee", "activate", nord.caseworker.pk)
    assert Employee.objects.get(pk=nord.caseworker.pk).is_active


def test_one_who_cannot_be_locked_out_leaves_all_as_they_were(nord: Tenant) -> None:
    act(browser(nord.administrator), "employee", "deactivate", nord.caseworker.pk, nord.administrator.pk)
    assert Employee.objects.filter(is_active=False).count() == 0


def test_the_neighbours_cannot_be_acted_on(nord: Tenant) -> None:
    stranger = tenant("Sør")
    act(browser(nord.administrator), "employee", "deactivate", stranger.caseworker.pk)
    right = stranger.administrator.administratorships.get()
    act(browser(nord.administrator), "administratorship", "withdraw", right.pk)
    assert Employee.objects.get(pk=stranger.caseworker.pk).is_active
    assert Administratorship.objects.filter(pk=right.pk).exists()


def test_an_appointment_begins_at_the_employee(nord: Tenant) -> None:
    client = browser(central_administrator())
    page = client.get(f"/admin/roles/employee/{nord.caseworker.pk}/change/").content.decode()
    address = f"/admin/roles/administratorship/add/?employee={nord.caseworker.pk}"
    assert address in page
    assert "Saksbehandler Nord" in client.get(address).content.decode()


def test_nobody_is_offered_whom_one_may_not_appoint(nord: Tenant) -> None:
    stranger = tenant("Sør")
    Administratorship.objects.create(
        employee=nord.administrator, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    for asked in (stranger.caseworker.pk, "x", ""):
        page = browser(nord.administrator).get(f"/admin/roles/administratorship/add/?employee={asked}").content.decode()
        assert "Saksbehandler Sør" not in page


def test_kommuner_stand_under_their_fylke_which_is_open_where_one_is_chosen(nord: Tenant) -> None:
    Organisation.objects.filter(pk=nord.organisation.pk).update(kommuner=["1870", "1871"])
    page = browser(central_administrator()).get(f"/admin/roles/organisation/{nord.organisation.pk}/change/")
    folds = page.content.decode().split("<details")[1:]
    opened = [
        " ".join(fold.partition("<summary>")[2].partition("</summary>")[0].split())
        for fold in folds
        if fold.lstrip().startswith("open")
    ]
    assert opened == ["Nordland (2 valgt)"]
    assert len(folds) == 15


def test_a_kommune_that_is_no_more_stays_chosen_until_it_is_taken_away(nord: Tenant) -> None:
    Organisation.objects.filter(pk=nord.organisation.pk).update(kommuner=["1601"])
    address = f"/admin/roles/organisation/{nord.organisation.pk}/change/"
    client = browser(central_administrator())
    assert "Ikke lenger egne kommuner" in client.get(address).content.decode()
    assert client.post(address, organisation_form(kommuner=["1601", "5001"])).status_code == 302
    assert Organisation.objects.get(pk=nord.organisation.pk).kommuner == ["1601", "5001"]
