"""The list of named test persons."""

import httpx
import pytest

from integrations.http.errors import PartyError, Unavailable, UnexpectedAnswer
from integrations.http.transport import http_client
from integrations.tenor.named import NamedPerson, named_persons

ADDRESS = "https://simulator.example"


def answering(answer: httpx.Response) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _request: answer))


def test_the_simulated_register_names_its_test_persons(simulator: str) -> None:
    with http_client() as http:
        named = named_persons(simulator, http)
    assert len({person.case for person in named}) == len(named) >= 40
    assert all(person.expect and len(person.number) == 11 for person in named)


def test_a_named_person_is_not_told_in_full_to_a_log() -> None:
    assert repr(NamedPerson("barn", "03851598730", "BLID FJELLREV", "Et barn.")) == "<NamedPerson barn>"


def test_where_there_is_no_list_there_are_none() -> None:
    assert named_persons(ADDRESS, answering(httpx.Response(404))) == ()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(503, json={}), Unavailable),
        (httpx.Response(200, html="<p>"), UnexpectedAnswer),
        (httpx.Response(200, json=[{"case": "barn"}]), UnexpectedAnswer),
    ],
)
def test_another_answer_is_a_typed_error(answer: httpx.Response, error: type[PartyError]) -> None:
    with pytest.raises(error):
        named_persons(ADDRESS, answering(answer))
