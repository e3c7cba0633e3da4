"""Many persons: cut in thousands, each answered with a person or the reason why there is none."""

import json

import httpx
import pytest

from integrations.folkeregisteret.client import BulkAnswer, NoPerson, bulk
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.novelties import Novelties
from integrations.http.errors import InvalidRequest, Unavailable, UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, document, number
from tests.integrations.folkeregisteret.register import Register, client_of

WITH = RightsPackage.WITH_LEGAL_BASIS


def many(count: int) -> list[str]:
    made = (number(3, 85, 15, individual % 1000, above=individual // 1000) for individual in range(4000))
    return [one for one in made if one][:count]


class Mirror(Register):
    """Answers about everybody it is asked about."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/bulkoppslag"):
            return super().__call__(request)
        self.asked.append(request)
        answers = [
            {"foedselsEllerDNummer": one, "folkeregisterperson": document(of=one)}
            for one in json.loads(request.content)["foedselsEllerDNummer"]
        ]
        return httpx.Response(200, json={"oppslag": answers})

    def sizes(self) -> list[int]:
        return [len(json.loads(request.content)["foedselsEllerDNummer"]) for request in self.asked]


@pytest.mark.parametrize(
    ("count", "calls"), [(0, []), (1, [1]), (1000, [1000]), (1001, [1000, 1]), (2500, [1000, 1000, 500])]
)
def test_any_number_of_persons_is_cut_in_thousands(count: int, calls: list[int]) -> None:
    register = Mirror(httpx.Response(500))
    numbers = many(count)
    answers = list(client_of(register).bulk_all(WITH, numbers, {"navn"}, as_ordered=True))
    assert [answer.asked for answer in answers] == numbers
    assert all(answer.person for answer in answers)
    assert register.sizes() == calls


def test_a_thousand_is_asked_for_only_when_it_is_reached() -> None:
    register = Mirror(httpx.Response(500))
    answers = client_of(register).bulk_all(WITH, many(3000), {"navn"})
    assert isinstance(next(answers), BulkAnswer)
    assert register.sizes() == [1000]


def test_one_wrong_number_among_many_is_found_before_anything_is_sent() -> None:
    register = Mirror(httpx.Response(500))
    with pytest.raises(InvalidRequest):
        list(client_of(register).bulk_all(WITH, [*many(1500), "123"], {"navn"}))
    assert not register.asked


def test_what_came_before_an_error_stands() -> None:
    first = {"oppslag": [{"foedselsEllerDNummer": one} for one in many(1000)]}
    register = Register(httpx.Response(200, json=first), httpx.Response(500))
    answers = client_of(register).bulk_all(WITH, many(1500), {"navn"}, as_ordered=True)
    assert [next(answers).asked for _ in range(1000)] == many(1000)
    with pytest.raises(Unavailable):
        next(answers)


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        ({"feilmelding": {"feilmelding": f"Ukjent identifikator {ANOTHER_NUMBER}"}}, NoPerson.UNKNOWN),
        ({"feilmelding": {"feilmelding": "Fant ingen person."}}, NoPerson.UNKNOWN),
        ({"feilmelding": {"feilmelding": "Personen finnes ikke"}}, NoPerson.UNKNOWN),
        ({"feilmelding": {"feilmelding": "Utgått identifikator"}}, NoPerson.CEASED),
        ({"feilmelding": {"feilmelding": "Personen er opphørt"}}, NoPerson.CEASED),
        ({"feilmelding": {"feilmelding": "Noe annet"}}, NoPerson.UNSAID),
        ({"feilmelding": {}}, NoPerson.UNSAID),
        ({"feilmelding": None}, NoPerson.UNSAID),
        ({}, NoPerson.UNSAID),
    ],
)
def test_who_is_not_there_comes_with_the_reason_and_without_its_text(
    refusal: dict[str, object], reason: NoPerson
) -> None:
    register = Register(httpx.Response(200, json={"oppslag": [{"foedselsEllerDNummer": A_NUMBER} | refusal]}))
    answer = client_of(register).bulk(WITH, [A_NUMBER], {"navn"}, as_ordered=True)[0]
    assert (answer.person, answer.reason) == (None, reason)
    assert repr(answer) == "<BulkAnswer>"


@pytest.mark.parametrize("came", [[A_NUMBER], [ANOTHER_NUMBER, A_NUMBER], [A_NUMBER, A_NUMBER], []])
def test_answers_out_of_the_order_asked_for_are_not_believed(came: list[str]) -> None:
    register = Register(httpx.Response(200, json={"oppslag": [{"foedselsEllerDNummer": one} for one in came]}))
    with pytest.raises(UnexpectedAnswer):
        client_of(register).bulk(WITH, [A_NUMBER, ANOTHER_NUMBER], {"navn"}, as_ordered=True)


def test_a_number_asked_for_twice_is_answered_twice_in_order() -> None:
    asked = [A_NUMBER, ANOTHER_NUMBER, A_NUMBER]
    register = Register(httpx.Response(200, json={"oppslag": [{"foedselsEllerDNummer": one} for one in asked]}))
    answers = client_of(register).bulk(WITH, asked, {"navn"}, as_ordered=True)
    assert [answer.asked for answer in answers] == asked


def test_of_many_documents_one_in_a_hundred_is_looked_at_for_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Novelties()
    monkeypatch.setattr(bulk, "NOVELTIES", seen)
    answers = [{"foedselsEllerDNummer": one, "folkeregisterperson": document(of=one, noeNytt=1)} for one in many(250)]
    client = client_of(Register(httpx.Response(200, json={"oppslag": answers})))
    for expected in (3, 5, 8):
        client.bulk(WITH, many(250), {"navn"})
        assert seen.counts() == {"noeNytt": expected}
