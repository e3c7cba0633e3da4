"""Extracts through the gate: the numbers of the persons on a list."""

import pytest

from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.errors import ExtractGone
from integrations.http.errors import Unavailable
from roles.access import Access, NoRole
from roles.disclosure import extract_batch, order_extract, search_for_list
from roles.disclosure.logentries import WrongUse
from roles.models import Use
from roles.violations import PolicyViolation
from tests.roles.disclosure.asking import SOERDAL, Simulated, access, events, logged, without_right
from tests.waiting import until


def listing() -> Access:
    return access("navn", use=Use.CITIZEN_LIST)


def children_of(kommune: str | None) -> ExtractCriteria:
    return ExtractCriteria(
        personstatustyper=("bosatt",), bostedskommunenummer=kommune, foedselsaarFraOgMed=2010, foedselsaarTilOgMed=2022
    )


def test_an_extract_of_the_organisations_own_kommune_gives_numbers_and_ends(register: Simulated) -> None:
    asking = listing()
    job = order_extract(asking, children_of("1870"))
    until(lambda: extract_batch(asking, job, 0) is not None, seconds=10)
    assert extract_batch(asking, job, 0)
    assert extract_batch(asking, job, 1) == []


def test_the_order_is_logged_with_hashed_criteria_before_it_is_placed(register: Simulated) -> None:
    order_extract(listing(), children_of("1870"))
    (ordered,) = logged()
    assert ordered.event == "list:extract:ordered"
    assert set(ordered.fields["criteria"]) == {
        "personstatustyper",
        "bostedskommunenummer",
        "foedselsaarFraOgMed",
        "foedselsaarTilOgMed",
    }
    assert "1870" not in ordered.fields["criteria"].values()
    assert events(SOERDAL) == []


@pytest.mark.parametrize("kommune", ["4640", None])
def test_an_extract_of_somebody_elses_kommune_or_of_all_is_refused_before_the_register_is_asked(
    register: Simulated, kommune: str | None
) -> None:
    with pytest.raises(PolicyViolation):
        order_extract(listing(), children_of(kommune))
    assert register.asked() == []


def test_an_order_that_fails_is_logged_as_failed(register: Simulated) -> None:
    with register.failing("500", operation="extract"), pytest.raises(Unavailable):
        order_extract(listing(), children_of("1870"))
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "failed"]


@pytest.mark.parametrize("refused", [access("navn"), access("navn", use=Use.CITIZEN_LIST, purpose="")])
def test_an_access_that_may_not_order_an_extract_may_not_read_one(register: Simulated, refused: Access) -> None:
    for ask in (lambda: order_extract(refused, children_of("1870")), lambda: extract_batch(refused, "en-jobb", 0)):
        with pytest.raises((WrongUse, PolicyViolation)):
            ask()
    assert (register.asked(), events()) == ([], [])


def test_a_batch_is_denied_when_the_right_was_withdrawn_meanwhile(register: Simulated) -> None:
    asking = listing()
    job = order_extract(asking, children_of("1870"))
    until(lambda: extract_batch(asking, job, 0) is not None, seconds=10)
    with pytest.raises(NoRole):
        extract_batch(without_right(asking), job, 0)
    assert logged()[-1].fields["outcome"] == "denied"


def test_a_batch_stands_in_the_log_with_its_number_and_size(register: Simulated) -> None:
    asking = listing()
    job = order_extract(asking, children_of("1870"))
    until(lambda: extract_batch(asking, job, 0) is not None, seconds=10)
    last = logged()[-1]
    assert (last.event, last.fields["outcome"]) == ("list:batch:answered", "delivered")
    assert last.fields["details"]["extract_batch"] == 0


def test_a_job_that_is_gone_is_told(register: Simulated) -> None:
    with pytest.raises(ExtractGone):
        extract_batch(listing(), "finnesikke", 0)


def searching(*elements: str) -> Access:
    return access("navn", *elements, use=Use.CITIZEN_LIST)


def test_a_search_for_a_list_gives_the_numbers_and_is_logged_with_hashed_criteria(register: Simulated) -> None:
    numbers = search_for_list(searching("foedsel"), SearchCriteria(navn="Engsyre", foedselsaarFraOgMed=1900))
    assert numbers
    asked, answered = logged()
    assert (asked.event, answered.event) == ("list:extract:ordered", "list:batch:answered")
    assert set(asked.fields["criteria"]) == {"navn", "foedselsaarFraOgMed"}
    assert answered.fields["details"] == {"count": len(numbers)}
    assert "engsyre" not in (asked.body + answered.body).lower()


def test_a_search_that_finds_nobody_is_logged_as_such(register: Simulated) -> None:
    assert search_for_list(searching(), SearchCriteria(navn="Finnesikke Noensteds")) == []
    assert logged()[-1].fields["outcome"] == "none"


def test_a_search_for_a_list_is_refused_by_what_the_role_does_not_open_and_for_another_use(register: Simulated) -> None:
    with pytest.raises(PolicyViolation):
        search_for_list(searching(), SearchCriteria(navn="Engsyre", kommunenummer="1870"))
    with pytest.raises(WrongUse):
        search_for_list(access("navn"), SearchCriteria(navn="Engsyre"))
    assert register.asked() == []


def test_a_search_for_a_list_gives_nothing_when_the_right_was_withdrawn_meanwhile(register: Simulated) -> None:
    with pytest.raises(NoRole):
        search_for_list(without_right(searching()), SearchCriteria(navn="Engsyre"))
    assert logged()[-1].fields["outcome"] == "denied"
