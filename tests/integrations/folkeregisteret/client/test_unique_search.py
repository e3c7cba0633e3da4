"""The search for one person: what may be asked in which package, how it is spelled, and what the answer means."""

import itertools
from datetime import date
from typing import Any

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import InvalidCriteria, UniqueCriteria, UniqueRule
from integrations.folkeregisteret.doors import Dialect, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import InvalidRequest, UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, ERROR_SHAPES, document
from tests.integrations.folkeregisteret.register import Register, client_of

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
DUF = "utlendingsmyndighetenesidentifikasjonsnummer"
GIVEN: dict[str, Any] = {
    "navn": "RAD FURE",
    "identifikasjonsnummer": A_NUMBER,
    "foedselsdato": date(2015, 5, 3),
    "postnummer": "8340",
    "adressenavn": "Storgata",
    "husnummer": "3B",
    "utenlandskpersonidentifikasjon": "ARG-8766523769",
    "legitimasjonsdokument": "DNK-7545367",
    DUF: "201412345610",
}
CONFIDENTIAL = {"utenlandskpersonidentifikasjon", "legitimasjonsdokument", DUF}
#: What gives a right to a hit with a legal basis, as the register's page and its OpenAPI file list it.
RIGHTS: dict[UniqueRule, list[set[str]]] = {
    "2026": [
        {"navn", "identifikasjonsnummer"},
        {"navn", "foedselsdato"},
        {"navn", "adressenavn"},
        {"navn", "postnummer"},
        *({"navn", paper} for paper in CONFIDENTIAL),
    ],
    "1.5": [
        {"navn", "identifikasjonsnummer"},
        {"navn", "foedselsdato"},
        {"navn", "adressenavn"},
        {"foedselsdato", "utenlandskpersonidentifikasjon"},
        {"foedselsdato", "legitimasjonsdokument"},
        *({"navn", paper} for paper in CONFIDENTIAL),
    ],
}
ONE_OR_TWO = [set(names) for count in (1, 2) for names in itertools.combinations(GIVEN, count)]


def criteria(names: set[str]) -> UniqueCriteria:
    return UniqueCriteria(**{name: GIVEN[name] for name in names})


@pytest.mark.parametrize("rule", ["2026", "1.5"])
@pytest.mark.parametrize("names", ONE_OR_TWO, ids=lambda names: "+".join(sorted(names)))
def test_only_the_listed_combinations_give_a_right_to_a_hit_in_each_package(names: set[str], rule: UniqueRule) -> None:
    allowed = names in RIGHTS[rule]
    assert criteria(names).gives_right_to_hit(WITH, rule) is allowed
    assert criteria(names).gives_right_to_hit(WITHOUT, rule) is (allowed and not names & CONFIDENTIAL)


def test_more_criteria_narrow_what_already_gives_a_right() -> None:
    assert criteria(set(GIVEN)).gives_right_to_hit(WITH)
    assert criteria(set(GIVEN) - CONFIDENTIAL).gives_right_to_hit(WITHOUT)


def test_how_to_search_gives_no_right() -> None:
    assert not UniqueCriteria(navn="RAD FURE", soekFonetisk=True, opplysningsgrunnlag="historisk").gives_right_to_hit(
        WITH
    )


def speaking(dialect: Dialect, register: Register) -> FolkeregisterClient:
    return client_of(register, door=SkatteetatenDoor("https://register.example", dialect=dialect))


def test_without_a_right_nothing_is_sent() -> None:
    register = Register(httpx.Response(200, json=document()))
    for package, names in ((WITH, {"navn"}), (WITH, {"foedselsdato", "postnummer"}), (WITHOUT, {"navn", DUF})):
        with pytest.raises(InvalidRequest):
            client_of(register).unique_search(package, criteria(names), {"navn"})
    assert not register.asked


def test_the_older_rule_is_a_matter_of_dialect() -> None:
    register = Register(httpx.Response(200, json=document()))
    older = criteria({"foedselsdato", "legitimasjonsdokument"})
    assert speaking(Dialect(unique_search="1.5"), register).unique_search(WITH, older, {"navn"})
    with pytest.raises(InvalidRequest):
        speaking(Dialect(unique_search="1.5"), register).unique_search(WITH, criteria({"navn", "postnummer"}), {"navn"})
    assert len(register.asked) == 1


def test_a_unique_search_sends_its_criteria_and_parts() -> None:
    register = Register(httpx.Response(200, json=document()))
    found = client_of(register).unique_search(WITH, criteria(set(GIVEN)), {"navn", "status"})
    assert found
    assert register.asked[0].url.path.endswith("/v1/personer/entydigsoek")
    texts = {name: value.strftime("%Y%m%d") if isinstance(value, date) else value for name, value in GIVEN.items()}
    asked = register.asked[0].url.params.multi_items()
    assert asked == [*sorted(texts.items()), ("part", "navn"), ("part", "status")]


@pytest.mark.parametrize("spelling", [DUF, "utlendingsmyndighetenesIdentifikasjonsnummer"])
def test_the_immigration_number_is_spelled_as_the_register_reads_it(spelling: Any) -> None:
    register = Register(httpx.Response(200, json=document()))
    speaking(Dialect(duf_parameter=spelling), register).unique_search(WITH, criteria({"navn", DUF}), {"navn"})
    assert set(register.asked[0].url.params) == {"navn", "part", spelling}


@pytest.mark.parametrize("shape", sorted(ERROR_SHAPES.keys() - {"fiks"}))
def test_no_hit_and_several_hits_both_give_none(shape: str) -> None:
    client = client_of(Register(httpx.Response(404, json=ERROR_SHAPES[shape])))
    assert client.unique_search(WITH, criteria({"navn", "foedselsdato"}), {"navn"}) is None


def test_a_former_number_finds_the_person_carried_on() -> None:
    client = client_of(Register(httpx.Response(200, json=document(of=ANOTHER_NUMBER))))
    assert client.unique_search(WITH, criteria({"navn", "identifikasjonsnummer"}), {"navn"})


def test_an_error_in_a_persons_clothes_is_no_person() -> None:
    client = client_of(Register(httpx.Response(200, json={"kode": "FREG-001", "melding": "Feil"})))
    with pytest.raises(UnexpectedAnswer):
        client.unique_search(WITH, criteria({"navn", "foedselsdato"}), {"navn"})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"navn": "RAD"}, "navn"),
        ({"identifikasjonsnummer": "123"}, "identifikasjonsnummer"),
        ({"postnummer": "834"}, "postnummer"),
        ({"adressenavn": "St"}, "adressenavn"),
        ({"utenlandskpersonidentifikasjon": "8766523769"}, "utenlandskpersonidentifikasjon"),
        ({"legitimasjonsdokument": "DK-7545367"}, "legitimasjonsdokument"),
        ({"legitimasjonsdokument": "DNK-"}, "legitimasjonsdokument"),
    ],
)
def test_a_malformed_criterion_is_named_and_not_repeated(given: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidCriteria, match=f"^{named}$"):
        UniqueCriteria(**given)


def test_criteria_show_their_names_alone() -> None:
    assert repr(criteria({"navn", "identifikasjonsnummer"})) == "<UniqueCriteria: identifikasjonsnummer, navn>"
