"""Employees chosen in the administration's forms: from a list when there are few, else by name or code."""

import pytest
from django.contrib.admin import site
from django.db.models import Model
from django.http import HttpRequest
from django.test import RequestFactory

from roles.admin.choosing.picker import FEW, NOBODY
from roles.models import AccessReview, AdministratorKind, Administratorship, Employee, Group, RoleAssignment
from tests.roles.colleagues import colleagues, many_colleagues
from tests.roles.crowds import browser, crowded
from tests.roles.reviews.campaigns import opened_review
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
GIVING, SUGGESTIONS = "/admin/roles/roleassignment/add/", "/admin/roles/employee/forslag/"


@pytest.fixture
def nord() -> Tenant:
    return crowded("Nord")


def give(where: Tenant, **choice: object) -> str:
    """The page of the answer; "" when the role was given."""
    sent = {"role": where.role.pk, "valid_from": "2026-01-01T08:00", "reason": "Ny", **choice}
    response = browser(where.administrator).post(GIVING, sent)
    return response.content.decode() if response.status_code == 200 else ""


def received() -> list[str]:
    return [str(assignment.employee) for assignment in RoleAssignment.objects.all()]


def test_few_stand_in_a_list_and_more_are_written() -> None:
    small = tenant("Nord")
    many_colleagues(small.organisation, FEW - Employee.objects.count())
    page = browser(small.administrator).get(GIVING).content.decode()
    assert page.count("Kollega 0") == FEW - 2
    assert 'name="employee_text"' not in page
    many_colleagues(small.organisation, 1)
    page = browser(small.administrator).get(GIVING).content.decode()
    assert "Kollega 0" not in page
    assert 'name="employee_text"' in page


def test_in_a_list_each_has_what_tells_them_apart() -> None:
    small = tenant("Nord")
    first, _second = colleagues(small.organisation, "Kari Berg", "Kari Berg")
    page = browser(small.administrator).get(GIVING).content.decode()
    assert f">Kari Berg (kode {first.code})<" in page
    assert ">Saksbehandler Nord<" in page


def test_a_code_or_a_whole_name_chooses(nord: Tenant) -> None:
    (kari,) = colleagues(nord.organisation, "Kari Berg")
    assert give(nord, employee_text="kollega 007") == ""
    assert give(nord, employee_text=kari.code) == ""
    assert sorted(received()) == ["Kari Berg", "Kollega 007"]


def test_a_part_of_a_name_comes_back_with_those_who_fit_and_what_was_written(nord: Tenant) -> None:
    page = give(nord, employee_text="Kollega 01", reason="Ny i jobben")
    assert "Velg hvem du mener i listen." in page
    assert page.count('type="radio"') == 11 + 1, "those who fit, and nobody"
    assert 'value="Kollega 01"' in page
    assert 'value="Ny i jobben"' in page
    assert received() == []


def test_who_was_picked_among_them_is_chosen(nord: Tenant) -> None:
    picked = Employee.objects.get(display_name="Kollega 013")
    assert give(nord, employee=picked.pk, employee_text="Kollega 01") == ""
    assert received() == ["Kollega 013"]


def test_what_is_written_afterwards_counts_for_more_than_who_was_picked_before(nord: Tenant) -> None:
    picked = Employee.objects.get(display_name="Kollega 013")
    assert give(nord, employee=picked.pk, employee_text="Kollega 020") == ""
    assert received() == ["Kollega 020"]


def test_who_was_chosen_is_still_chosen_when_the_page_comes_back_for_something_else(nord: Tenant) -> None:
    page = give(nord, employee_text="Kollega 020", valid_from="")
    assert page.count("checked") == 1
    assert f'value="{Employee.objects.get(display_name="Kollega 020").pk}"' in page


def test_a_choice_is_taken_away_again(nord: Tenant) -> None:
    page = give(nord, employee=NOBODY, employee_text="Kollega 01")
    assert "Velg enten en ansatt, en gruppe eller en integrasjon." in page
    assert received() == []


def test_the_page_can_begin_with_somebody(nord: Tenant) -> None:
    page = browser(nord.administrator).get(f"{GIVING}?employee={nord.caseworker.pk}").content.decode()
    assert "Saksbehandler Nord" in page
    assert page.count("checked") == 1


@pytest.mark.parametrize("written", ["Ukjent", "Saksbehandler Sør", "{code}"])
def test_nobody_of_this_name_and_somebody_elsewhere_are_answered_alike(nord: Tenant, written: str) -> None:
    stranger = tenant("Sør").caseworker
    page = give(nord, employee_text=written.format(code=stranger.code))
    assert "Fant ingen du kan velge med dette navnet eller denne koden." in page
    assert str(stranger.pk) not in page


