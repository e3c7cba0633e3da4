"""The register's table of parts, per rights package, held against what the simulator answers."""

import pytest

from integrations.folkeregisteret.elements import ELEMENTS, OPEN_HISTORY, parts_for
from integrations.simulator.register import parts
from tests.integrations.simulator.conftest import bulk
from tests.integrations.simulator.door import WITH, WITHOUT, Document, Door, current

BASIS = {
    "identifikasjonsnummer",
    "identitetsgrunnlag",
    "status",
    "doedsfall",
    "sivilstand",
    "foedsel",
    "statsborgerskap",
    "kjoenn",
    "navn",
    "bostedsadresse",
    "oppholdsadresse",
    "deltBosted",
    "postadresse",
    "postadresseIUtlandet",
    "adressebeskyttelse",
    "kontaktinformasjonForDoedsbo",
}
#: part, what it brings with legal basis, and without (None: refused).
MATRIX: list[tuple[str, set[str], set[str] | None]] = [
    ("person-basis", BASIS, BASIS),
    (
        "identitetsgrunnlag-utvidet",
        {"falskIdentitet", "legitimasjonsdokument", "utenlandskPersonidentifikasjon"},
        None,
    ),
    (
        "relasjon-utvidet",
        {"familierelasjon", "foreldreansvar", "vergemaalEllerFremtidsfullmakt"},
        {"vergemaalEllerFremtidsfullmakt"},
    ),
    ("RettsligHandleevne", {"rettsligHandleevne"}, {"rettsligHandleevne"}),
    *((name, {name}, {name}) for name in BASIS),
    *(
        (name, {name}, {name})
        for name in (
            "falskIdentitet",
            "foedselINorge",
            "innflytting",
            "utflytting",
            "vergemaalEllerFremtidsfullmakt",
            "oppholdPaaSvalbard",
        )
    ),
    *(
        (name, {name}, None)
        for name in (
            "familierelasjon",
            "foreldreansvar",
            "legitimasjonsdokument",
            "utenlandskPersonidentifikasjon",
            "utlendingsmyndighetenesIdentifikasjonsnummer",
            "opphold",
            "bibehold",
            "brukAvSamiskSpraak",
            "forholdTilSametingetsValgmanntall",
        )
    ),
]
ALWAYS = {"identifikasjonsnummer"}


@pytest.mark.parametrize(("part", "with_basis", "without"), MATRIX)
def test_a_part_brings_exactly_what_the_table_says(
    door: Door, everyone: dict[str, Document], part: str, with_basis: set[str], without: set[str] | None
) -> None:
    numbers = list(everyone)[:1000]
    for package, expected in ((WITH, with_basis), (WITHOUT, without)):
        answer = door.post(
            "/personer/bulkoppslag", {"foedselsEllerDNummer": numbers}, [("part", part)], package=package
        )
        if expected is None:
            assert answer.status_code == 403
            assert answer.json()["httpStatus"] == 403
        else:
            found = {name for row in answer.json()["oppslag"] for name in row["folkeregisterperson"]}
            assert ALWAYS <= found <= expected | ALWAYS
            there = {name for number in numbers for name in everyone[number] if current(everyone[number], name)}
            assert found - ALWAYS >= (expected & there) - ALWAYS


def test_no_part_means_person_basis(door: Door, cases: dict[str, str]) -> None:
    number = cases["vanlig-familie"]
    assert door.person(number) == door.person(number, "person-basis")
    assert set(door.person(number)) <= BASIS


def test_only_what_is_current_comes_without_historikk(door: Door, cases: dict[str, str]) -> None:
    number = cases["flyttet"]
    assert len(door.person(number, "bostedsadresse")["bostedsadresse"]) == 1
    assert len(door.person(number, "bostedsadresse", "historikk")["bostedsadresse"]) == 3


def test_history_alone_is_the_history_of_person_basis(door: Door, cases: dict[str, str]) -> None:
    number = cases["flyttet"]
    assert door.person(number, "historikk") == door.person(number, "person-basis", "historikk")


def test_history_without_legal_basis_is_that_of_numbers_names_and_addresses_only(
    door: Door, cases: dict[str, str]
) -> None:
    earlier_spouse = cases["skilt"]
    with_basis = door.person(earlier_spouse, "sivilstand", "historikk")["sivilstand"]
    assert [row["sivilstand"] for row in with_basis] == ["skilt", "gift"]
    without = door.person(earlier_spouse, "sivilstand", "historikk", package=WITHOUT)["sivilstand"]
    assert [row["sivilstand"] for row in without] == ["skilt"]
    renamed = cases["navneendring"]
    assert len(door.person(renamed, "navn", "historikk", package=WITHOUT)["navn"]) == 2


def test_without_legal_basis_no_confidential_value_comes_through_for_anyone(
    door: Door, everyone: dict[str, Document]
) -> None:
    query = [("part", part) for part in ("person-basis", "relasjon-utvidet", "historikk")]
    numbers = list(everyone)
    answers = [
        door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": some}, query, package=WITHOUT).json()["oppslag"]
        for some in (numbers[:1000], numbers[1000:])
    ]
    for document in (row["folkeregisterperson"] for rows in answers for row in rows):
        assert not {"familierelasjon", "foreldreansvar"} & set(document)
        assert all("relatertVedSivilstand" not in row for row in document["sivilstand"])
        assert {row["status"] for row in document["status"]} <= {
            "bosatt",
            "utflyttet",
            "doed",
            "opphoert",
            "inaktiv",
            "aktiv",
        }
        addresses = [row for key in parts.ADDRESSES for row in document.get(key, [])]
        assert {row["adressegradering"] for row in addresses} <= {"ugradert"}
        for key in document.keys() - OPEN_HISTORY - {"doedsfall", "falskIdentitet"}:
            assert all(row["erGjeldende"] for row in document[key])


def test_graded_addresses_come_in_clear_with_legal_basis_and_not_at_all_without(
    door: Door, cases: dict[str, str]
) -> None:
    for case, grade in (("fortrolig", "fortrolig"), ("klientadresse", "klientadresse")):
        address = door.person(cases[case], "bostedsadresse")["bostedsadresse"][0]
        assert address["adressegradering"] == grade
        assert address["grunnkrets"]
        assert "bostedsadresse" not in door.person(cases[case], "bostedsadresse", package=WITHOUT)


def test_the_marking_itself_comes_in_both_packages(door: Door, cases: dict[str, str]) -> None:
    for package in (WITH, WITHOUT):
        marked = door.person(cases["fortrolig"], "adressebeskyttelse", package=package)
        assert marked["adressebeskyttelse"][0]["graderingsnivaa"] == "fortrolig"


def test_the_table_agrees_with_the_vocabulary_of_elements() -> None:
    sources = {element.source for element in ELEMENTS.values() if element.source}
    assert set(parts.PROPERTIES) == sources | {"preferertKontaktadresse"}
    open_parts = parts_for(key for key, element in ELEMENTS.items() if not element.is_confidential)
    properties, history = parts.properties_asked(WITHOUT, tuple(sorted(open_parts)))
    assert history
    assert properties <= parts.OPEN_PROPERTIES
    assert parts.OPEN_HISTORY == OPEN_HISTORY


def test_everything_asked_for_by_group_is_everything_there_is(everyone: dict[str, Document], door: Door) -> None:
    some = list(everyone)[:200]
    assert bulk(door, some) == {number: everyone[number] for number in some}
