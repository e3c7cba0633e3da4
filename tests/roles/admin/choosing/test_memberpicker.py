"""The members of a large group, added and removed by name or code."""

import pytest

from roles.models import AdministratorKind, Administratorship, Employee, Group
from roles.people.groups import create_group
from tests.roles.colleagues import colleagues, many_colleagues
from tests.roles.crowds import browser, crowded
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
GROUP = "/admin/roles/group/add/"


@pytest.fixture
def nord() -> Tenant:
    return crowded("Nord")


def group_of(where: Tenant, *members: Employee) -> Group:
    return create_group(organisation=where.organisation, name="Opptak", members=members, by=where.administrator)


def change(where: Tenant, group: Group, **sent: object) -> str:
    """The page of the answer; "" when the group was changed."""
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
