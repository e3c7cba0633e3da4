import re
from collections import Counter

from integrations.folkeregisteret.elements import ELEMENTS
from integrations.simulator.population.documents import document_of
from integrations.simulator.population.population import populate
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import Document, current

KOMMUNER = ("1870", "4640")
SAME_ON_BOTH_SIDES = ("ektefelleEllerPartner", "soesken")
MIRRORED = {"mor": "barn", "far": "barn", "medmor": "barn", **{role: role for role in SAME_ON_BOTH_SIDES}}


def documents(seed: str, size: int) -> list[Document]:
    return [document_of(resident) for resident in populate(seed, size=size, kommuner=KOMMUNER).residents]


def relations(document: Document) -> set[tuple[str, str, str]]:
    rows = current(document, "familierelasjon")
    return {
        (row["relatertPerson"], row["relatertPersonsRolle"], row["minRolleForPerson"])
        for row in rows
        if "relatertPerson" in row
    }


def gradings(document: Document) -> set[str]:
    return {row["graderingsnivaa"] for row in current(document, "adressebeskyttelse")}


def test_the_same_seed_and_size_make_the_same_people() -> None:
    assert documents("7", 250) == documents("7", 250)


def test_another_seed_makes_other_people() -> None:
    assert documents("7", 250) != documents("8", 250)


def test_there_are_as_many_as_asked_for_in_each_kommune(everyone: dict[str, Document]) -> None:
    assert len(everyone) == 2000
    assert len(documents("1", 333)) == 666


def test_every_number_anywhere_in_a_document_is_synthetic(everyone: dict[str, Document]) -> None:
    found = set(re.findall(r"(?<!\d)\d{11}(?!\d)", str(everyone)))
    assert len(found) >= 2000
    assert {number[2] for number in found} == {"8", "9"}


def test_every_relation_stands_on_both_sides(everyone: dict[str, Document]) -> None:
    count = 0
    for number, document in everyone.items():
        for other, role, mine in relations(document):
            assert (number, mine, role) in relations(everyone[other])
            assert MIRRORED.get(role) == mine or MIRRORED.get(mine) == role
            count += 1
    assert count > 2000


def test_spouses_name_each_other(everyone: dict[str, Document]) -> None:
    pairs = 0
    for number, document in everyone.items():
        for row in current(document, "sivilstand"):
            spouse = everyone.get(row.get("relatertVedSivilstand", ""))
            if spouse and "doedsfall" not in document:
                assert current(spouse, "sivilstand")[0]["relatertVedSivilstand"] == number
                assert current(spouse, "sivilstand")[0]["sivilstandsdato"] == row["sivilstandsdato"]
                pairs += 1
    assert pairs > 200


def test_parental_responsibility_stands_on_the_child_and_on_each_parent(everyone: dict[str, Document]) -> None:
    rows = [row for document in everyone.values() for row in document.get("foreldreansvar", [])]
    assert len(rows) > 500
    for row in rows:
        assert all(row in everyone[row[key]]["foreldreansvar"] for key in ("ansvarssubjekt", "ansvarlig") if key in row)
    assert {row["ansvar"] for row in rows} >= {"felles", "mor"}


def test_a_child_is_younger_than_its_parents(everyone: dict[str, Document]) -> None:
    for document in everyone.values():
        born = int(document.get("foedsel", [{"foedselsaar": "0"}])[0]["foedselsaar"])
        for other, role, _ in relations(document):
            if role == "barn":
                assert int(everyone[other]["foedsel"][0]["foedselsaar"]) - born >= 15


def test_the_ages_are_those_of_a_kommune(everyone: dict[str, Document]) -> None:
    years = [2026 - int(each["foedsel"][0]["foedselsaar"]) for each in everyone.values() if "foedsel" in each]
    shares = {decade: count / len(years) for decade, count in Counter(year // 20 for year in years).items()}
    assert 0.15 < shares[0] < 0.35
    assert all(share > 0.04 for decade, share in shares.items() if decade < 4)


def test_every_known_property_stands_somewhere(everyone: dict[str, Document]) -> None:
    found = {name for document in everyone.values() for name in document}
    assert found >= {element.source for element in ELEMENTS.values() if element.source}


def test_every_kind_of_address_stands_somewhere(everyone: dict[str, Document]) -> None:
    kinds = {
        kind
        for document in everyone.values()
        for key in ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
        for row in document.get(key, [])
        for kind in row
    }
    assert kinds >= {
        "vegadresse",
        "matrikkeladresse",
        "ukjentBosted",
        "postboksadresse",
        "postadresseIFrittFormat",
        "utenlandskAdresse",
        "utenlandskAdresseIFrittFormat",
        "adressenErUkjent",
    }


def test_most_have_one_current_name_status_and_number(everyone: dict[str, Document]) -> None:
    for document in everyone.values():
        assert [len(current(document, key)) for key in ("identifikasjonsnummer", "status", "sivilstand")] == [1, 1, 1]
        assert len(current(document, "bostedsadresse")) <= 1


def test_someone_strengt_fortrolig_has_no_trace_of_a_home(everyone: dict[str, Document]) -> None:
    hidden = [document for document in everyone.values() if "strengtFortrolig" in gradings(document)]
    assert hidden
    for document in hidden:
        traces = (
            "bostedsadresse",
            "oppholdsadresse",
            "deltBosted",
            "postadresseIUtlandet",
            "innflytting",
            "utflytting",
        )
        assert not document.keys() & set(traces)
        assert [row["adressegradering"] for row in document["postadresse"]] == ["ugradert"]


def test_someone_fortrolig_has_every_address_marked_so_also_earlier_ones(everyone: dict[str, Document]) -> None:
    graded = [document for document in everyone.values() if "fortrolig" in gradings(document)]
    assert graded
    for document in graded:
        rows = [row for key in ("bostedsadresse", "postadresse", "oppholdsadresse") for row in document.get(key, [])]
        assert rows
        assert {row["adressegradering"] for row in rows} == {"fortrolig"}


def test_klientadresse_marks_that_address_only(everyone: dict[str, Document]) -> None:
    rows = [
        document["bostedsadresse"]
        for document in everyone.values()
        if any(row["adressegradering"] == "klientadresse" for row in document.get("bostedsadresse", []))
    ]
    assert rows
    assert any({row["adressegradering"] for row in each} == {"klientadresse", "ugradert"} for each in rows)


def test_an_address_keeps_the_number_its_kommune_had_then(everyone: dict[str, Document]) -> None:
    rows = [row for document in everyone.values() for row in document.get("bostedsadresse", []) if "1420" in str(row)]
    assert rows
    assert all(row["erGjeldende"] is False and row["gyldighetstidspunkt"] < "2020" for row in rows)


def test_some_children_were_called_after_their_mother_at_first_and_one_still_is(everyone: dict[str, Document]) -> None:
    names = [row for document in everyone.values() for row in document.get("navn", []) if "*" in row["fornavn"]]
    assert len(names) > 3
    assert sum(row["erGjeldende"] for row in names) == 1


def test_the_register_says_how_many_it_holds() -> None:
    assert len(Simulator(Settings(size=120)).register) == 240
