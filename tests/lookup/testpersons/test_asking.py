"""Tenor knows every filter that the page offers: tested against the simulated register's."""

import pytest

from lookup.testpersons import asking
from lookup.testpersons.criteria import PAGE_SIZE, Criteria
from lookup.testpersons.filters import FILTERS, USEFUL_FIELDS


@pytest.mark.parametrize("key", FILTERS)
def test_every_filter_finds_somebody(simulator: str, key: str) -> None:
    assert asking.find(Criteria(filters=(key,))).treff > 0


def test_every_field_of_the_help_can_be_searched(simulator: str) -> None:
    found = {field: asking.find(Criteria(kql=f"{field}:*")).treff for field in USEFUL_FIELDS}
    assert all(found.values()), found


def test_a_relative_can_be_searched_by_what_they_are(simulator: str) -> None:
    kql = 'tenorRelasjoner.freg: {tenorRelasjonsnavn: "barn" AND foedselsdato > 2010-01-01}'
    parents = asking.find(Criteria(kql=kql, filters=("18-til-66",)))
    assert 0 < len(parents.dokumentListe) <= PAGE_SIZE
    assert asking.find(Criteria(kql=kql, filters=("under-6",))).treff == 0


def test_the_named_test_persons_are_in_tenor_too(simulator: str) -> None:
    named = {person.case: person.number for person in asking.named_persons()}
    found = asking.find(Criteria(kql=f"identifikator: {named['vanlig-familie']}"))
    assert [person.number for person in found.dokumentListe] == [named["vanlig-familie"]]
