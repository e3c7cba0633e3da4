"""What the page reads from a form and from an address."""

import pytest
from django.http import QueryDict

from lookup.testpersons.criteria import Criteria
from lookup.testpersons.forms import CriteriaForm

NUMBER = "03851598730"


def sent(query: str, *, shared: bool = False) -> CriteriaForm:
    form = CriteriaForm(QueryDict(query), shared=shared)
    form.full_clean()
    return form


def test_an_address_is_read_as_it_was_written() -> None:
    criteria = Criteria(filters=("doed", "verge"), kql="fornavn: A* AND NOT postadresse:*", page=2, seed=42)
    assert sent(criteria.address(), shared=True).criteria() == criteria


def test_filters_that_are_none_are_left_out_and_each_counts_once() -> None:
    assert sent("filter=verge&filter=finnes-ikke&filter=doed&filter=verge").criteria().filters == ("doed", "verge")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=501", "page=9999999999", "page=%D9%A3", ""])
def test_a_page_that_is_none_is_the_first(query: str) -> None:
    assert sent(query).criteria().page == 1


def test_a_search_without_a_seed_gets_one() -> None:
    seeds = {sent("filter=doed").criteria().seed for _ in range(20)}
    assert len(seeds) > 1
    assert all(0 <= seed <= 10_000 for seed in seeds)
    assert sent("filter=doed&seed=42").criteria().seed == 42


def test_a_button_takes_its_criterion_out() -> None:
    assert sent("filter=doed&filter=verge&seed=1&remove=doed").criteria().filters == ("verge",)


@pytest.mark.parametrize("typed", [NUMBER, "038515%2098730", "038515-98730"])
def test_a_number_is_never_read_from_an_address(typed: str) -> None:
    form = sent(f"kql=identifikator:{typed}&filter=doed", shared=True)
    assert "kan ikke stå i adressen" in form.errors["kql"][0]
    assert form["kql"].value() == ""
    assert form.chosen == ("doed",)


def test_a_number_may_be_sent_in_a_form() -> None:
    form = sent(f"kql=identifikator:{NUMBER}")
    assert form.is_valid()
    assert not form.criteria().may_stand_in_an_address


def test_a_query_that_is_too_long_is_said_at_its_field() -> None:
    assert "kql" in sent(f"kql={'a' * 501}").errors


@pytest.mark.parametrize(("place", "said"), [(11, "fra tegn nummer 12"), (None, "Se etter feltnavn")])
def test_what_tenor_cannot_read_is_said_at_the_field(place: int | None, said: str) -> None:
    form = sent("kql=fornavn: (A")
    form.refuse_query(place)
    assert said in form.errors["kql"][0]
