"""entydigsoek: who is found, what gives a right to a hit, and what is refused."""

from typing import Any

import httpx
import pytest

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.problems import Problem
from integrations.simulator.register.unique import DUF_IN_OPENAPI, UniqueRule, unique_criteria
from tests.integrations.simulator.door import WITH, WITHOUT, Document, Door, current

#: The spelling of the parameter in the register's documentation; its OpenAPI file has another.
DUF_IN_DOCUMENTATION = "utlendingsmyndighetenesIdentifikasjonsnummer"
ONE, TWIN = "41819077302", "41819077906"
ROAD = {
    "kommunenummer": "1870",
    "adressenavn": "Enestegata",
    "adressenummer": {"husnummer": "7", "husbokstav": "C"},
    "poststed": {"postnummer": "9999", "poststedsnavn": "INGENSTEDS"},
}
NUMBERLESS = {
    "kommunenummer": "1870",
    "adressenavn": "Husløsvegen",
    "poststed": {"postnummer": "9998", "poststedsnavn": "INGENSTEDS"},
}


def now(**content: object) -> list[Document]:
    return [{"erGjeldende": True, **content}]


def person(number: str, *, road: Document = ROAD, earlier: str = "", **more: Any) -> Document:
    names = [{"erGjeldende": True, "fornavn": "UNIK LÆRA", "mellomnavn": "MELLOM", "etternavn": "ENSLIG STILLING"}]
    if earlier:
        names.append({"erGjeldende": False, "fornavn": "UNIK", "etternavn": earlier})
    return {
        "identifikasjonsnummer": now(foedselsEllerDNummer=number, identifikatortype="dNummer", status="iBruk"),
        "status": now(status="bosatt"),
        "navn": names,
        "foedsel": now(foedselsdato="1990-01-01", foedselsaar="1990"),
        "bostedsadresse": now(adressegradering="ugradert", vegadresse=road),
        **more,
    }


@pytest.fixture
def people(door: Door) -> Any:
    """Puts persons in for the time of the test."""
    yield lambda *documents: door.http.post("/_control/persons", json=list(documents)).raise_for_status()
    door.http.delete("/_control/persons").raise_for_status()


def ask(door: Door, *, package: RightsPackage = WITH, parts: tuple[str, ...] = (), **criteria: str) -> httpx.Response:
    return door.get("/personer/entydigsoek", [*criteria.items(), *(("part", each) for each in parts)], package=package)


def found(answer: httpx.Response) -> str:
    return str(current(answer.raise_for_status().json(), "identifikasjonsnummer")[0]["foedselsEllerDNummer"])


@pytest.mark.parametrize(
    "name",
    ["unik stilling", "LÆRA ENSLIG", "Unik mellom læra stilling", "unik enslig stilling"],
)
def test_the_first_word_is_in_the_given_name_and_the_last_in_the_family_name(
    door: Door, people: Any, name: str
) -> None:
    people(person(ONE))
    assert found(ask(door, navn=name, foedselsdato="19900101")) == ONE


@pytest.mark.parametrize(
    "name", ["stilling unik", "mellom stilling", "unik mellom", "uni stilling", "unik annet stilling"]
)
def test_a_word_in_the_wrong_place_finds_nobody(door: Door, people: Any, name: str) -> None:
    people(person(ONE))
    assert ask(door, navn=name, foedselsdato="19900101").status_code == 404


def test_two_hits_are_as_none(door: Door, people: Any) -> None:
    people(person(ONE), person(TWIN))
    several, none = (ask(door, navn="unik stilling", foedselsdato=day) for day in ("19900101", "19900102"))
    assert (several.status_code, none.status_code) == (404, 404)
    assert several.json()["message"] == none.json()["message"]


def test_another_criterion_tells_two_apart(door: Door, people: Any) -> None:
    people(person(ONE), person(TWIN, road=NUMBERLESS))
    assert found(ask(door, navn="unik stilling", foedselsdato="19900101", postnummer="9998")) == TWIN


