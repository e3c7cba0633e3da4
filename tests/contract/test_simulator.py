"""The simulated register's answers against the register owner's specification, over every person it holds."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema import ValidationError

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage, parts_for
from integrations.folkeregisteret.transport import http_client
from tests.contract.facts import PERSON, types, validator
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services
from tests.waiting import until

ROOT = "folkeregisteret.tilgjengeliggjoering."
PATHS = {
    RightsPackage.WITH_LEGAL_BASIS: "/folkeregisteret/offentlig-med-hjemmel/api/v1",
    RightsPackage.WITHOUT_LEGAL_BASIS: "/folkeregisteret/api/offentligutenhjemmel/v1",
}
PARTS = {
    RightsPackage.WITH_LEGAL_BASIS: parts_for(ELEMENTS),
    RightsPackage.WITHOUT_LEGAL_BASIS: parts_for(key for key, each in ELEMENTS.items() if not each.is_confidential),
}
#: What the register has told of since its specification 1.5; anything else that is not in it is our invention.
LATER_PROPERTIES = {
    "Folkeregisterperson.rettsligHandleevne",
    "VergeRepresentantEllerFullmektig.navnFoedselsdato",
    "VergeRepresentantEllerFullmektig.tjenesteomraade",
}
LATER_CODES = {"unik", "aktiv", "doedfoedtBarn"}


@pytest.fixture(scope="module")
def tokens(simulator: str, running: Services) -> Iterator[TokenSource]:
    with http_client() as http:
        yield configured_tokens(running.environment, http)


@pytest.fixture(scope="module", params=RightsPackage, ids=str)
def asking(request: pytest.FixtureRequest, simulator: str, tokens: TokenSource) -> Iterator[httpx.Client]:
    """A plain HTTP client of one rights package, below its path."""
    package: RightsPackage = request.param
    headers = {"Authorization": f"Bearer {tokens.token(f'folkeregister:deling/{package}')}"}
    with httpx.Client(base_url=simulator + PATHS[package], headers=headers, timeout=60) as http:
        yield http


def everyone(simulator: str, asking: httpx.Client) -> list[str]:
    """Every resident of both kommuner, and every special case, by their numbers."""
    cases = [case["number"] for case in httpx.get(f"{simulator}/testpersoner.json").json()]
    return sorted({*cases, *extract(asking, "1870"), *extract(asking, "4640")})


def extract(asking: httpx.Client, kommune: str) -> list[str]:
    order = {
        "personstatustyper": ["bosatt", "utflyttet", "doed"],
        "kommunenummer": {"bostedskommunenummer": kommune},
    }
    ordered = asking.post("/uttrekk/tilpasset", json=order)
    assert_fits(ordered, ROOT + "uttrekk.v1.response.UttrekkJobbResponse")
    address = f"/uttrekk/{ordered.json()['jobbId']}/batch/0"
    until(lambda: asking.get(address).status_code == 200)
    batch = asking.get(address)
    assert_fits(batch, ROOT + "uttrekk.v1.response.UttrekkDataResponse")
    numbers: list[str] = batch.json()["foedselsEllerDNummer"]
    return numbers


def assert_fits(answer: httpx.Response, schema: str) -> None:
    answer.raise_for_status()
    assert answer.headers["Content-Type"].startswith("application/json")
    assert problems(answer.json(), schema) == Counter()


def problems(content: object, schema: str) -> Counter[str]:
    """Where and how often the content departs from the schema, without its values."""
    errors = validator(schema).iter_errors(content)
    return Counter(_named(error) for error in errors if not _is_later(error))


def _named(error: ValidationError) -> str:
    place = ".".join(part for part in error.absolute_path if isinstance(part, str))
    return f"{place}: {error.validator} {error.validator_value if error.validator in {'required', 'type'} else ''}"


def _is_later(error: ValidationError) -> bool:
    return error.validator == "enum" and error.instance in LATER_CODES


def parts_of(asking: httpx.Client) -> tuple[tuple[str, str], ...]:
    package = next(package for package, path in PATHS.items() if path in str(asking.base_url))
    return tuple(("part", part) for part in sorted(PARTS[package]))


def persons(simulator: str, asking: httpx.Client) -> list[dict[str, Any]]:
    numbers = everyone(simulator, asking)
    answer = asking.post("/personer/bulkoppslag", params=parts_of(asking), json={"foedselsEllerDNummer": numbers})
    found = [row["folkeregisterperson"] for row in answer.json()["oppslag"] if "folkeregisterperson" in row]
    assert len(found) > 500, "too few persons to say anything"
    return found


def test_every_person_fits_the_schema_of_a_person(simulator: str, asking: httpx.Client) -> None:
    found: Counter[str] = sum((problems(person, PERSON) for person in persons(simulator, asking)), Counter())
    assert found == Counter()


def test_no_person_has_a_property_that_is_in_no_schema(simulator: str, asking: httpx.Client) -> None:
    found = {path for person in persons(simulator, asking) for path in strangers(person, "Folkeregisterperson")}
    assert found <= LATER_PROPERTIES


def strangers(content: dict[str, Any], type_name: str) -> Iterator[str]:
    """Properties that the schema does not have, by the type they stand in."""
    fields = types()[type_name]
    for name, value in content.items():
        if name not in fields:
            yield f"{type_name}.{name}"
        elif fields[name]["ref"]:
            for each in value if isinstance(value, list) else [value]:
                yield from strangers(each, fields[name]["ref"])


def test_a_bulk_answer_fits_its_schema_with_persons_and_without(simulator: str, asking: httpx.Client) -> None:
    numbers = [*everyone(simulator, asking)[:50], "03851598730"]
    query = (*parts_of(asking), ("somBestilt", "true"))
    answer = asking.post("/personer/bulkoppslag", params=query, json={"foedselsEllerDNummer": numbers})
    schema = ROOT + "person.v1.bulk.response.PersonBulkoppslagResponse"
    assert_fits(answer, schema)
    assert [row["foedselsEllerDNummer"] for row in answer.json()["oppslag"]] == numbers
    assert "feilmelding" in answer.json()["oppslag"][-1]


@pytest.mark.parametrize("criteria", [{"navn": "RAD"}, {"kommunenummer": "1870", "maksTreff": "5"}], ids=str)
def test_a_search_answer_fits_its_schema_with_hits_and_without(asking: httpx.Client, criteria: dict[str, str]) -> None:
    assert_fits(asking.get("/personer/soek", params=criteria), ROOT + "person.v1.soek.response.PersonsoekResponse")


@pytest.mark.parametrize(("authorization", "status"), [("Bearer made-up", 401), ("", 401)])
def test_a_refusal_fits_its_schema(asking: httpx.Client, authorization: str, status: int) -> None:
    answer = asking.get("/personer/soek?navn=RAD", headers={"Authorization": authorization})
    assert answer.status_code == status
    assert not problems(answer.json(), "ske.folkeregister.exception.javaxrs.FolkeregisterFeilmelding")


def test_the_check_itself_finds_what_does_not_fit() -> None:
    wrong = {"navn": [{"fornavn": 17}], "foedsel": [{"foedselsdato": "3. mai 2015", "foedselsaar": "2015"}]}
    assert set(problems(wrong, PERSON)) == {
        "navn.fornavn: type string",
        "navn: required ['etternavn', 'fornavn']",
        "foedsel.foedselsdato: format ",
    }
