"""Every person the simulated register holds, at every door, against the specification and against our own schemas."""

from collections import Counter
from typing import Any, Final

import pytest

from tests.contract.asking import WITH, Door, persons
from tests.contract.authored import departures
from tests.contract.facts import PERSON
from tests.contract.spec import LATER_PROPERTIES, problems, strangers

SCHEMAS: Final = {True: "person/withLegalBasis", False: "person/withoutLegalBasis"}


@pytest.fixture
def found(door: Door, everyone: list[str]) -> list[dict[str, Any]]:
    return list(persons(door, everyone))


def test_there_are_more_than_a_thousand(found: list[dict[str, Any]]) -> None:
    assert len(found) > 1000


def test_every_person_fits_the_specification(found: list[dict[str, Any]]) -> None:
    assert sum((problems(person, PERSON) for person in found), Counter()) == Counter()


def test_every_person_fits_our_own_schema_of_the_package(door: Door, found: list[dict[str, Any]]) -> None:
    schema = SCHEMAS[door.package is WITH]
    assert sum((departures(person, schema) for person in found), Counter()) == Counter()


def test_no_person_has_a_property_that_nobody_has_told_of(found: list[dict[str, Any]]) -> None:
    assert {path for person in found for path in strangers(person, "Folkeregisterperson")} <= LATER_PROPERTIES


def test_each_named_test_person_comes_alone_as_in_a_list(door: Door, cases: dict[str, str]) -> None:
    schema = SCHEMAS[door.package is WITH]
    for number in cases.values():
        answer = door.get(f"/personer/{number}", door.parts())
        assert answer.status_code == 200
        assert departures(answer.json(), schema) == Counter()


def test_the_check_itself_finds_what_does_not_fit() -> None:
    wrong = {"navn": [{"fornavn": 17}], "foedsel": [{"foedselsdato": "3. mai 2015", "foedselsaar": "2015"}]}
    assert set(problems(wrong, PERSON)) == {"navn.fornavn: type", "navn: required", "foedsel.foedselsdato: format"}
