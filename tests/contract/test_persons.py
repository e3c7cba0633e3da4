"""Every person the simulated register holds, at every door, against the specification and against our own schemas."""

from collections import Counter
from typing import Any, Final

import pytest

from tests.contract.asking import DOORS, WITH, Door, persons
from tests.contract.authored import departures
from tests.contract.facts import PERSON
from tests.contract.spec import LATER_PROPERTIES, problems, strangers

SCHEMAS: Final = {True: "person/withLegalBasis", False: "person/withoutLegalBasis"}
Person = dict[str, Any]


@pytest.fixture(scope="module", params=[name for name in DOORS if name.startswith("skatteetaten")])
def register_door(request: pytest.FixtureRequest, ways: dict[str, Door]) -> Door:
    """The register's own, one for each package."""
    return ways[request.param]


@pytest.fixture(scope="module")
def found(register_door: Door, everyone: list[str]) -> list[Person]:
    """More than a thousand, with every part and its history."""
    documents = list(persons(register_door, everyone))
    assert len(documents) > 1000
    return documents


def test_every_person_fits_the_specification(found: list[Person]) -> None:
    assert sum((problems(person, PERSON) for person in found), Counter()) == Counter()


def test_every_person_fits_our_own_schema_of_the_package(register_door: Door, found: list[Person]) -> None:
    schema = SCHEMAS[register_door.package is WITH]
    assert sum((departures(person, schema) for person in found), Counter()) == Counter()


def test_no_person_has_a_property_that_nobody_has_told_of(found: list[Person]) -> None:
    assert {path for person in found for path in strangers(person, "Folkeregisterperson")} <= LATER_PROPERTIES


def test_fiks_passes_the_same_persons_on(
    register_door: Door, found: list[Person], ways: dict[str, Door], everyone: list[str]
) -> None:
    assert list(persons(ways[f"fiks {register_door.package}"], everyone)) == found


def test_each_named_test_person_comes_alone_as_in_a_list(door: Door, cases: dict[str, str]) -> None:
    schema = SCHEMAS[door.package is WITH]
    for number in cases.values():
        answer = door.get(f"/personer/{number}", door.parts())
        assert answer.status_code == 200
        assert departures(answer.json(), schema) == Counter()


def test_the_check_itself_finds_what_does_not_fit() -> None:
    wrong = {"navn": [{"fornavn": 17}], "foedsel": [{"foedselsdato": "3. mai 2015", "foedselsaar": "2015"}]}
    assert set(problems(wrong, PERSON)) == {"navn.fornavn: type", "navn: required", "foedsel.foedselsdato: format"}
