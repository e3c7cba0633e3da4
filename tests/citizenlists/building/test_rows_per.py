"""Lists with a row for each household or for each letter to guardians, from the form to the file."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList, State
from integrations.folkeregisteret.elements import ELEMENTS as ALL_ELEMENTS
from roles.models import Organisation
from tests.citizenlists.caseworkers import Caseworker, body, caseworker, table
from tests.citizenlists.register import Register

ELEMENTS_OF_ALL = frozenset(ALL_ELEMENTS)
PROTECTED = {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "fortrolig"}]}
HOME: dict[str, Any] = {
    "erGjeldende": True,
    "adressegradering": "ugradert",
    "vegadresse": {
        "kommunenummer": "1870",
        "adressenavn": "Annengata",
        "adressenummer": {"husnummer": "77"},
        "poststed": {"postnummer": "8400", "poststedsnavn": "SORTLAND"},
    },
}
ELSEWHERE: dict[str, Any] = {**HOME, "vegadresse": {**HOME["vegadresse"], "adressenavn": "Vernet gate"}}
UNKNOWN_RESIDENCE = {
    "bostedsadresse": [
        {"erGjeldende": True, "adressegradering": "ugradert", "ukjentBosted": {"bostedskommune": "1870"}}
    ]
}
pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/bestill/"
FORM = {"template": "fritt-utvalg", "kommune": "1870", "born_from": "2010", "born_to": "2016", "purpose": "Sak 26/1"}
ELEMENTS = ["identifikasjonsnummer", "navn", "foedsel", "bostedsadresse", "foreldreansvar"]
NUMBER = "Fødselsnummer eller d-nummer"
Row = Mapping[str, object]


def listed(who: Caseworker, **chosen: object) -> tuple[CitizenList, list[Row]]:
    form: dict[str, Any] = {**FORM, "elements": ELEMENTS, "layout": "letter", **chosen}
    answer = who.client.post(ADDRESS, form)
    assert answer.status_code == 302, body(answer).decode()
    order = CitizenList.objects.latest("ordered_at")
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert (order.state, order.failure) == (State.READY, "")
    return order, [dict(row) for row in table(body(who.download(order.pk)))]


def numbers_in(row: Row) -> list[str]:
    return str(row[NUMBER]).split(", ")


def label_of(row: Row) -> tuple[object, ...]:
    headers = ("c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land")
    return tuple(row[header] for header in headers)


def test_each_address_is_one_letter_and_everybody_is_in_one(school: Caseworker, register: Register) -> None:
    persons, rows = listed(school, born_from="1900", born_to="2026", rows_per="person")[1], list[Row]()
    for sorting in ("", "name", "postal-code"):
        order, rows = listed(school, born_from="1900", born_to="2026", rows_per="household", sorting=sorting)
        assert order.rows == len(rows)
        assert Counter(n for row in rows for n in numbers_in(row)) == Counter(str(row[NUMBER]) for row in persons)
    homes = {str(row[NUMBER]): label_of(row) for row in persons}
    assert all({homes[number] for number in numbers_in(row)} == {label_of(row)} for row in rows)
    small = Counter(home for home in homes.values() if home[5])
    written = Counter(label_of(row) for row in rows)
    assert all(written[home] == 1 for home, persons_there in small.items() if persons_there <= 10)
    assert len(rows) < len(persons)
    assert any(" og " in str(row["Navn"]) for row in rows)


def test_guardians_get_the_letter_at_their_own_address(school: Caseworker, register: Register) -> None:
    everybody = {number: person for person in register.everybody() for number in _numbers(person)}
    _, rows = listed(school, rows_per="guardians", sorting="name")
    assert {str(row[NUMBER]) for row in rows} == set(register.unprotected("1870", (2010, 2016)))
    compared = 0
    for row in rows:
        child = everybody[str(row[NUMBER])]
        held = {str(entry.get("ansvarlig")) for entry in _now(child, "foreldreansvar")} & everybody.keys()
        first_names = {_now(everybody[number], "navn")[0]["fornavn"] for number in held}
        if not str(row["Navn"]).startswith("Foresatte til"):
            assert {name for name in first_names if name in str(row["Navn"])}
            compared += 1
    assert compared > 10


def test_brothers_and_sisters_share_a_letter(school: Caseworker, register: Register) -> None:
    _, each = listed(school, rows_per="guardians")
    _, rows = listed(school, rows_per="guardian-homes")
    letters = Counter((number, label_of(row)) for row in rows for number in numbers_in(row))
    assert letters == Counter((str(row[NUMBER]), label_of(row)) for row in each)
    assert len(rows) < len(each)
    together = [row for row in rows if len(numbers_in(row)) > 1]
    assert all(", " in str(row["Gjelder"]) for row in together)


def test_a_list_with_a_guardian_who_becomes_protected_is_withdrawn_and_shows_the_address_no_more(
    school: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    year = str(register.birth_year(child))
    order, before = listed(school, born_from=year, born_to=year, rows_per="guardians")
    home = next(row["Adresselinje 1"] for row in before if row[NUMBER] == child)
    register.protect(mother)
    assert school.download(order.pk).status_code == 409
    tasks.build(str(order.pk))
    (after,) = (row for row in table(body(school.download(order.pk))) if row[NUMBER] == child)
    assert str(after["Navn"]).startswith("Foresatte til ")
    assert home not in after.values()


def test_to_a_role_that_may_not_see_gradings_the_household_of_a_protected_guardian_has_no_letter(
    havbris: Organisation, register: Register
) -> None:
    who = caseworker("Opptak", organisation=havbris, elements=ELEMENTS_OF_ALL - {"adressebeskyttelse"})
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    year = str(register.birth_year(child))
    register.protect(mother)
    for rows_per in ("guardians", "guardian-homes", "household"):
        _, rows = listed(who, born_from=year, born_to=year, rows_per=rows_per)
        assert rows
        assert child not in {number for row in rows for number in numbers_in(row)}
        assert all(row["Poststed"] for row in rows)


@pytest.mark.parametrize("sees_gradings", [True, False])
def test_a_guardian_elsewhere_who_is_protected_is_as_one_of_unknown_residence_in_the_file_and_at_the_download(
    havbris: Organisation, register: Register, sees_gradings: bool
) -> None:
    held = ELEMENTS_OF_ALL if sees_gradings else ELEMENTS_OF_ALL - {"adressebeskyttelse"}
    who = caseworker("Opptak", organisation=havbris, elements=held)
    child = register.number_of("skolestarter")
    year = str(register.birth_year(child))
    elsewhere = with_a_guardian_elsewhere(register, child)
    order, before = listed(who, born_from=year, born_to=year, rows_per="guardians")
    assert len([row for row in before if row[NUMBER] == child]) == 2
    found = []
    for change in (PROTECTED, {"adressebeskyttelse": [], **UNKNOWN_RESIDENCE}):
        register.change(elsewhere, **change)
        answer = who.download(order.pk)
        order, rows = listed(who, born_from=year, born_to=year, rows_per="guardians")
        found.append((answer.status_code, [row for row in rows if row[NUMBER] == child]))
        register.change(elsewhere, adressebeskyttelse=[], bostedsadresse=[HOME])
        order, _ = listed(who, born_from=year, born_to=year, rows_per="guardians")
    assert found[0] == found[1]
    assert found[0][0] == 409
    assert len(found[0][1]) == 1


@pytest.mark.parametrize("size", [1000, 1], ids=["in one lookup", "in several lookups"])
def test_a_guardian_who_moved_in_with_somebody_already_protected_is_written_to_no_more(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    child = register.number_of("skolestarter")
    year = register.birth_year(child)
    elsewhere = with_a_guardian_elsewhere(register, child)
    protected = next(one for one in register.unprotected("1870", (year, year)) if one != child)
    register.change(protected, **PROTECTED, bostedsadresse=[{**ELSEWHERE, "adressegradering": "fortrolig"}])
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", size)
    order, _ = listed(school, born_from=str(year), born_to=str(year), rows_per="guardians")
    register.change(elsewhere, bostedsadresse=[ELSEWHERE])
    assert school.download(order.pk).status_code == 409


def with_a_guardian_elsewhere(register: Register, child: str) -> str:
    """Gives the child one more who answers for it, at an address of their own. Returns their number."""
    (person,) = (person for person in register.everybody() if child in _numbers(person))
    held = _now(person, "foreldreansvar")
    elsewhere = next(number for number in register.unprotected("1870", (1950, 1990)) if number not in str(person))
    register.change(child, foreldreansvar=[*held, {**held[0], "ansvarlig": elsewhere}])
    register.change(elsewhere, bostedsadresse=[HOME])
    return elsewhere


def test_in_the_layout_with_everything_guardians_have_names_and_numbers(school: Caseworker, register: Register) -> None:
    _, rows = listed(school, rows_per="person", layout="all")
    with_guardians = [row for row in rows if row["Foresattes numre"]]
    assert with_guardians
    for row in with_guardians:
        assert not any(character.isdigit() for character in str(row["Foresatte"]))


@pytest.mark.parametrize(
    ("rows_per", "elements"),
    [
        ("household", ["navn"]),
        ("guardians", ["navn", "bostedsadresse"]),
        ("guardian-homes", ["navn", "foreldreansvar"]),
    ],
)
def test_what_the_rows_need_is_said_at_their_field(school: Caseworker, rows_per: str, elements: list[str]) -> None:
    refused = school.client.post(ADDRESS, {**FORM, "elements": elements, "layout": "all", "rows_per": rows_per})
    assert refused.status_code == 422
    assert 'id="id_rows_per_error"' in body(refused).decode()
    assert CitizenList.objects.count() == 0


def test_an_order_says_what_its_rows_are_for_and_is_ordered_again_with_them(
    school: Caseworker, register: Register
) -> None:
    order, _ = listed(school, rows_per="guardian-homes")
    page = body(school.status(order.pk)).decode()
    assert f"Listen har {order.rows} rader." in page
    assert "Foresatte: ett brev til hvert hjem, søsken sammen" in page
    again = body(school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/")).decode()
    assert '<option value="guardian-homes" selected' in again


def _numbers(person: Mapping[str, Any]) -> list[str]:
    return [str(entry["foedselsEllerDNummer"]) for entry in person["identifikasjonsnummer"]]


def _now(person: Mapping[str, Any], element: str) -> list[dict[str, Any]]:
    return [entry for entry in person.get(element, ()) if entry.get("erGjeldende")]
