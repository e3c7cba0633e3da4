"""How the page shows filters, criteria and hits."""

from typing import Any

import pytest

from integrations.tenor.hits import Hits, Metadata, Person
from lookup.testpersons import presenters
from lookup.testpersons.criteria import Criteria
from lookup.testpersons.filters import FILTERS, TOPICS

NUMBER = "03851598730"
HOME = "Fjellveien 3 H0101 8400 SORTLAND "


def row(**fields: Any) -> presenters.HitRow:
    person = Person(tenorMetadata=Metadata(NUMBER), **fields)
    return presenters.hit_page(Hits([person], treff=1), Criteria(filters=("doed",))).rows[0]


def test_every_filter_stands_under_one_heading() -> None:
    assert len(FILTERS) == sum(len(topic.filters) for topic in TOPICS)
    assert len({str(topic.heading) for topic in TOPICS}) == len(TOPICS)


def test_a_topic_says_how_many_of_its_filters_are_chosen() -> None:
    views = {view.key: view for view in presenters.topics(("doed", "utflyttet"))}
    assert views["status"].chosen == 2
    assert [choice.key for choice in views["status"].choices if choice.chosen] == ["utflyttet", "doed"]
    assert views["navn"].chosen == 0


def test_what_was_chosen_and_what_was_typed_are_chips() -> None:
    chips = presenters.chips(Criteria(filters=("doed",), kql="fornavn: A*"))
    assert [(chip.key, str(chip.label), chip.typed) for chip in chips] == [
        ("doed", "Død", False),
        ("kql", "fornavn: A*", True),
    ]


def test_a_form_can_ask_for_the_same_again() -> None:
    criteria = Criteria(filters=("doed", "verge"), kql="fornavn: A*", page=3, seed=42)
    assert presenters.state(criteria) == [
        ("filter", "doed"),
        ("filter", "verge"),
        ("kql", "fornavn: A*"),
        ("seed", "42"),
    ]


def test_a_hit_has_its_key_facts() -> None:
    hit = row(visningnavn="BLID FJELLREV", foedselsdato="2015-05-03", personstatus="bosatt", bostedsadresse=HOME)
    assert (hit.number, hit.name, hit.birth_date) == (NUMBER, "BLID FJELLREV", "3. mai 2015")
    assert [tag.text for tag in hit.tags] == ["Bosatt"]
    assert hit.address == "Fjellveien 3 H0101 8400 SORTLAND"


def test_what_tenor_has_nothing_of_is_empty() -> None:
    assert row() == presenters.HitRow(NUMBER, "", "", (), "")


@pytest.mark.parametrize("written", ["2015", "00.00.2015"])
def test_a_date_that_is_none_reads_as_it_was_written(written: str) -> None:
    assert row(foedselsdato=written).birth_date == written


@pytest.mark.parametrize(
    "fields",
    [
        {"adresseBeskyttelse": "fortrolig"},
        {"adresseBeskyttelse": ["strengtFortrolig"]},
        {"adresseGradering": ["ugradert", "klientadresse"]},
    ],
)
def test_a_protected_address_stands_on_no_list(fields: dict[str, object]) -> None:
    hit = row(bostedsadresse=HOME, postadresse="Postboks 1", **fields)
    assert hit.address == "Adressen kan ikke vises"
    assert [tag.colour for tag in hit.tags] == ["danger"]


def test_a_grade_that_stands_twice_is_said_once() -> None:
    hit = row(adresseBeskyttelse="fortrolig", adresseGradering=["fortrolig", "fortrolig"])
    assert [tag.text for tag in hit.tags] == ["Fortrolig"]


def test_who_lives_nowhere_has_the_address_their_post_goes_to() -> None:
    assert row(postadresseUtland=["", "Calle Sol 3 29001 MALAGA ESP"]).address == "Calle Sol 3 29001 MALAGA ESP"


def test_a_d_number_is_told_as_one() -> None:
    assert [tag.text for tag in row(personstatus="inaktiv", identifikatorType=["dNummer"]).tags] == [
        "Inaktiv",
        "D-nummer",
    ]


@pytest.mark.parametrize(
    ("page", "more", "before", "after"), [(1, 1, None, 2), (3, 3, 2, 4), (3, None, 2, None), (500, 500, 499, None)]
)
def test_the_pages_before_and_after_can_be_gone_to(
    page: int, more: int | None, before: int | None, after: int | None
) -> None:
    hits = Hits([Person(id=NUMBER)] * 20, treff=12_810, offset=(page - 1) * 20, nesteSide=more)
    shown = presenters.hit_page(hits, Criteria(filters=("doed",), page=page))
    assert (shown.previous, shown.next) == (before, after)


def test_hits_are_counted() -> None:
    hits = Hits([Person(id=NUMBER)] * 20, treff=12_810, nesteSide=2)
    shown = presenters.hit_page(hits, Criteria(filters=("doed",), page=2))
    assert (shown.heading, shown.first, shown.last) == ("12\u00a0810 treff", "21", "40")
    assert presenters.hit_page(Hits([], treff=0), Criteria()).heading == "Ingen treff"
