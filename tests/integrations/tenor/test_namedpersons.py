"""The list of named test persons."""

import httpx
import pytest

from integrations.http.errors import PartyError, Unavailable, UnexpectedAnswer
from integrations.http.transport import http_client
from integrations.tenor.namedpersons import NamedPerson
from integrations.tenor.search import TenorClient
from roles.maskinporten import tokens
from tests.integrations.tenor.answers import tenor


def test_the_simulated_register_names_its_test_persons(simulator: str) -> None:
    with http_client() as http:
        named = TenorClient(address=simulator, tokens=tokens(), http=http).named_persons()
    assert len({person.case for person in named}) == len(named) >= 40
    assert all(person.expect and len(person.number) == 11 for person in named)


def test_a_named_person_is_not_told_in_full_to_a_log() -> None:
    assert repr(NamedPerson("barn", "03851598730", "BLID FJELLREV", "Et barn.")) == "<NamedPerson barn>"


def test_where_there_is_no_list_there_are_none() -> None:
    assert tenor(httpx.Response(404))[0].named_persons() == ()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(503, json={}), Unavailable),
        (httpx.Response(200, html="<p>"), UnexpectedAnswer),
        (httpx.Response(200, json=[{"case": "barn"}]), UnexpectedAnswer),
    ],
)
def test_another_answer_is_a_typed_error(answer: httpx.Response, error: type[PartyError]) -> None:
    with pytest.raises(error) as raised:
        tenor(answer)[0].named_persons()
    assert str(raised.value).startswith("Tenor: ")
