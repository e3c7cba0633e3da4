"""Many persons: each answered with a person or the reason why there is none."""

import httpx
import pytest

from integrations.folkeregisteret.client import NoPerson, bulk
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.novelties import Novelties
from integrations.http.errors import UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, document, number
from tests.integrations.folkeregisteret.register import Register, client_of

WITH = RightsPackage.WITH_LEGAL_BASIS


def many(count: int) -> list[str]:
    made = (number(3, 85, 15, individual) for individual in range(1000))
    return [one for one in made if one][:count]


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
def test_a_missing_person_comes_with_the_reason_and_without_its_text(
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
