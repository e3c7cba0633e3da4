"""A search handed from one room to another: for the same person in the same role, for a while."""

from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from integrations.folkeregisteret.criteria import SearchCriteria
from roles.disclosure import searchslips
from roles.disclosure.searchslips import SlipExpired, as_text, from_text, search_on, slip_of
from roles.models import Use
from tests.roles.disclosure.asking import access

pytestmark = pytest.mark.django_db

SEARCH = SearchCriteria(navn="Glad Fisk", foedselsdato=date(1988, 1, 17), inkluderDoede=True)


def test_a_search_comes_off_its_slip_as_it_was_put_on_it() -> None:
    asking = access("navn")
    assert search_on(asking, slip_of(asking, SEARCH)) == SEARCH
    assert from_text(as_text(SEARCH)) == SEARCH


def test_a_slip_says_nothing_to_who_reads_it() -> None:
    slip = slip_of(access("navn"), SEARCH)
    assert b"Fisk" not in urlsafe_b64decode(slip)
    assert slip != slip_of(access("navn"), SEARCH)


def test_a_slip_is_of_one_person_and_one_role_in_any_use() -> None:
    asking = access("navn")
    slip = slip_of(asking, SEARCH)
    assert search_on(replace(asking, use=Use.CITIZEN_LIST), slip) == SEARCH
    somebody_else = replace(asking, actor=replace(asking.actor, id=str(uuid4())))
    for other in (somebody_else, replace(asking, role_id=uuid4())):
        with pytest.raises(SlipExpired):
            search_on(other, slip)


@pytest.mark.parametrize("wrong", ["", "noe annet", "æøå", "AAAA", "=" * 40])
def test_what_is_no_slip_is_refused_like_one_that_is_too_old(wrong: str) -> None:
    with pytest.raises(SlipExpired):
        search_on(access("navn"), wrong)


def test_a_slip_holds_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = access("navn")
    slip = slip_of(asking, SEARCH)
    assert searchslips.LASTS == 3600
    monkeypatch.setattr(searchslips, "LASTS", -1)
    with pytest.raises(SlipExpired):
        search_on(asking, slip)
