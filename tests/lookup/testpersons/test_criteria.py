"""A search for test persons, as a query and as an address."""

from datetime import date
from urllib.parse import parse_qs

import pytest

from integrations.folkeregisteret.identifiers import looks_like_a_number
from lookup.testpersons.criteria import FREE, Criteria

TODAY = date(2026, 11, 24)


def kql(kql: str = "", filters: tuple[str, ...] = ()) -> str:
    return Criteria(kql=kql, filters=filters).search(TODAY).kql


@pytest.mark.parametrize(
    "text",
    [
        "identifikator: 03851598730",
        'identifikator: "038515 98730"',
        "03 85 15 98730",
        "0 3 8 5 1 5 9 8 7 3 0",
        "038515-98730",
        "038515.98730",
        "038515\u00a098730",
        "barnFnr: (03851598730 OR 01810050050)",
        "identifikator: 0385159*",
        "identifikator: 038*515*98730",
        "utenlandskPersonidentifikasjon: ARG-8766523769",
        "٠٣٨٥١٥٩٨٧٣٠",
    ],
)
def test_a_number_is_seen_however_it_is_written(text: str) -> None:
    assert looks_like_a_number(text, also_in_part=True)
    assert not Criteria(kql=text).may_stand_in_an_address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foedselsdato > 2003-12-01",
        "foedselsdato: [2003-12-01 to 2005-12-31]",
        "foedselsdato: [2003 to 2005] AND kommunenr: 1870 AND antallBarn > 2",
        'bostedsadresse: "Myrveien 4 8400 SORTLAND"',
        "fornavn: A*",
    ],
)
def test_dates_places_and_counts_are_no_numbers_of_anybody(text: str) -> None:
    assert not looks_like_a_number(text, also_in_part=True)


def test_filters_of_different_kinds_must_all_fit() -> None:
    assert kql(filters=("doed", "d-nummer")) == "identifikatorType: dNummer AND personstatus: doed"


def test_of_filters_that_exclude_each_other_one_is_enough() -> None:
    assert kql(filters=("fortrolig", "strengt-fortrolig", "delt-bosted")) == (
        "deltBosted:* AND (adresseBeskyttelse: fortrolig OR adresseBeskyttelse: strengtFortrolig)"
    )


def test_ages_are_reckoned_from_today() -> None:
    assert kql(filters=("16-til-17",)) == "(foedselsdato <= 2010-11-24 AND foedselsdato > 2008-11-24)"


def test_on_a_leap_day_those_who_turn_eighteen_the_day_before_are_adults() -> None:
    assert Criteria(filters=("18-til-66",)).search(date(2028, 2, 29)).kql.startswith("(foedselsdato <= 2010-02-28")


def test_what_was_typed_stands_first_and_keeps_together() -> None:
    assert kql(kql="fornavn: A* OR fornavn: B*", filters=("doed",)) == (
        "(fornavn: A* OR fornavn: B*) AND personstatus: doed"
    )
    assert kql(kql="fornavn: A*") == "fornavn: A*"


def test_a_page_and_a_seed_are_asked_for_as_tenor_counts_them() -> None:
    search = Criteria(filters=("doed",), page=3, seed=42).search(TODAY)
    assert (search.page, search.size, search.seed) == (2, 20, 42)


@pytest.mark.parametrize(
    ("filters", "sent", "typed"),
    [((), 4, 4), (("doed",), 5, 4), (("doed",), 0, 0), (("doed",), 300, 11), ((), None, None)],
)
def test_a_place_in_the_query_is_one_in_what_was_typed(
    filters: tuple[str, ...], sent: int | None, typed: int | None
) -> None:
    assert Criteria(filters=filters, kql="fornavn: (A").typed_place(sent) == typed


def test_an_address_holds_all_that_finds_the_same_again() -> None:
    criteria = Criteria(filters=("doed", "verge"), kql="fornavn: Å*", page=2, seed=42)
    assert parse_qs(criteria.address()) == {
        "filter": ["doed", "verge"],
        "kql": ["fornavn: Å*"],
        "page": ["2"],
        "seed": ["42"],
    }


def test_nothing_chosen_has_no_address_of_its_own() -> None:
    assert Criteria(seed=42).address() == ""


def test_a_criterion_is_taken_out_and_the_hits_begin_anew() -> None:
    criteria = Criteria(filters=("doed", "verge"), kql="fornavn: A*", page=2, seed=42)
    assert criteria.without("doed") == Criteria(filters=("verge",), kql="fornavn: A*", seed=42)
    assert criteria.without(FREE) == Criteria(filters=("doed", "verge"), seed=42)
    assert criteria.without("ukjent") == Criteria(filters=("doed", "verge"), kql="fornavn: A*", seed=42)


def test_what_was_typed_is_not_told_to_a_log() -> None:
    criteria = Criteria(kql="identifikator: 03851598730")
    assert "03851598730" not in repr(criteria) + repr(criteria.search(TODAY))
