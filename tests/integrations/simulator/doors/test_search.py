import httpx
import pytest

from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, WITH, WITHOUT, Document, Door, current, registered


def born(document: Document) -> str:
    return str(document["foedsel"][0]["foedselsdato"]).replace("-", "")


def name(document: Document) -> str:
    row = current(document, "navn")[0]
    return f"{row['fornavn']} {row['etternavn']}"


def matching(everyone: dict[str, Document], **wanted: str) -> set[str]:
    """The numbers of living persons with a current home whose street address has these values."""
    found = set()
    for number, document in everyone.items():
        for row in current(document, "bostedsadresse"):
            road = row.get("vegadresse", {})
            if all(road.get(key) == value for key, value in wanted.items()):
                found.add(number)
    return found


def test_a_name_and_a_birth_date_find_the_person(
    door: Door, cases: dict[str, str], everyone: dict[str, Document]
) -> None:
    mother = everyone[cases["vanlig-familie"]]
    hits = door.search(navn=name(mother), foedselsdato=born(mother))
    assert cases["vanlig-familie"] in hits


def test_every_word_must_be_a_whole_word_of_the_name_in_any_case(
    door: Door, cases: dict[str, str], everyone: dict[str, Document]
) -> None:
    number = cases["langt-navn"]
    day = born(everyone[number])
    assert number in door.search(navn="vitebegjærlig strandsnegl", foedselsdato=day)
    assert number not in door.search(navn="vitebegjær", foedselsdato=day)
    assert number not in door.search(navn="vitebegjærlig annen", foedselsdato=day)


def test_an_earlier_name_is_found_only_with_history(
    door: Door, cases: dict[str, str], everyone: dict[str, Document]
) -> None:
    number = cases["navneendring"]
    earlier = everyone[number]["navn"][1]["etternavn"]
    day = born(everyone[number])
    assert number not in door.search(navn=earlier, foedselsdato=day)
    assert number in door.search(navn=earlier, foedselsdato=day, opplysningsgrunnlag="historisk")


def test_a_name_that_sounds_alike_is_found_only_when_asked_for(door: Door, everyone: dict[str, Document]) -> None:
    number, document = next(
        (number, document)
        for number, document in everyone.items()
        if "navn" in document
        and current(document, "navn")[0]["etternavn"] == "KATTUGLE"
        and "doedsfall" not in document
    )
    criteria = {"navn": "CATTUGLE", "foedselsdato": born(document)}
    assert door.search(**criteria) == []
    assert number in door.search(**criteria, soekFonetisk="true")


def test_the_dead_are_found_only_when_asked_for(
    door: Door, cases: dict[str, str], everyone: dict[str, Document]
) -> None:
    number = cases["doed"]
    criteria = {"navn": name(everyone[number]), "foedselsdato": born(everyone[number])}
    assert number not in door.search(**criteria)
    assert number in door.search(**criteria, inkluderDoede="true")


def test_someone_ceased_is_never_found(door: Door, everyone: dict[str, Document]) -> None:
    ceased = {number for number, document in everyone.items() if document["status"][0]["status"] == "opphoert"}
    assert ceased
    assert not ceased & set(door.search(inkluderDoede="true"))


def test_sex_and_years_of_birth_narrow_a_search(door: Door, everyone: dict[str, Document]) -> None:
    hits = door.search(kjoenn="kvinne", foedselsaarFraOgMed="2018", foedselsaarTilOgMed="2019")
    assert hits
    assert {everyone[hit]["kjoenn"][0]["kjoenn"] for hit in hits} == {"kvinne"}
    assert {everyone[hit]["foedsel"][0]["foedselsaar"] for hit in hits} == {"2018", "2019"}


def test_kommune_and_fylke_and_postnummer_are_those_of_the_home(door: Door, everyone: dict[str, Document]) -> None:
    in_kommune = set(door.search(kommunenummer="4640"))
    assert in_kommune == set(door.search(fylkesnummer="46"))
    assert matching(everyone, kommunenummer="4640") <= in_kommune
    assert not matching(everyone, kommunenummer="1870") & in_kommune
    assert set(door.search(postnummer="6863")) < in_kommune


def test_a_street_is_found_by_its_beginning_and_a_house_by_its_letter(
    door: Door, everyone: dict[str, Document]
) -> None:
    number, road = next(
        (number, row["vegadresse"])
        for number, document in everyone.items()
        for row in current(document, "bostedsadresse")
        if row.get("vegadresse", {}).get("adressenummer", {}).get("husbokstav")
    )
    street, house = road["adressenavn"], road["adressenummer"]["husnummer"]
    assert number in door.search(adressenavn=street[:6].upper(), husnummer=f"{house}b")
    assert number not in door.search(adressenavn=street, husnummer=house)


def test_a_stay_is_found_only_when_asked_for(door: Door, cases: dict[str, str], everyone: dict[str, Document]) -> None:
    number = cases["d-nummer"]
    criteria = {"kommunenummer": "1870", "foedselsdato": born(everyone[number])}
    assert number not in door.search(**criteria)
    assert number in door.search(**criteria, inkluderOppholdsadresse="true")


def test_a_graded_address_can_be_searched_with_legal_basis_only(
    door: Door, cases: dict[str, str], everyone: dict[str, Document]
) -> None:
    number = cases["fortrolig"]
    criteria = {"kommunenummer": "1870", "foedselsdato": born(everyone[number])}
    assert number in door.search(WITH, **criteria)
    assert number not in door.search(WITHOUT, **criteria)
    hidden = cases["strengt-fortrolig"]
    assert hidden not in door.search(WITH, kommunenummer="1870", foedselsdato=born(everyone[hidden]))
    assert hidden in door.search(WITH, foedselsdato=born(everyone[hidden]))


def test_as_many_as_wanted_come_and_no_hits_is_an_empty_list(door: Door) -> None:
    assert len(door.search(maksTreff="7")) == 7
    assert door.search(navn="FINNESIKKE") == []


def test_too_many_hits_are_refused_with_words_about_hits(key_pair: tuple[str, str]) -> None:
    register = Simulator(Settings(size=150, max_hits=100, clients=(registered(key_pair[1]),)))
    with httpx.Client(transport=httpx.WSGITransport(app=register), base_url=ADDRESS) as http:
        answer = Door(http, key_pair[0]).get("/personer/soek", [("maksTreff", "51")])
    assert answer.status_code == 400
    assert "treff" in answer.json()["melding"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("navn", ""),
        ("kjoenn", "ukjent"),
        ("foedselsdato", "2018-01-02"),
        ("foedselsaarFraOgMed", "18"),
        ("foedselsaarTilOgMed", "20188"),
        ("adressenavn", "ab"),
        ("husnummer", "B1"),
        ("postnummer", "840"),
        ("kommunenummer", "187"),
        ("fylkesnummer", "018"),
        ("inkluderOppholdsadresse", "ja"),
        ("soekFonetisk", "1"),
        ("inkluderDoede", "TRUE"),
        ("opplysningsgrunnlag", "alt"),
        ("maksTreff", "10001"),
        ("maksTreff", "0"),
        ("bruksenhetsnummer", "H0101"),
    ],
)
def test_a_criterion_out_of_shape_or_unknown_is_refused(door: Door, parameter: str, value: str) -> None:
    answer = door.get("/personer/soek", [(parameter, value)])
    assert answer.status_code == 400
    assert set(answer.json()) == {"kode", "melding"}


def test_a_criterion_given_twice_is_refused(door: Door) -> None:
    assert door.get("/personer/soek", [("navn", "GLAD"), ("navn", "BLID")]).status_code == 400
