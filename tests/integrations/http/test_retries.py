"""Retries: at most one call in ten is retried, and only if that is safe."""

import time

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Busy, Cause, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.http.retries import RetryBudget, pause_after
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

PERSON = httpx.Response(200, json=document())
DOWN = httpx.Response(500)
NO_RETRIES_IN_HAND = 0.0


def ask(client: FolkeregisterClient) -> object:
    return client.person(RightsPackage.WITH_LEGAL_BASIS, A_NUMBER, {"navn"})


def test_two_thousand_calls_with_one_in_twenty_faulted_cost_less_than_a_tenth_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    answers: list[httpx.Response | Exception] = [DOWN if turn % 20 == 0 else PERSON for turn in range(2200)]
    register = Register(*answers)
    client = client_of(register)
    assert all(ask(client) for _ in range(2000))
    assert 2090 <= len(register.asked) <= 2200


def test_a_process_that_meets_nothing_but_faults_stops_asking_twice() -> None:
    register = Register(httpx.RemoteProtocolError(""))
    client = client_of(register, retries=RetryBudget(reserve=2))
    for _ in range(50):
        with pytest.raises(UnexpectedAnswer):
            ask(client)
    assert 50 + 2 < len(register.asked) <= 50 + 2 + 5


def test_retries_are_earned_by_calls_and_kept_to_a_reserve() -> None:
    budget = RetryBudget(share=0.5, reserve=2)
    assert [budget.spend() for _ in range(3)] == [True, True, False]
    budget.earn()
    assert not budget.spend()
    for _ in range(100):
        budget.earn()
    assert [budget.spend() for _ in range(3)] == [True, True, False]


def test_without_a_retry_in_hand_the_first_error_is_the_answer() -> None:
    register = Register(DOWN, PERSON)
    with pytest.raises(Unavailable):
        ask(client_of(register, retries=RetryBudget(reserve=NO_RETRIES_IN_HAND)))
    assert len(register.asked) == 1


NOT_SENT, LOST = Unavailable(Cause.NO_CONNECTION, sent=False), Unavailable(Cause.NO_CONNECTION)


@pytest.mark.parametrize(
    ("error", "repeatable", "again"),
    [
        (LOST, True, True),
        (LOST, False, False),
        (NOT_SENT, True, True),
        (NOT_SENT, False, True),
        (Unavailable(Cause.SERVER_ERROR, 500), False, False),
        (UnexpectedAnswer(Cause.TRUNCATED), True, True),
        (UnexpectedAnswer(Cause.TRUNCATED), False, False),
        (UnexpectedAnswer(Cause.HTML, 200), True, False),
        (UnexpectedAnswer(Cause.REDIRECT, 302), True, False),
        (Refused(Cause.STATUS, 401), False, True),
        (Refused(Cause.STATUS, 403), True, False),
        (Busy(0.5), False, False),
    ],
    ids=repr,
)
def test_which_requests_are_retried(error: PartyError, repeatable: bool, again: bool) -> None:
    assert (pause_after(error, repeatable=repeatable) is not None) is again


def test_the_pause_is_drawn_from_its_whole_length_and_never_shorter_than_was_asked_for() -> None:
    drawn = [pause_after(LOST, repeatable=True) or 0.0 for _ in range(200)]
    assert min(drawn) < 0.03
    assert 0.1 < max(drawn) <= 0.15
    assert all(0.5 <= (pause_after(Busy(0.5), repeatable=True) or 0.0) <= 0.65 for _ in range(200))
