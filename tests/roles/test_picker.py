"""Employees chosen in the administration's forms: from a list where there are few, else by name or code."""

import pytest
from django.test import Client

from roles.admin.picker import FEW, NOBODY
from roles.groups import create_group
from roles.models import AccessReview, AdministratorKind, Administratorship, Employee, Group, RoleAssignment
from tests.roles.accesses.campaigns import opened_review
from tests.roles.colleagues import colleagues, many_colleagues
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
GIVING, GROUP, SUGGESTIONS = (
    f"/admin/roles/{page}/" for page in ("roleassignment/add", "group/add", "employee/forslag")
)


@pytest.fixture
def nord() -> Tenant:
    """So many employees that none of its pages lists them."""
    made = tenant("Nord")
    many_colleagues(made.organisation)
    return made


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def give(where: Tenant, **choice: object) -> str:
    """The page that answers, or nothing where the role was given."""
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


# --- the members of a group ---


def group_of(where: Tenant, *members: Employee) -> Group:
    return create_group(organisation=where.organisation, name="Opptak", members=members, by=where.administrator)


def change(where: Tenant, group: Group, **sent: object) -> str:
    """The page that answers, or nothing where the group was changed."""
    address = f"/admin/roles/group/{group.pk}/change/"
    response = browser(where.administrator).post(
        address, {"name": "Opptak", "members_part": "1", "reason": "Ny", **sent}
    )
    return response.content.decode() if response.status_code == 200 else ""


def members(group: Group) -> list[str]:
    return [str(employee) for employee in group.members.order_by("display_name")]


def test_members_are_added_by_name_and_code_and_those_who_were_there_stay(nord: Tenant) -> None:
    (kari,) = colleagues(nord.organisation, "Kari Berg")
    group = group_of(nord, nord.caseworker)
    assert change(nord, group, members_text=f"{kari.code}\r\n\r\nkollega 007\r\nKari Berg\r\n") == ""
    assert members(group) == ["Kari Berg", "Kollega 007", "Saksbehandler Nord"]


def test_a_new_group_has_the_members_that_are_written(nord: Tenant) -> None:
    sent = {"organisation": nord.organisation.pk, "name": "Ny", "members_part": "1", "members_text": "Kollega 001"} | {
        "reason": "Ny"
    }
    assert browser(nord.administrator).post(GROUP, sent).status_code == 302
    assert members(Group.objects.get()) == ["Kollega 001"]


def test_every_line_that_is_unclear_is_said_and_none_is_lost(nord: Tenant) -> None:
    group = group_of(nord)
    page = change(nord, group, members_text="Kollega 01\nUkjent\nKollega 020")
    assert "Velg hvem du mener med «Kollega 01»." in page
    assert "Fant ingen du kan velge med navnet eller koden «Ukjent»." in page
    assert "Kollega 01\nUkjent\nKollega 020</textarea>" in page
    assert page.count('name="members"') == 11, "boxes for those who fit the first line; the last line is clear"
    assert members(group) == []


def test_those_who_are_ticked_for_a_line_are_added(nord: Tenant) -> None:
    group = group_of(nord)
    ticked = [Employee.objects.get(display_name=f"Kollega 01{number}").pk for number in (2, 4)]
    assert change(nord, group, members=ticked, members_text="Kollega 01\nKollega 020") == ""
    assert members(group) == ["Kollega 012", "Kollega 014", "Kollega 020"]


def test_members_are_taken_out_by_their_boxes(nord: Tenant) -> None:
    first, second, *_rest = Employee.objects.filter(display_name__startswith="Kollega")
    group = group_of(nord, first, second)
    page = browser(nord.administrator).get(f"/admin/roles/group/{group.pk}/change/").content.decode()
    assert page.count('name="members_out"') == 2
    assert change(nord, group, members_out=[first.pk]) == ""
    assert members(group) == [str(second)]


def test_members_of_a_very_large_group_are_taken_out_by_name(nord: Tenant) -> None:
    group = group_of(nord, *many_colleagues(nord.organisation, 250))
    page = browser(nord.administrator).get(f"/admin/roles/group/{group.pk}/change/").content.decode()
    assert 'name="members_out"' not in page
    assert "Kollega 1" not in page
    assert change(nord, group, members_out_text="Kollega 200\nKollega 201") == ""
    assert len(members(group)) == 248
    assert "Velg hvem du mener med «Kollega 20»." in change(nord, group, members_out_text="Kollega 20")


def test_somebody_who_came_in_meanwhile_is_not_put_out(nord: Tenant) -> None:
    first, second, third, *_rest = Employee.objects.filter(display_name__startswith="Kollega")
    group = group_of(nord, first, second)
    group.members.add(third)
    change(nord, group, members_out=[first.pk])
    assert members(group) == [str(second), str(third)]


def test_the_neighbours_employees_come_into_no_group(nord: Tenant) -> None:
    stranger, group = tenant("Sør").caseworker, group_of(nord)
    assert "Fant ingen" in change(nord, group, members_text=stranger.code)
    assert "kan ikke velges lenger" in change(nord, group, members=[stranger.pk])
    assert members(group) == []


def test_somebody_who_was_locked_out_stays_in_their_groups() -> None:
    small = tenant("Nord")
    group = group_of(small, small.caseworker)
    Employee.objects.filter(pk=small.caseworker.pk).update(is_active=False)
    client = browser(small.administrator)
    address = f"/admin/roles/group/{group.pk}/change/"
    assert "Saksbehandler Nord (sperret)" in client.get(address).content.decode()
    assert client.post(address, {"name": "Opptak", "members": [small.caseworker.pk], "reason": "Ny"}).status_code == 302
    assert members(group) == ["Saksbehandler Nord"]


def test_who_may_only_look_reads_the_first_of_many_members(nord: Tenant) -> None:
    group = group_of(nord, *many_colleagues(nord.organisation, 250))
    officer = nord.caseworker
    Administratorship.objects.create(employee=officer, organisation=nord.organisation, kind=AdministratorKind.PRIVACY)
    page = browser(officer).get(f"/admin/roles/group/{group.pk}/change/").content.decode()
    assert "Kollega 000" in page
    assert "og 150 til" in page


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
