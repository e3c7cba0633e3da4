"""What is sent to the register, and what its good answers become."""

import json
import logging
from datetime import date

import httpx
import jwt
import pytest

from integrations.folkeregisteret.client import BulkAnswer, FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.documents import current_number
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import ExtractGone, TooManyHits
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.http.errors import Busy, InvalidRequest, Unconfigured
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, ERROR_SHAPES, document
from tests.integrations.folkeregisteret.register import Register, client_of, tokens

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS


def ok(content: object) -> httpx.Response:
    return httpx.Response(200, json=content)


@pytest.mark.parametrize(
    ("package", "path", "scope"),
    [
        (WITH, "/folkeregisteret/offentlig-med-hjemmel/api/v1/personer/", "folkeregister:deling/offentligmedhjemmel"),
        (
            WITHOUT,
            "/folkeregisteret/api/offentligutenhjemmel/v1/personer/",
            "folkeregister:deling/offentligutenhjemmel",
        ),
    ],
)
def test_each_rights_package_has_its_own_order_of_the_path_and_its_own_scope(
    package: RightsPackage, path: str, scope: str
) -> None:
    register = Register(ok(document()))
    assert client_of(register).person(package, A_NUMBER, {"navn"})
    assert register.asked[0].url.path == path + A_NUMBER
    grant = register.grants[0]["assertion"][0]
    assert jwt.decode(grant, options={"verify_signature": False})["scope"] == scope


def test_a_person_is_asked_for_with_sorted_parts_each_once_and_a_token() -> None:
    register = Register(ok(document(navn=[{"fornavn": "RAD", "etternavn": "FURE"}])))
    person = client_of(register).person(WITH, A_NUMBER, ["status", "navn", "navn", "adressebeskyttelse"])
    request = register.asked[0]
    assert request.url.query == b"part=adressebeskyttelse&part=navn&part=status"
    assert request.headers["Authorization"] == "Bearer token-1"
    assert request.headers["Accept"] == "application/json"
    assert person
    assert person.navn[0].etternavn == "FURE"


def test_a_former_number_brings_the_person_carried_on() -> None:
    client = client_of(Register(ok(document(of=ANOTHER_NUMBER))))
    person = client.person(WITH, A_NUMBER, {"navn"})
    assert person
    assert current_number(person) == ANOTHER_NUMBER


@pytest.mark.parametrize("shape", sorted(ERROR_SHAPES.keys() - {"fiks"}))
def test_an_unknown_number_is_nobody(shape: str) -> None:
    assert client_of(Register(httpx.Response(404, json=ERROR_SHAPES[shape]))).person(WITH, A_NUMBER, {"navn"}) is None


@pytest.mark.parametrize("number", ["", "123", A_NUMBER + "0", "../uttrekk/", "0385159873x", "٠٣٨٥١٥٩٨٧٣٠"])
def test_a_malformed_number_never_reaches_a_url(number: str) -> None:
    register = Register(ok(document()))
    with pytest.raises(InvalidRequest):
        client_of(register).person(WITH, number, {"navn"})
    with pytest.raises(InvalidRequest):
        client_of(register).bulk(WITH, [A_NUMBER, number], {"navn"})
    assert not register.asked


def test_asking_for_no_part_would_bring_more_and_is_refused() -> None:
    register = Register(ok(document()))
    with pytest.raises(InvalidRequest):
        client_of(register).person(WITH, A_NUMBER, [])
    assert not register.asked


@pytest.mark.parametrize("parts", [{"hemmelig"}, {"navn", "navn,status"}, {""}])
def test_a_part_outside_the_vocabulary_is_never_asked_for(parts: set[str]) -> None:
    register = Register(ok(document()))
    with pytest.raises(InvalidRequest):
        client_of(register).person(WITH, A_NUMBER, parts)
    assert not register.asked


def test_a_single_lookup_is_always_looked_at_for_what_is_new() -> None:
    before = NOVELTIES.counts().get("heltNytt", 0)
    client = client_of(Register(ok(document(heltNytt=1))))
    for _ in range(3):
        client.person(WITH, A_NUMBER, {"navn"})
    assert NOVELTIES.counts()["heltNytt"] == before + 3


def test_many_are_asked_for_in_one_call() -> None:
    found = {"foedselsEllerDNummer": A_NUMBER, "folkeregisterperson": document(of=ANOTHER_NUMBER)}
    ceased = {"foedselsEllerDNummer": ANOTHER_NUMBER, "feilmelding": {"feilmelding": "Utgått"}}
    register = Register(ok({"oppslag": [found, ceased]}))
    answers = client_of(register).bulk(WITHOUT, [A_NUMBER, ANOTHER_NUMBER], ["status", "navn"], as_ordered=True)
    request = register.asked[0]
    assert request.method == "POST"
    assert request.headers["Content-Type"] == "application/json"
    assert request.url.query == b"part=navn&part=status&somBestilt=true"
    assert json.loads(request.content) == {"foedselsEllerDNummer": [A_NUMBER, ANOTHER_NUMBER]}
    assert [(answer.asked, answer.person is not None) for answer in answers] == [
        (A_NUMBER, True),
        (ANOTHER_NUMBER, False),
    ]
    assert A_NUMBER not in repr(answers)