@pytest.mark.parametrize(
    "criteria", [{"husnummer": "7C"}, {"husnummer": "7c"}, {"postnummer": "9999", "husnummer": "7C"}]
)
def test_a_street_is_found_with_its_house(door: Door, people: Any, criteria: dict[str, str]) -> None:
    people(person(ONE))
    assert found(ask(door, navn="unik stilling", adressenavn="Enes", **criteria)) == ONE


@pytest.mark.parametrize("house", ["7", "7D", "8C"])
def test_the_letter_of_a_house_must_be_right(door: Door, people: Any, house: str) -> None:
    people(person(ONE))
    assert ask(door, navn="unik stilling", adressenavn="Enestegata", husnummer=house).status_code == 404


def test_a_street_alone_is_enough_only_where_it_has_no_numbers(door: Door, people: Any) -> None:
    people(person(ONE), person(TWIN, road=NUMBERLESS))
    assert ask(door, navn="unik stilling", adressenavn="Enestegata").status_code == 404
    assert found(ask(door, navn="unik stilling", adressenavn="Husløsvegen")) == TWIN


def test_a_number_is_found_now_and_later(door: Door, people: Any) -> None:
    ids = [*person(ONE)["identifikasjonsnummer"]]
    ids.append(
        {"erGjeldende": False, "foedselsEllerDNummer": TWIN, "identifikatortype": "dNummer", "status": "opphoert"}
    )
    people(person(ONE) | {"identifikasjonsnummer": ids})
    for number in (ONE, TWIN):
        assert found(ask(door, navn="unik stilling", identifikasjonsnummer=number)) == ONE
    assert ask(door, navn="noen annen", identifikasjonsnummer=ONE).status_code == 404


def test_earlier_names_count_only_when_asked_for(door: Door, people: Any) -> None:
    people(person(ONE, earlier="FORRIGE"))
    criteria = {"navn": "unik forrige", "foedselsdato": "19900101"}
    assert ask(door, **criteria).status_code == 404
    assert found(ask(door, opplysningsgrunnlag="historisk", **criteria)) == ONE


def test_names_that_sound_alike_are_found_when_asked_for(door: Door, people: Any) -> None:
    people(person(ONE))
    criteria = {"navn": "uniq laera stiling", "foedselsdato": "19900101"}
    assert ask(door, **criteria).status_code == 404
    assert found(ask(door, soekFonetisk="true", **criteria)) == ONE


PAPERS = {
    "utenlandskpersonidentifikasjon": ("utenlandskPersonidentifikasjon", "identifikasjonsnummer", "AFG-1458-4555"),
    "legitimasjonsdokument": ("legitimasjonsdokument", "identifikasjonsdokumentnummer", "AFG-1458-4555"),
    DUF_IN_OPENAPI: ("utlendingsmyndighetenesIdentifikasjonsnummer", "identifikasjonsnummer", "200012345678"),
}


@pytest.mark.parametrize("criterion", PAPERS)
def test_papers_are_found_with_legal_basis_only(door: Door, people: Any, criterion: str) -> None:
    key, field, value = PAPERS[criterion]
    people(person(ONE, **{key: now(utstederland="AFG", **{field: value.removeprefix("AFG-")})}))
    assert found(ask(door, navn="unik stilling", **{criterion: value})) == ONE
    assert ask(door, navn="unik stilling", **{criterion: value[:-1] + "0"}).status_code == 404
    assert ask(door, package=WITHOUT, navn="unik stilling", **{criterion: value}).status_code == 403


def test_the_dead_are_found_and_the_ceased_are_not(door: Door, people: Any) -> None:
    people(person(ONE) | {"status": now(status="doed")})
    assert found(ask(door, navn="unik stilling", foedselsdato="19900101")) == ONE
    people(person(ONE) | {"status": now(status="opphoert")})
    assert ask(door, navn="unik stilling", foedselsdato="19900101").status_code == 404


