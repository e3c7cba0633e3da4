"""A register of several tiles: the same people again, under other numbers, names and doors."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.identifiers import Synthetic, parse
from integrations.simulator.population.numbers import numbers_of
from integrations.simulator.register import founding
from integrations.simulator.register.criteria import ExtractCriteria, SearchCriteria
from integrations.simulator.register.founding import found
from integrations.simulator.register.register import Register
from integrations.simulator.register.tiles import numbering_of
from tests.integrations.simulator.door import Document, current

WITH = RightsPackage.WITH_LEGAL_BASIS
BASE, TILES = 600, 5


@pytest.fixture(scope="module", autouse=True)
def small_base() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(founding, "LARGEST_BASE", BASE)
        yield


@pytest.fixture(scope="module")
def tiled(small_base: None) -> Register:
    return found("1", size=BASE * TILES, kommuner=("0301",)).register


@pytest.fixture(scope="module")
def documents(tiled: Register) -> dict[str, Document]:
    return {number: tiled.document(number) for number in tiled.numbers()}


def born_day(number: str) -> str:
    return number[:6]


def test_everybody_has_a_synthetic_number_of_their_own(tiled: Register) -> None:
    numbers = list(tiled.numbers())
    assert len(set(numbers)) == len(numbers) == len(tiled) == BASE * TILES
    assert {parse(number).synthetic for number in numbers} == {Synthetic.SKATTEETATEN}


def test_the_first_tile_is_the_people_as_they_are_without_others(documents: dict[str, Document]) -> None:
    alone = found("1", size=BASE, kommuner=("0301",)).register
    numbers = list(documents)
    assert list(alone.numbers()) == numbers[:BASE]
    assert all(alone.document(number) == documents[number] for number in numbers[:BASE])


def test_a_number_tells_the_same_date_kind_and_sex_in_every_tile(documents: dict[str, Document]) -> None:
    numbers = list(documents)
    for place, number in enumerate(numbers):
        first = numbers[place % BASE]
        assert born_day(number) == born_day(first)
        follows_todays_rule = number in numbers_of(number[:6], [int(number[6:9])])
        if follows_todays_rule and number[0] not in "4567" and current(documents[number], "kjoenn"):
            assert (int(number[8]) % 2 == 0) == (current(documents[number], "kjoenn")[0]["kjoenn"] == "kvinne")


def test_relatives_stay_within_a_tile_and_know_each_other(documents: dict[str, Document]) -> None:
    tile_of = {number: place // BASE for place, number in enumerate(documents)}
    relations = 0
    for number, document in documents.items():
        for row in current(document, "familierelasjon"):
            if other := row.get("relatertPerson"):
                assert tile_of[other] == tile_of[number]
                assert number in {back.get("relatertPerson") for back in documents[other]["familierelasjon"]}
                relations += 1
    assert relations > TILES * 100


def test_no_number_of_another_tile_stands_in_a_document(tiled: Register, documents: dict[str, Document]) -> None:
    tile_of = {number: place // BASE for place, number in enumerate(documents)}
    for number, document in documents.items():
        for other in re.findall(r"(?<!\d)\d{11}(?!\d)", json.dumps(document)):
            person = tiled.find(other)
            assert person
            assert tile_of[person.traits.number] == tile_of[number]


def test_the_same_person_has_another_name_in_every_tile(documents: dict[str, Document]) -> None:
    numbers = list(documents)
    names = [documents[number]["navn"][0] for number in numbers[100::BASE]]
    assert len({name["fornavn"] for name in names}) == len({name["etternavn"] for name in names}) == TILES


def test_nobody_shares_a_dwelling_with_another_tile(documents: dict[str, Document]) -> None:
    dwellings: dict[str, set[int]] = {}
    for place, document in enumerate(documents.values()):
        for row in current(document, "bostedsadresse"):
            place_of_home = row.get("vegadresse") or row.get("matrikkeladresse") or {}
            if "bruksenhetsnummer" in place_of_home:
                dwellings.setdefault(json.dumps(place_of_home, sort_keys=True), set()).add(place // BASE)
    assert len(dwellings) > BASE
    assert all(len(tiles) == 1 for tiles in dwellings.values())


def test_a_short_name_stays_short_in_every_tile(documents: dict[str, Document]) -> None:
    short = [
        row["forkortetNavn"] for each in documents.values() for row in each.get("navn", []) if "forkortetNavn" in row
    ]
    assert len(short) >= TILES
    assert all(len(name) <= 40 for name in short)


@pytest.mark.parametrize("tile", range(TILES))
def test_a_person_of_any_tile_is_found_by_name_and_birth_date(
    tiled: Register, documents: dict[str, Document], tile: int
) -> None:
    number = list(documents)[tile * BASE + 100]
    name, born = documents[number]["navn"][0], documents[number]["foedsel"][0]["foedselsdato"].replace("-", "")
    for phonetic in (False, True):
        criteria = SearchCriteria(
            navn=f"{name['fornavn']} {name['etternavn']}", foedselsdato=born, soekFonetisk=phonetic
        )
        assert tiled.search(WITH, criteria) == [number]


def test_a_search_without_a_name_finds_its_people_in_every_tile(
    tiled: Register, documents: dict[str, Document]
) -> None:
    found_there = tiled.search(WITH, SearchCriteria(kjoenn="mann", kommunenummer="0301"))
    assert len(found_there) > BASE
    assert set(found_there) <= set(documents)
    assert len(found_there) % TILES == 0


def test_an_extract_holds_the_same_share_of_every_tile(tiled: Register, documents: dict[str, Document]) -> None:
    numbers = tiled.extract(WITH, ExtractCriteria(["bosatt"], kjoenn="kvinne"))
    women = [
        number
        for number, each in documents.items()
        if "bosatt" in str(current(each, "status")) and "kvinne" in str(current(each, "kjoenn"))
    ]
    assert list(numbers) == women
    assert list(numbers[10:20]) == women[10:20]
    assert numbers[-1] == women[-1]


def test_a_former_number_leads_to_its_person_in_every_tile(tiled: Register, documents: dict[str, Document]) -> None:
    former = {
        row["foedselsEllerDNummer"]: number
        for number, each in documents.items()
        for row in each["identifikasjonsnummer"][1:]
    }
    assert len(former) >= TILES
    leads_to = {number: person.traits.number for number in former if (person := tiled.find(number))}
    assert leads_to == former


@pytest.mark.parametrize("number", ["", "1234567890", "00000000000", "1234567890a", "１２３４５６７８９０１", "9" * 40])
def test_what_is_nobodys_number_leads_to_nobody(tiled: Register, number: str) -> None:
    assert tiled.find(number) is None


def test_somebody_replaced_in_another_tile_is_the_new_person_until_restored(
    tiled: Register, documents: dict[str, Document]
) -> None:
    number = list(documents)[3 * BASE + 7]
    changed = documents[number] | {"navn": [{"erGjeldende": True, "fornavn": "HELT", "etternavn": "UTBYTTET"}]}
    assert tiled.put_in(changed) == number
    assert tiled.document(number)["navn"] == changed["navn"]
    assert tiled.search(WITH, SearchCriteria(navn="utbyttet")) == [number]
    assert sorted(tiled.numbers()) == sorted(documents)
    assert len(tiled) == BASE * TILES
    tiled.restore()
    assert tiled.document(number) == documents[number]
    assert list(tiled.numbers()) == list(documents)


def test_a_person_who_takes_over_a_number_takes_over_its_person(
    tiled: Register, documents: dict[str, Document]
) -> None:
    kept, gone = list(documents)[BASE + 3], list(documents)[BASE + 40]
    row = {"foedselsEllerDNummer": gone, "status": "opphoert", "erGjeldende": False}
    tiled.put_in(documents[kept] | {"identifikasjonsnummer": [documents[kept]["identifikasjonsnummer"][0], row]})
    assert tiled.document(gone) == tiled.document(kept)
    assert gone not in set(tiled.numbers())
    assert len(tiled) == BASE * TILES - 1
    tiled.restore()


def test_numbers_run_out_with_a_clear_word() -> None:
    with pytest.raises(RuntimeError, match="No number is left"):
        numbering_of(list(numbers_of("019190", range(0, 500, 2)))[:200], 20)


def test_the_people_are_read_from_their_file_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "population"
    made, cases = found("3", size=BASE * 2, kommuner=("0301",), file=str(file))
    written = file.stat().st_mtime_ns
    read, cases_read = found("3", size=BASE * 2, kommuner=("0301",), file=str(file))
    assert file.stat().st_mtime_ns == written
    assert cases_read == cases
    assert list(read.numbers()) == list(made.numbers())
    assert all(read.document(number) == made.document(number) for number in list(made.numbers())[::50])
    assert [each.name for each in tmp_path.iterdir()] == ["population"]


@pytest.mark.parametrize("arguments", [("4", 700), ("3", 701)])
def test_a_file_made_from_something_else_is_made_anew(tmp_path: Path, arguments: tuple[str, int]) -> None:
    file = tmp_path / "population"
    found("3", size=700, kommuner=("0301",), file=str(file))
    seed, size = arguments
    register = found(seed, size=size, kommuner=("0301",), file=str(file)).register
    assert list(register.numbers()) == list(found(seed, size=size, kommuner=("0301",)).register.numbers())


@pytest.mark.parametrize("content", [b"", b"half", b"\x84\xa3key"])
def test_a_file_that_cannot_be_read_is_made_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "population"
    file.write_bytes(content)
    assert len(found("3", size=150, kommuner=("0301",), file=str(file)).register) == 150
    assert file.stat().st_size > 10_000
