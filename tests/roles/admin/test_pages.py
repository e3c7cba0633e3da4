"""A role is made, given and withdrawn on the pages of the administration, in one's own organisation only."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation

from roles.access import access_for
from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.models import Employee, LegalBasis, Role, RoleAssignment, Use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def account(label: str) -> Employee:
    return Employee.objects.get(display_name=label)


@pytest.fixture
def as_account(client: Client) -> Callable[[str], Client]:
    def log_in(label: str) -> Client:
        client.force_login(account(label))
        return client

    return log_in


def content(**changes: object) -> dict[str, object]:
    """The form of the second step, filled in."""
    now = timezone.localtime()
    return {
        "name": "Barnehagetilsyn",
        "reason": "Opptaket begynner",
        "valid_from": now.strftime("%Y-%m-%dT00:00"),
        "legal_bases": ["folkeregisterloven-10-1", "barnehageloven-opptak"],
        "elements": ["navn", "foedsel", "foreldreansvar"],
        "uses": ["SEARCH"],
    } | changes


def new_role(client: Client) -> Role:
    organisation = account("Rolleadministrator").organisation
    assert organisation is not None
    first = {"organisation": str(organisation.pk), "service_area": "BARNEHAGE", "name": "Barnehagetilsyn"}
    response = client.post("/admin/roles/role/add/", first)
    role = Role.objects.get(name="Barnehagetilsyn")
    assert response.headers["Location"] == f"/admin/roles/role/{role.pk}/change/"
    return role


def change_page(role: Role) -> str:
    return f"/admin/roles/role/{role.pk}/change/"


def test_a_role_is_made_on_its_legal_bases_and_given_and_works_at_the_next_request(
    as_account: Callable[[str], Client],
) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    assert client.post(change_page(role), content()).status_code == 302
    newcomer = account("Nyansatt")
    given = {"role": role.pk, "employee": newcomer.pk, "valid_from": "2026-01-01T00:00", "reason": "Ny i jobben"}
    assert client.post("/admin/roles/roleassignment/add/", given).status_code == 302
    access = access_for(newcomer, role.pk, Use.SEARCH)
    assert access.elements == {"navn", "foedsel", "foreldreansvar"}


def test_a_new_role_opens_nothing(as_account: Callable[[str], Client]) -> None:
    role = new_role(as_account("Rolleadministrator"))
    assert (role.elements, role.uses) == ([], [])


def test_an_element_that_no_chosen_basis_opens_is_refused_at_the_field(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    page = client.post(change_page(role), content(legal_bases=["folkeregisterloven-10-1"]))
    assert page.status_code == 200
    errors = page.context["adminform"].form.errors
    assert list(errors) == ["elements"]
    assert "Foreldreansvar" in str(errors["elements"])
    assert Role.objects.get(pk=role.pk).elements == []


def test_only_legal_bases_of_the_service_area_can_be_chosen(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    page = client.post(change_page(role), content(legal_bases=["barnevernsloven-barnevern"]))
    assert "legal_bases" in page.context["adminform"].form.errors


def element_rows(page: str) -> dict[str, str]:
    """What the form says about each element, in one line: its state, its box, its name, and the reason."""
    rows = (re.sub(r"\s+", " ", row) for row in page.split('<div class="element"')[1:])
    return {key: row for row in rows if (key := row.partition('value="')[2].partition('"')[0])}


def plain(row: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", row.partition("<label")[2].partition(">")[2]).split())


def test_a_chosen_element_shows_the_legal_basis_of_the_role_that_opens_it(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    client.post(change_page(role), content())
    row = element_rows(client.get(change_page(role)).content.decode())["foreldreansvar"]
    assert row.startswith(" data-open>")
    shown = re.sub(r"<li[^>]* hidden>.*?</li>", "", row)
    assert plain(shown).startswith("Foreldreansvar Åpnes av")
    assert "Barnehageloven § 47" in plain(shown)


def test_what_the_ticked_bases_do_not_open_is_greyed_and_says_which_would(
    as_account: Callable[[str], Client],
) -> None:
    client = as_account("Rolleadministrator")
    rows = element_rows(client.get(change_page(new_role(client))).content.decode())
    assert "data-open" not in rows["navn"]
    assert "Krever lovhjemmel:" in plain(rows["navn"])
    assert "Folkeregisterloven § 10-1 første ledd; jf. § 9-1 andre ledd (forslag)" in plain(rows["navn"])
    assert " disabled" not in rows["navn"]


def test_what_no_basis_of_the_area_opens_cannot_be_ticked_and_says_why(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    rows = element_rows(client.get(change_page(new_role(client))).content.decode())
    assert "data-open" not in rows["legitimasjonsdokument"]
    assert " disabled" in rows["legitimasjonsdokument"]
    assert plain(rows["legitimasjonsdokument"]).endswith("Ingen lovhjemmel i tjenesteområdet åpner den.")


def test_a_basis_that_has_expired_opens_nothing_in_the_form(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    client.post(change_page(role), content())
    LegalBasis.objects.filter(key="barnehageloven-opptak").update(valid_to=timezone.localdate())
    row = element_rows(client.get(change_page(role)).content.decode())["foreldreansvar"]
    assert "data-open" not in row
    assert " checked" in row
    assert " disabled" not in row


def test_an_element_that_is_greyed_is_refused_when_it_is_sent_all_the_same(
    as_account: Callable[[str], Client],
) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    page = client.post(change_page(role), content(elements=["navn", "legitimasjonsdokument"]))
    assert "elements" in page.context["adminform"].form.errors
    assert Role.objects.get(pk=role.pk).elements == []


def test_an_area_that_may_not_hold_confidential_elements_says_so(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    organisation = account("Rolleadministrator").organisation_id
    first = {"organisation": str(organisation), "service_area": "DEMOKRATI_AAPENHET", "name": "Høring"}
    page = client.post("/admin/roles/role/add/", first, follow=True).content.decode()
    said = plain(element_rows(page)["foreldreansvar"])
    assert said == "Foreldreansvar Tjenesteområdet kan ikke ha taushetsbelagte opplysninger."


def test_the_service_area_never_changes(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    client.post(change_page(role), content(service_area="HELSE"))
    assert Role.objects.get(pk=role.pk).service_area_id == "BARNEHAGE"


def test_changes_stand_in_the_log_of_the_organisation_with_who_made_them(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = new_role(client)
    client.post(change_page(role), content())
    entries = AuditEntry.objects.of_organisation(role.organisation_id).by_actor(str(account("Rolleadministrator").pk))
    assert [entry.event for entry in entries][-2:] == ["role:role:created", "role:role:changed"]


def test_a_withdrawn_role_is_gone_at_the_next_request_and_its_assignment_is_kept(
    as_account: Callable[[str], Client],
) -> None:
    client = as_account("Rolleadministrator")
    caseworker = account("Saksbehandler helse")
    assignment = caseworker.assignments.get()
    assert withdraw(client, assignment).status_code == 302
    assert live_roles(caseworker) == []
    assert RoleAssignment.objects.filter(pk=assignment.pk).exists()


def withdraw(client: Client, assignment: RoleAssignment, **sent: str) -> HttpResponse:
    """Withdraws by the action of the list and the page that asks for a reason."""
    chosen = {"action": "withdraw", "_selected_action": [str(assignment.pk)]}
    return client.post("/admin/roles/roleassignment/", chosen | ({"withdraw_now": "1", "reason": "Sluttet"} | sent))


def test_a_role_is_not_withdrawn_without_a_reason(as_account: Callable[[str], Client]) -> None:
    client, caseworker = as_account("Rolleadministrator"), account("Saksbehandler helse")
    page = withdraw(client, caseworker.assignments.get(), reason="")
    assert page.status_code == 200
    assert "reason" in page.context["form"].errors
    assert "Saksbehandler helse" in page.content.decode()
    assert len(live_roles(caseworker)) == 1


def test_a_number_in_a_reason_is_refused(as_account: Callable[[str], Client]) -> None:
    client, caseworker = as_account("Rolleadministrator"), account("Saksbehandler helse")
    page = withdraw(client, caseworker.assignments.get(), reason="Gjaldt 04834598502")
    assert "Skriv ikke fødselsnummer" in page.content.decode()
    assert len(live_roles(caseworker)) == 1


def test_nobody_gives_themselves_a_role(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = live_roles(account("Saksbehandler helse"))[0]
    given = {"role": role.pk, "employee": account("Rolleadministrator").pk}
    page = client.post("/admin/roles/roleassignment/add/", given | {"valid_from": "2026-01-01T00:00", "reason": "Selv"})
    assert "Du kan ikke gi deg selv en rolle." in page.content.decode()
    assert live_roles(account("Rolleadministrator")) == []


def neighbours_role() -> Role:
    return live_roles(account("Saksbehandler nabokommune"))[0]


def test_the_neighbours_roles_people_and_assignments_do_not_exist_for_the_administrator(
    as_account: Callable[[str], Client],
) -> None:
    client = as_account("Rolleadministrator")
    role, assignment = neighbours_role(), neighbours_role().assignments.get()
    for page in ("role", "roleassignment", "employee"):
        assert "nabokommune" not in client.get(f"/admin/roles/{page}/").content.decode()
    assert client.post(change_page(role), content()).status_code == 302
    assert Role.objects.get(pk=role.pk).name == role.name
    withdraw(client, assignment)
    assert live_roles(account("Saksbehandler nabokommune")) == [role]


def test_a_role_is_not_given_to_an_employee_of_another_organisation(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    role = live_roles(account("Saksbehandler helse"))[0]
    given = {"role": role.pk, "employee": account("Saksbehandler nabokommune").pk}
    page = client.post("/admin/roles/roleassignment/add/", given | {"valid_from": "2026-01-01T00:00"})
    assert "employee" in page.context["adminform"].form.errors


def test_the_privacy_officer_reads_and_changes_nothing(as_account: Callable[[str], Client]) -> None:
    client = as_account("Personvernombud")
    role = live_roles(account("Saksbehandler helse"))[0]
    assert client.get(change_page(role)).status_code == 200
    read = " ".join(client.get(change_page(role)).content.decode().split())
    assert "Folkeregisterloven § 10-1 første ledd; jf. § 9-1 andre ledd (forslag)" in read
    assert "<li>Navn: Folkeregisterloven § 10-1 første ledd; jf. § 9-1 andre ledd (forslag)" in read
    assert "Oppslag" in read
    assert client.get("/admin/roles/roleassignment/").status_code == 200
    assert client.post(change_page(role), content()).status_code == 403
    assert client.get("/admin/roles/role/add/").status_code == 403
    assert client.get("/admin/roles/roleassignment/add/").status_code == 403


@pytest.mark.parametrize("label", ["Saksbehandler helse", "Nyansatt"])
def test_who_administers_nothing_gets_no_administration(as_account: Callable[[str], Client], label: str) -> None:
    client = as_account(label)
    for page in ("/admin/", "/admin/roles/role/", "/admin/roles/employee/"):
        assert client.get(page, follow=True).status_code == 403


def test_an_administratorship_taken_away_is_gone_at_the_next_request(as_account: Callable[[str], Client]) -> None:
    client = as_account("Rolleadministrator")
    assert client.get("/admin/").status_code == 200
    account("Rolleadministrator").administratorships.all().delete()
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("label", ["Rolleadministrator", "Personvernombud"])
def test_administering_opens_no_person_data(as_account: Callable[[str], Client], label: str) -> None:
    client = as_account(label)
    assert client.get("/oppslag/").status_code == 403
    assert client.get("/innbyggerlister/").status_code == 403


BROKEN = {
    "nb": "Dette går ikke sammen med noe som er registrert fra før.",
    "nn": "Dette går ikkje saman med noko som er registrert frå før.",
    "en": "This does not go together with something that is registered already.",
}


@pytest.mark.parametrize("language", BROKEN)
def test_a_rule_of_the_database_is_never_named_on_a_page(language: str) -> None:
    role = Role.objects.first()
    assert role is not None
    twin = Role(organisation=role.organisation, name=role.name, service_area=role.service_area)
    with translation.override(language), pytest.raises(ValidationError) as told:
        twin.validate_constraints()
    assert told.value.messages == [BROKEN[language]]
