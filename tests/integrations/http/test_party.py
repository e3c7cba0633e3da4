"""A party's errors have its name, its breaker gets its errors, and its quota is kept."""

import pytest

from integrations.http.breaker import Breaker
from integrations.http.budget import LocalSlots, RequestBudget
from integrations.http.errors import Busy, Cause, InvalidRequest, PartyError, Refused, Unavailable
from integrations.http.party import Party


def fail(party: Party, error: PartyError) -> PartyError:
    with pytest.raises(type(error)) as raised, party.asked():
        raise error
    return raised.value


def test_an_error_has_the_name_of_the_party_that_was_asked() -> None:
    assert str(fail(Party("Tenor"), Unavailable(Cause.TIMEOUT))) == "Tenor: Unavailable: no answer in time"


def test_an_error_of_a_party_that_had_to_be_asked_first_keeps_its_name() -> None:
    with pytest.raises(Refused) as raised, Party("Tenor").asked(), Party("Maskinporten").asked():
        raise Refused(Cause.NO_ACCESS)
    assert raised.value.party == "Maskinporten"


def test_a_party_that_does_not_answer_is_not_asked_and_named_in_the_error() -> None:
    party = Party("Tenor", breaker=Breaker(failures=2))
    for _failure in range(2):
        fail(party, Unavailable(Cause.NO_CONNECTION))
    with pytest.raises(Unavailable) as raised, party.asked():
        raise AssertionError("asked all the same")
    assert (raised.value.cause, raised.value.party) == (Cause.BREAKER_OPEN, "Tenor")


@pytest.mark.parametrize("answer", [InvalidRequest(Cause.STATUS, 400), Refused(Cause.STATUS, 403)])
def test_a_party_that_answers_counts_as_available_whatever_it_answers(answer: PartyError) -> None:
    party = Party("Tenor", breaker=Breaker(failures=2))
    fail(party, Unavailable(Cause.NO_CONNECTION))
    fail(party, answer)
    assert fail(party, Unavailable(Cause.NO_CONNECTION)).cause is Cause.NO_CONNECTION
    with party.asked():
        pass


def test_an_error_before_asking_says_nothing_about_the_party() -> None:
    party = Party("Tenor", breaker=Breaker(failures=2))
    for _try in range(3):
        fail(party, Unavailable(Cause.NO_ACCESS))
    with party.asked():
        pass


def test_the_quota_of_a_party_is_kept_and_its_error_has_the_partys_name() -> None:
    now = [100.0]
    slots = LocalSlots(60, lambda: now[0])
    party = Party("Tenor", budget=RequestBudget(slots, per_minute=60, clock=lambda: now[0]))

    def ask_often() -> None:
        for _request in range(10):
            with party.asked():
                party.await_turn(now[0])

    with pytest.raises(Busy) as raised:
        ask_often()
    assert (raised.value.cause, raised.value.party) == (Cause.OWN_QUOTA, "Tenor")
