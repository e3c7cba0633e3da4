"""A call that is right at one door is refused at the others: path, headers and scope belong together."""

from collections.abc import Callable

import httpx
import pytest

from integrations.simulator.maskinporten.registry import Delegation
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import (
    ADDRESS,
    ORGANISATION,
    PATHS,
    WITH,
    WITHOUT,
    Door,
    grant,
    registered,
    scope_of,
)
from tests.integrations.simulator.fiksdoor import FIKS_SCOPE, KOMMUNE, FiksCaller, set_up

JSON = {"Accept": "application/json"}


@pytest.fixture
def fiks(door: Door) -> FiksCaller:
    return set_up(door)


def bearer(door: Door, scope: str, **claims: object) -> dict[str, str]:
    answer = door.ask_token(grant(door.private_key, scope=scope, **claims)).raise_for_status()
    return JSON | {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_each_door_answers_the_call_that_belongs_to_it(door: Door, fiks: FiksCaller, cases: dict[str, str]) -> None:
    number = cases["barn"]
    for package in (WITH, WITHOUT):
        headers = bearer(door, scope_of(package))
        assert door.http.get(f"{PATHS[package]}/personer/{number}", headers=headers).status_code == 200
    assert fiks.get(f"/personer/{number}").status_code == 200


Wrong = Callable[[Door, FiksCaller, str], httpx.Response]

WRONG: dict[str, tuple[Wrong, int]] = {
    "the path order of the other package, with legal basis": (
        lambda door, _, n: door.http.get(
            f"/folkeregisteret/api/offentligmedhjemmel/v1/personer/{n}", headers=bearer(door, scope_of(WITH))
        ),
        404,
    ),
    "the path order of the other package, without": (
        lambda door, _, n: door.http.get(
            f"/folkeregisteret/offentlig-uten-hjemmel/api/v1/personer/{n}", headers=bearer(door, scope_of(WITHOUT))
        ),
        404,
    ),
    "the scope of the other package": (
        lambda door, _, n: door.http.get(f"{PATHS[WITHOUT]}/personer/{n}", headers=bearer(door, scope_of(WITH))),
        403,
    ),
    "Fiks' scope at the register's own door": (
        lambda door, _, n: door.http.get(f"{PATHS[WITH]}/personer/{n}", headers=bearer(door, FIKS_SCOPE)),
        403,
    ),
    "Fiks' headers at the register's own door": (
        lambda door, fiks, n: door.http.get(
            f"{PATHS[WITH]}/personer/{n}", headers=fiks.headers | bearer(door, scope_of(WITH))
        ),
        400,
    ),
    "the register's scope at Fiks' door": (
        lambda door, fiks, n: fiks.get(f"/personer/{n}", headers=bearer(door, scope_of(WITH))),
        401,
    ),
    "the register's path at Fiks' door": (
        lambda door, fiks, n: door.http.get(f"/folkeregister/api/v1/personer/{n}", headers=fiks.headers),
        404,
    ),
    "Fiks' path without the register's version": (
        lambda door, fiks, n: door.http.get(fiks.path.removesuffix("/v1") + f"/personer/{n}", headers=fiks.headers),
        404,
    ),
    "the version ahead of the role": (
        lambda door, fiks, n: door.http.get(f"/folkeregister/api/{fiks.role}/v1/personer/{n}", headers=fiks.headers),
        404,
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_right_at_another_door_is_refused(
    door: Door, fiks: FiksCaller, cases: dict[str, str], wrong: str
) -> None:
    ask, status = WRONG[wrong]
    assert ask(door, fiks, cases["barn"]).status_code == status


def test_the_memory_of_requests_names_door_and_organisation(door: Door, fiks: FiksCaller) -> None:
    door.http.delete("/_control/requests")
    fiks.get("/personer/soek?navn=x")
    door.search(navn="x")
    remembered = door.http.get("/_control/requests").json()
    seen = [(row["door"], row["organisation"]) for row in remembered if row["operation"] == "search"]
    assert seen == [("fiks", fiks.organisation), ("skatteetaten", "310000019")]


def test_the_register_serves_those_it_has_agreed_to_serve_whichever_door_they_come_through(
    key_pair: tuple[str, str],
) -> None:
    settings = Settings(
        size=20,
        clients=(registered(key_pair[1]),),
        delegations=(Delegation(KOMMUNE, ORGANISATION),),
        served={ORGANISATION: (WITH, WITHOUT), KOMMUNE: (WITHOUT,)},
    )
    http = httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings)), base_url=ADDRESS)
    door = Door(http, key_pair[0])
    path = "/hendelser/siste/sekvensnummer"
    assert [door.get(path, package=package).status_code for package in (WITH, WITHOUT)] == [200, 200]
    for package, status in ((WITH, 403), (WITHOUT, 200)):
        headers = bearer(door, scope_of(package), consumer_org=KOMMUNE)
        assert door.get(path, package=package, headers=headers).status_code == status
        assert set_up(door, name=f"with {package}", package=package).get(path).status_code == status