@pytest.mark.parametrize("who", ["stranger", "locked", "nonsense"])
def test_an_id_that_cannot_be_chosen_is_refused(nord: Tenant, who: str) -> None:
    locked, *_rest = colleagues(nord.organisation, "Sperret")
    Employee.objects.filter(pk=locked.pk).update(is_active=False)
    key = {"stranger": tenant("Sør").caseworker.pk, "locked": locked.pk, "nonsense": "x"}[who]
    assert "Den du valgte, kan ikke velges lenger." in give(nord, employee=key)
    assert received() == []


def test_roles_and_groups_say_whose_they_are_to_who_administers_several() -> None:
    nord, east = tenant("Nord"), tenant("Øst")
    assert ">Opptak<" in browser(nord.administrator).get(GIVING).content.decode()
    Administratorship.objects.create(
        employee=nord.administrator, organisation=east.organisation, kind=AdministratorKind.ROLE
    )
    page = browser(nord.administrator).get(GIVING).content.decode()
    assert ">Opptak (Nord kommune)<" in page
    assert ">Opptak (Øst kommune)<" in page
    assert ">Saksbehandler Øst (Øst kommune)<" in page


def suggested(who: Employee, text: str, **sent: object) -> str:
    asked = {"picker": "employee", "kind": "one", "employee_text": text, **sent}
    response = browser(who).post(SUGGESTIONS, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_suggestions_are_the_list_that_the_form_would_come_back_with(nord: Tenant) -> None:
    page = suggested(nord.administrator, "Kollega 01")
    assert page.count('type="radio"') == 11 + 1
    assert "11 treff." in page
    assert 'type="radio"' not in suggested(nord.administrator, "")
    assert "Ingen treff." in suggested(nord.administrator, "Ukjent")


def test_suggestions_are_of_ones_own_organisations_whatever_is_asked(nord: Tenant) -> None:
    stranger = tenant("Sør")
    for within in ("", str(stranger.organisation.pk), "x"):
        for written in ("Saksbehandler Sør", stranger.caseworker.code):
            for kind in ("one", "many"):
                assert "Sør kommune" not in suggested(nord.administrator, written, kind=kind, within=within)


def test_suggestions_within_an_organisation_leave_the_others_out(nord: Tenant) -> None:
    east = tenant("Øst")
    Administratorship.objects.create(
        employee=nord.administrator, organisation=east.organisation, kind=AdministratorKind.ROLE
    )
    assert "2 treff" in suggested(nord.administrator, "Saksbehandler")
    assert "1 treff" in suggested(nord.administrator, "Saksbehandler", within=str(east.organisation.pk))


# --- an access review ---


def test_a_review_is_opened_by_names_and_handed_over_by_name(nord: Tenant) -> None:
    assert give(nord, employee=nord.caseworker.pk) == ""
    sent = {
        "organisation": nord.organisation.pk,
        "name": "Høsten",
        "reviewer_text": "Kollega 001",
        "deputy_text": "Kollega 002",
        "remind_at": "2099-01-01T08:00",
        "deadline": "2099-01-08T08:00",
    }
    assert browser(nord.administrator).post("/admin/roles/accessreview/add/", sent).status_code == 302
    review = AccessReview.objects.get()
    role = review.items.filter(role_name="Opptak")
    assert [str(item.reviewer) for item in role] == ["Kollega 001"]
    address = f"/admin/roles/accessreview/{review.pk}/change/"
    handing_over = {"act": "hand-over", "role_name": "Opptak", "reviewer_text": "Kollega 003"}
    assert browser(nord.administrator).post(address, handing_over).status_code == 302
    assert [str(item.reviewer) for item in role.all()] == ["Kollega 003"]


def test_a_review_is_handed_over_to_nobody_that_is_unclear(nord: Tenant) -> None:
    review = opened_review(nord)
    before = [item.reviewer_id for item in review.items.all()]
    address = f"/admin/roles/accessreview/{review.pk}/change/"
    role_name = review.items.values_list("role_name", flat=True)[0]
    sent = {"act": "hand-over", "role_name": role_name, "reviewer_text": "Kollega 00"}
    page = browser(nord.administrator).post(address, sent)
    assert page.content.decode().count('type="radio"') == 10
    assert "Velg hvem du mener i listen." in page.content.decode()
    assert [item.reviewer_id for item in review.items.all()] == before


@pytest.mark.parametrize("model", [RoleAssignment, Group, AccessReview])
def test_two_pages_made_at_the_same_time_never_share_whom_they_choose_among(model: type[Model]) -> None:
    """Makes both classes of forms before either form is drawn, as two threads would."""
    page = site._registry[model]
    forms = [page.get_form(_asking(tenant(name).administrator)) for name in ("Nord", "Sør")]
    drawn = [str(form()) for form in forms]
    assert ["Saksbehandler Nord" in each for each in drawn] == [True, False]
    assert ["Saksbehandler Sør" in each for each in drawn] == [False, True]


def _asking(who: Employee) -> HttpRequest:
    request = RequestFactory().get("/admin/")
    request.user = who
    return request
