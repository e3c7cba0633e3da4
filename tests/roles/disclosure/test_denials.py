"""A request for a file, order or reference of somebody else is logged for the employee who asked, with the network."""

import uuid

import pytest
from django.test import Client

from citizenlists.models import CitizenList, State
from tests.citizenlists import caseworkers
from tests.citizenlists.conftest import fjellro, havbris, school
from tests.citizenlists.conftest import neighbour as neighbours_school
from tests.lookup.conftest import log, narrow, neighbour, nordvaag, register, soerdal, wide
from tests.lookup.log import Log
from tests.lookup.people import NOBODY, Caseworker
from tests.lookup.register import Register

__all__ = [
    "fjellro",
    "havbris",
    "log",
    "narrow",
    "neighbour",
    "neighbours_school",
    "nordvaag",
    "register",
    "school",
    "soerdal",
    "wide",
]

pytestmark = pytest.mark.django_db
ADDRESS, NETWORK = "203.0.113.77", "203.0.113.0/24"


def came_from(client: Client) -> Client:
    client.defaults["REMOTE_ADDR"] = ADDRESS
    return client


@pytest.mark.parametrize("who", ["wide", "neighbour"])
def test_a_reference_of_somebody_else_is_logged_for_the_employee_who_tried_it(
    narrow: Caseworker, register: Register, log: Log, request: pytest.FixtureRequest, who: str
) -> None:
    other: Caseworker = request.getfixturevalue(who)
    address = narrow.search(number=NOBODY).headers["Location"]
    theirs, nobodys = came_from(other.client).get(address), other.client.get("/oppslag/person/" + "x" * 22 + "/")
    assert theirs.status_code == nobodys.status_code == 404
    refused = log.entries("lookup:reference:refused")
    assert [entry["details"] for entry in refused] == [
        {"network": NETWORK, "is_anothers": True},
        {"network": NETWORK, "is_anothers": False},
    ]
    assert {entry["actor"]["id"] for entry in refused} == {str(other.employee.pk)}
    assert {entry["organisation"] for entry in refused} == {str(other.role.organisation_id)}
    assert ADDRESS not in str(refused)


def test_a_search_and_the_ways_on_from_a_page_are_denied_and_logged_too(
    narrow: Caseworker, neighbour: Caseworker, register: Register, log: Log
) -> None:
    person = narrow.search(number=NOBODY).headers["Location"]
    hits = narrow.search(name="Ingen Slik", birth_date="05.03.2018").headers["Location"]
    neighbour.client.get(hits)
    neighbour.client.head(person)
    neighbour.client.post(f"{person}relatert/", {"number": NOBODY})
    neighbour.client.post(f"{person}begrunnelse/", {"reason": "Varsling etter loven"})
    assert [entry["details"]["is_anothers"] for entry in log.entries("lookup:reference:refused")] == [True] * 4


def test_very_many_denials_are_logged_as_a_reached_limit_and_do_not_fill_the_log(narrow: Caseworker, log: Log) -> None:
    for number in range(60):
        assert narrow.client.get(f"/oppslag/person/{number:022}/").status_code == 404
    assert len(log.entries("lookup:reference:refused")) == 50
    (told,) = log.entries("limit:person:reached")
    assert (told["details"]["limit"], told["details"]["most"]) == ("denials", 50)
    assert 59 * 60 < told["details"]["seconds"] <= 60 * 60


def test_a_list_of_the_other_organisation_is_logged_for_the_employee_who_tried_it(
    school: caseworkers.Caseworker, neighbours_school: caseworkers.Caseworker, log: Log
) -> None:
    order = school.order()
    for path in ("", "last-ned/"):
        assert came_from(neighbours_school.client).get(f"/innbyggerlister/{order.pk}/{path}").status_code == 404
    neighbours_school.client.post(f"/innbyggerlister/{order.pk}/avbryt/")
    neighbours_school.client.get(f"/innbyggerlister/{uuid.uuid4()}/")
    refused = log.entries("list:order:refused")
    assert [entry["details"].get("order") == str(order.pk) for entry in refused] == [True, True, True, False]
    assert {entry["details"]["network"] for entry in refused} == {NETWORK}
    assert {entry["organisation"] for entry in refused} == {str(neighbours_school.role.organisation_id)}


def test_an_order_beyond_the_role_is_logged(school: caseworkers.Caseworker, log: Log) -> None:
    typed = {"template": "fritt-utvalg", "kommune": "0301", "born_from": "2019", "born_to": "2020", "elements": ["x"]}
    assert school.client.post("/innbyggerlister/bestill/", typed).status_code == 422
    assert [entry["details"]["beyond_role"] for entry in log.entries("list:order:refused")] == [["kommune", "elements"]]
    assert school.client.post("/innbyggerlister/bestill/", {"template": "fritt-utvalg"}).status_code == 422
    assert len(log.entries("list:order:refused")) == 1


def test_a_file_that_the_role_no_longer_gives_is_logged(school: caseworkers.Caseworker, log: Log) -> None:
    order = school.order()
    CitizenList.objects.update(state=State.READY, expires_at="2999-01-01T00:00Z", elements=["navn", "no-longer"])
    assert school.download(order.pk).status_code == 409
    (refused,) = log.entries("list:file:refused")
    assert (refused["details"]["order"], refused["details"]["reason"]) == (str(order.pk), "RoleChanged")
