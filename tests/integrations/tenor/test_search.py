"""What is sent to Tenor, and how its answers are read."""

import httpx
import jwt
import pytest

from integrations.http.errors import Busy, Cause, InvalidRequest, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.tenor.hits import texts
from integrations.tenor.search import SCOPE, QueryRefused, Search
from tests.integrations.tenor.answers import NUMBER, page, person, tenor

ASKED = Search(kql="deltBosted:* AND foedselsdato > 2010-01-01", size=10, page=2, seed=42)


def test_a_search_is_sent_as_tenor_documents_it() -> None:
    client, stand_in = tenor(page())
    client.search(ASKED)
    request = stand_in.asked[0]
    assert (request.method, request.url.path) == ("GET", "/api/testnorge/v2/soek/freg")
    parameters = dict(request.url.params.multi_items())
    fields = parameters.pop("vis").split(",")
    assert {"visningnavn", "foedselsdato", "identifikator", "personstatus", "bostedsadresse"} <= set(fields)
    assert parameters == {
        "kql": "deltBosted:* AND foedselsdato > 2010-01-01",
        "antall": "10",
        "side": "2",
        "seed": "42",
    }
    assert request.headers["Authorization"] == "Bearer token-1"


def test_the_token_is_for_tenors_scope() -> None:
    client, stand_in = tenor(page())
    client.search(ASKED)
    claims = jwt.decode(stand_in.grants[0]["assertion"][0], options={"verify_signature": False})
    assert claims["scope"] == SCOPE


def test_a_page_of_persons_is_read() -> None:
    client, _ = tenor(page(person(), treff=12810, nesteSide=1, offset=0))
    hits = client.search(ASKED)
    assert (hits.treff, hits.nesteSide, hits.seed) == (12810, 1, 7)
    found = hits.dokumentListe[0]
    assert (found.number, found.visningnavn, found.foedselsdato) == (NUMBER, "BLID FJELLREV", "2015-05-03")


@pytest.mark.parametrize(
    "document",
    [
        {"id": NUMBER},
        {"tenorMetadata": {"id": NUMBER, "kildedata": "{}"}},
        {"identifikator": NUMBER},
        {"identifikator": [NUMBER, "01810050050"]},
    ],
)
def test_the_current_number_is_found_wherever_it_stands(document: dict[str, object]) -> None:
    client, _ = tenor(page(document))
    assert client.search(ASKED).dokumentListe[0].number == NUMBER


def test_a_field_may_have_one_value_or_several() -> None:
    assert (texts(None), texts("fortrolig"), texts(["a", "b"])) == ([], ["fortrolig"], ["a", "b"])


def test_fields_that_tenor_adds_are_let_be() -> None:
    client, _ = tenor(page(person(nytt={"felt": 1}), nytt=True))
    assert client.search(ASKED).dokumentListe[0].number == NUMBER


REFUSED = httpx.Response(400, json={"kode": "TENOR-400", "melding": "Ventet AND, OR eller ) (plass 12)"})


def test_a_query_that_cannot_be_read_is_refused_at_its_place() -> None:
    client, _ = tenor(REFUSED)
    with pytest.raises(QueryRefused) as refused:
        client.search(ASKED)
    assert refused.value.place == 11


def test_a_refusal_that_names_no_place_has_none() -> None:
    client, _ = tenor(httpx.Response(400, json={"message": "Bad query"}))
    with pytest.raises(QueryRefused) as refused:
        client.search(ASKED)
    assert refused.value.place is None
    assert refused.value.fault is InvalidRequest.fault


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(403, json={}), Refused),
        (httpx.Response(429, json={}), Busy),
        (httpx.Response(500, json={}), Unavailable),
        (httpx.Response(200, html="<p>Sperret</p>"), UnexpectedAnswer),
        (httpx.Response(200, json={"feil": "noe"}), UnexpectedAnswer),
        (httpx.Response(200, json={"dokumentListe": [{"visningnavn": 7}], "treff": 1}), UnexpectedAnswer),
        (
            httpx.Response(200, content=b'{"treff": 1, "dok', headers={"Content-Type": "application/json"}),
            UnexpectedAnswer,
        ),
        (httpx.Response(302, headers={"Location": "/"}), UnexpectedAnswer),
        (httpx.ConnectError("no"), Unavailable),
        (httpx.ReadTimeout("slow"), Unavailable),
    ],
)
def test_what_is_no_answer_becomes_a_typed_error(answer: httpx.Response | Exception, error: type[PartyError]) -> None:
    client, _ = tenor(answer)
    with pytest.raises(error):
        client.search(ASKED)


def test_a_token_that_is_no_longer_taken_is_fetched_anew_the_next_time() -> None:
    client, stand_in = tenor(httpx.Response(401, json={}), page())
    with pytest.raises(Refused):
        client.search(ASKED)
    client.search(ASKED)
    assert [request.headers["Authorization"] for request in stand_in.asked] == ["Bearer token-1", "Bearer token-2"]


def test_no_error_and_no_repr_says_whom_was_looked_for() -> None:
    asked = Search(kql=f"identifikator: {NUMBER}")
    client, _ = tenor(httpx.Response(400, json={"melding": f"Fant ikke {NUMBER} (plass 3)"}), page(person()))
    with pytest.raises(QueryRefused) as refused:
        client.search(asked)
    said = [str(refused.value), repr(refused.value), repr(asked), repr(client.search(asked))]
    assert not any(NUMBER in text or "FJELLREV" in text for text in said)


def test_a_fault_of_ours_does_not_ask_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.tenor.search._PER_MINUTE", 60)
    client, stand_in = tenor(httpx.Response(404))

    def ask_often() -> None:
        for _question in range(10):
            client.named_persons(within=0.05)

    with pytest.raises(Busy) as raised:
        ask_often()
    assert (raised.value.cause, raised.value.party) == (Cause.OWN_QUOTA, "Tenor")
    assert len(stand_in.asked) < 10