def test_a_graded_address_is_no_criterion_without_legal_basis(door: Door, people: Any) -> None:
    people(person(ONE) | {"bostedsadresse": now(adressegradering="fortrolig", vegadresse=ROAD)})
    assert found(ask(door, navn="unik stilling", postnummer="9999")) == ONE
    assert ask(door, package=WITHOUT, navn="unik stilling", postnummer="9999").status_code == 404


def test_the_answer_holds_the_parts_asked_for(door: Door, people: Any) -> None:
    people(person(ONE))
    answer = ask(door, parts=("navn", "foedsel"), navn="unik stilling", foedselsdato="19900101").json()
    assert answer.keys() == {"identifikasjonsnummer", "navn", "foedsel"}


REFUSED: list[dict[str, str]] = [
    {},
    {"navn": "unik stilling"},
    {"foedselsdato": "19900101"},
    {"navn": "unik", "foedselsdato": "19900101"},
    {"navn": "unik stilling", "husnummer": "7C"},
    {"navn": "unik stilling", "soekFonetisk": "true"},
    {"navn": "unik stilling", "adressenavn": "En", "husnummer": "7C"},
    {"navn": "unik stilling", "foedselsdato": "1990-01-01"},
    {"navn": "unik stilling", "identifikasjonsnummer": "1"},
    {"navn": "unik stilling", "legitimasjonsdokument": "DK-7545367"},
    {"navn": "unik stilling", "foedselsdato": "19900101", "kjoenn": "kvinne"},
    {"navn": "unik stilling", "foedselsdato": "19900101", "kjoenn": ""},
    {"navn": "unik stilling", "foedselsdato": "19900101", "duf": "200012345678"},
    {"foedselsdato": "19900101", "legitimasjonsdokument": "DNK-7545367"},
]


@pytest.mark.parametrize("criteria", REFUSED)
def test_too_little_or_out_of_shape_is_refused(door: Door, criteria: dict[str, str]) -> None:
    assert ask(door, **criteria).status_code == 400


def test_a_repeated_criterion_is_refused(door: Door) -> None:
    query = [("navn", "unik stilling"), ("foedselsdato", "19900101"), ("foedselsdato", "19900102")]
    assert door.get("/personer/entydigsoek", query).status_code == 400


def test_the_rule_of_the_openapi_file_lets_papers_stand_beside_a_birth_date() -> None:
    asked = {"foedselsdato": "19900101", "legitimasjonsdokument": "DNK-7545367"}
    assert unique_criteria(asked, WITH, UniqueRule(as_of="1.5")).searched.words == []
    with pytest.raises(Problem):
        unique_criteria(asked, WITH, UniqueRule())


def test_the_rule_of_the_openapi_file_wants_a_street_beside_a_postal_code() -> None:
    with pytest.raises(Problem):
        unique_criteria({"navn": "unik stilling", "postnummer": "9999"}, WITH, UniqueRule(as_of="1.5"))
    asked = {"navn": "unik stilling", "postnummer": "9999", "adressenavn": "Enestegata"}
    assert not unique_criteria(asked, WITH, UniqueRule(as_of="1.5")).no_house


@pytest.mark.parametrize(
    ("right", "wrong"), [(DUF_IN_OPENAPI, DUF_IN_DOCUMENTATION), (DUF_IN_DOCUMENTATION, DUF_IN_OPENAPI)]
)
def test_the_duf_number_is_spelled_as_the_setting_says(right: str, wrong: str) -> None:
    rule = UniqueRule(duf=right)
    assert unique_criteria({"navn": "unik stilling", right: "200012345678"}, WITH, rule)
    with pytest.raises(Problem):
        unique_criteria({"navn": "unik stilling", wrong: "200012345678"}, WITH, rule)