def test_no_numbers_are_not_asked_about_and_more_than_a_thousand_are_refused() -> None:
    register = Register(ok({"oppslag": []}))
    assert client_of(register).bulk(WITH, [], {"navn"}) == []
    with pytest.raises(InvalidRequest):
        client_of(register).bulk(WITH, [A_NUMBER] * 1001, {"navn"})
    assert not register.asked


def test_a_thousand_numbers_are_asked_about() -> None:
    register = Register(ok({"oppslag": [{"foedselsEllerDNummer": A_NUMBER, "folkeregisterperson": document()}] * 1000}))
    answers = client_of(register).bulk(WITH, [A_NUMBER] * 1000, {"navn"})
    assert len(answers) == 1000
    assert all(isinstance(answer, BulkAnswer) for answer in answers)


def test_a_search_is_asked_with_its_criteria_and_gives_numbers() -> None:
    register = Register(ok({"foedselsEllerDNummer": [A_NUMBER]}))
    criteria = SearchCriteria(navn="RAD FURE", foedselsdato=date(2015, 5, 3))
    assert client_of(register).search(WITH, criteria) == [A_NUMBER]
    assert dict(register.asked[0].url.params) == {"navn": "RAD FURE", "foedselsdato": "20150503"}
    assert register.asked[0].url.path.endswith("/v1/personer/soek")


@pytest.mark.parametrize(
    "nothing", [ok({"foedselsEllerDNummer": []}), ok({}), httpx.Response(404, json=ERROR_SHAPES["application"])]
)
def test_a_search_without_hits_gives_none(nothing: httpx.Response) -> None:
    assert client_of(Register(nothing)).search(WITH, SearchCriteria(navn="RAD")) == []


def test_a_search_that_hits_too_many_says_so() -> None:
    client = client_of(Register(httpx.Response(400, json={"kode": "FREG-007", "melding": "For mange treff."})))
    with pytest.raises(TooManyHits):
        client.search(WITH, SearchCriteria(navn="RAD"))


def test_a_search_the_register_finds_malformed_is_another_thing() -> None:
    client = client_of(Register(httpx.Response(400, json={"kode": "FREG-002", "melding": "Ugyldig dato"})))
    with pytest.raises(InvalidRequest, match="FREG-002"):
        client.search(WITH, SearchCriteria(navn="RAD"))


EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")


def test_an_extract_is_ordered_once_and_gives_its_job() -> None:
    register = Register(ok({"jobbId": "5b6e-1"}))
    assert client_of(register).order_extract(WITH, EXTRACT) == "5b6e-1"
    assert register.asked[0].url.path.endswith("/v1/uttrekk/tilpasset")
    assert json.loads(register.asked[0].content) == json.loads(EXTRACT.body())


def test_an_eleventh_extract_is_too_many_and_says_when_to_come_back() -> None:
    register = Register(httpx.Response(429, headers={"Retry-After": "2500"}))
    with pytest.raises(Busy) as busy:
        client_of(register).order_extract(WITH, EXTRACT)
    assert (busy.value.retry_after, len(register.asked)) == (2.5, 1)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ok({"foedselsEllerDNummer": [A_NUMBER]}), [A_NUMBER]),
        (ok({}), []),
        (httpx.Response(404, json={"feilmelding": "Jobben er ikke ferdig"}), None),
        (httpx.Response(404), None),
    ],
    ids=["a batch", "the end", "not ready", "not ready, without words"],
)
def test_a_batch_is_numbers_or_the_end_or_not_ready(answer: httpx.Response, expected: list[str] | None) -> None:
    register = Register(answer)
    assert client_of(register).extract_batch(WITH, "5b6e-1", 0) == expected
    assert register.asked[0].url.path.endswith("/v1/uttrekk/5b6e-1/batch/0")


def test_a_job_that_is_gone_must_be_ordered_anew() -> None:
    with pytest.raises(ExtractGone) as gone:
        client_of(Register(httpx.Response(410, json={"feilmelding": "Finnes ikke"}))).extract_batch(WITH, "5b6e-1", 3)
    assert not gone.value.retryable


@pytest.mark.parametrize(("job", "batch"), [("", 0), ("../../personer", 0), ("a/b", 0), ("ok", -1), ("x" * 65, 0)])
def test_a_malformed_job_id_never_reaches_a_url(job: str, batch: int) -> None:
    register = Register(ok({}))
    with pytest.raises(InvalidRequest):
        client_of(register).extract_batch(WITH, job, batch)
    assert not register.asked


def test_a_client_without_an_address_is_unconfigured() -> None:
    with pytest.raises(Unconfigured):
        FolkeregisterClient(door=SkatteetatenDoor(""), tokens=tokens(Register(ok({}))))


def test_no_number_is_logged_with_every_logger_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = client_of(Register(ok(document())))
    client.person(WITH, A_NUMBER, {"navn"})
    client.bulk(WITH, [], {"navn"})
    assert A_NUMBER not in caplog.text
    assert logging.getLogger("httpx").level == logging.getLogger("httpcore").level == logging.WARNING


def test_criteria_are_quoted_so_that_they_cannot_add_parameters() -> None:
    register = Register(ok({"foedselsEllerDNummer": []}))
    client_of(register).search(WITH, SearchCriteria(navn="RÅD & FURE+?part=navn#"))
    assert register.asked[0].url.query == b"navn=R%C3%85D%20%26%20FURE%2B%3Fpart%3Dnavn%23"
