"""A value that the register repeats is shown once."""

from typing import Any

import pytest

from citizenlists.building import pipeline
from citizenlists.content.columns import columns_for
from citizenlists.content.criteria import ListCriteria
from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.presenters import person_page
from roles.disclosure import ManyDisclosed
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import PermittedElement, PermittedRecord, State, restrict
from roles.policy.repeated import each_once
from tests.integrations.folkeregisteret.making import as_json
from tests.lookup.people import EVERYTHING, NOBODY, OPEN
from tests.lookup.personpage.test_presenters import TODAY, lines, shown

A, B = "17818830041", "30848511591"
FIRST = {
    "gyldighetstidspunkt": "2020-01-01T00:00:00+01:00",
    "kilde": "A",
    "ajourholdstidspunkt": "2020-01-01T12:00:00+01:00",
}
AGAIN = FIRST | {"kilde": "B", "ajourholdstidspunkt": "2021-01-01T12:00:00+01:00", "aarsak": "Rettelse"}
FORMER = {"erGjeldende": False}


def permitted(elements: frozenset[str] = EVERYTHING, **properties: Any) -> PermittedRecord:
    return restrict(decode_person(as_json(properties)), elements=elements, protection=UNPROTECTED)


def listed(record: PermittedRecord, *elements: str) -> list[str | None]:
    (row,) = pipeline.rows(
        ManyDisclosed((record,), 0, frozenset()), columns_for(elements), ListCriteria("1870", 2018, 2020)
    )
    return list(row.cells)


def street(number: str = "1", **more: Any) -> dict[str, Any]:
    named = {"kommunenummer": "4640", "adressenavn": "Lia", "adressenummer": {"husnummer": number}}
    return {"vegadresse": named | more, "adressegradering": "ugradert", "flyttedato": "2022-03-23"}


VALUES: dict[str, dict[str, Any]] = {
    "statsborgerskap": {"statsborgerskap": "NOR"},
    "foreldreansvar": {"ansvar": "felles", "ansvarlig": A},
    "familierelasjon": {"relatertPerson": A, "relatertPersonsRolle": "mor", "minRolleForPerson": "barn"},
    "vergemaalEllerFremtidsfullmakt": {"vergemaaltype": "voksen", "verge": {"foedselsEllerDNummer": A}},
    "bostedsadresse": street(),
    "navn": {"fornavn": "RAD", "etternavn": "FISK"},
    "utenlandskPersonidentifikasjon": {"identifikasjonsnummer": "1", "utstederland": "SWE"},
}


def entries(key: str, *held: dict[str, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    element = permitted(**{key: list(held)})[key]
    return each_once(element.entries, element.earlier)


def on_the_page(key: str, *held: dict[str, Any]) -> int:
    """How many values of the element stand there, those of its history too."""
    views = shown(person_page(permitted(**{key: list(held)}), asked=NOBODY, today=TODAY))
    return sum(len(views[one].entries) for one in (key, "historikk", "historikk.utvidet"))


@pytest.mark.parametrize("key", VALUES)
def test_entries_that_differ_only_beside_the_value_are_one(key: str) -> None:
    now, _ = entries(key, VALUES[key] | FIRST, VALUES[key] | AGAIN)
    assert [entry.kilde for entry in now] == ["A"]
    assert on_the_page(key, VALUES[key] | FIRST, VALUES[key] | AGAIN) == 1


@pytest.mark.parametrize("key", VALUES)
def test_an_earlier_entry_that_says_what_the_current_one_says_from_the_same_moment_is_that_one(key: str) -> None:
    assert on_the_page(key, VALUES[key] | AGAIN, VALUES[key] | FIRST | FORMER) == 1


def test_a_correction_of_the_register_of_places_is_no_move() -> None:
    now = street(adressekode="06001") | FIRST | {"adresseIdentifikatorFraMatrikkelen": "1", "grunnkrets": 1}
    before = street(adressekode="6001") | AGAIN | FORMER | {"adresseIdentifikatorFraMatrikkelen": "2", "grunnkrets": 2}
    assert on_the_page("bostedsadresse", now, before) == 1
    assert on_the_page("bostedsadresse", now, before | street("2")) == 2


def test_a_value_that_holds_again_is_shown_for_each_time() -> None:
    earlier = VALUES["navn"] | FORMER | {"gyldighetstidspunkt": "2010-01-01T00:00:00+01:00"}
    now, before = entries("navn", VALUES["navn"] | FIRST, earlier, earlier | {"kilde": "B"})
    assert (len(now), len(before)) == (1, 1)


def test_others_stay_and_in_the_order_they_came() -> None:
    held = [{"ansvar": "felles", "ansvarlig": number} for number in (A, B, A)]
    assert [entry.ansvarlig for entry in entries("foreldreansvar", *held)[0]] == [A, B]
    assert [entry.ansvarlig for entry in entries("foreldreansvar", *(one | FORMER for one in held))[1]] == [A, B]
    assert listed(permitted(foreldreansvar=held), "foreldreansvar") == ["Felles", f"{A}, {B}"]


def test_a_list_names_each_once() -> None:
    assert listed(permitted(statsborgerskap=[VALUES["statsborgerskap"]] * 2), "statsborgerskap") == ["Norge"]
    assert listed(permitted(familierelasjon=[VALUES["familierelasjon"]] * 2), "familierelasjon") == [
        A,
        None,
        None,
        None,
    ]


def test_a_task_of_a_guardian_is_named_once() -> None:
    task = {"vergeTjenestevirksomhet": "nav", "vergeTjenesteoppgave": "arbeid"}
    verge = {"vergemaaltype": "voksen", "verge": {"foedselsEllerDNummer": A, "tjenesteomraade": [task, task]}}
    page = person_page(permitted(vergemaalEllerFremtidsfullmakt=[verge]), asked=NOBODY, today=TODAY)
    assert len(lines(page, "vergemaalEllerFremtidsfullmakt")) == 2


# --- A relation that is new ---

FOSTER = {"relatertPerson": B, "relatertPersonsRolle": "fosterforelder", "minRolleForPerson": "fosterbarn"}
MOTHER = VALUES["familierelasjon"]


@pytest.mark.parametrize(
    "relation",
    [
        FOSTER,
        FOSTER | {"minRolleForPerson": "barn"},
        MOTHER | {"relatertPerson": B, "minRolleForPerson": "fosterbarn"},
        {"relatertPerson": B},
        FOSTER | {"relatertPersonsRolle": 1},
        FOSTER | {"relatertPersonsRolle": "FOSTER_MOR"},
        FOSTER | {"relatertPerson": None, "relatertPersonUtenFolkeregisteridentifikator": {"navn": {"fornavn": "HEM"}}},
    ],
)
@pytest.mark.parametrize("when", [{}, FORMER], ids=["now", "earlier"])
def test_a_relation_that_is_not_known_is_hidden_on_the_page_in_history_and_in_lists(
    relation: dict[str, Any], when: dict[str, Any]
) -> None:
    record = permitted(familierelasjon=[MOTHER, relation | when])
    assert [
        entry.relatertPerson for entry in (*record["familierelasjon"].entries, *record["familierelasjon"].earlier)
    ] == [A]
    assert listed(record, "familierelasjon") == [A, None, None, None]
    page = repr(person_page(record, asked=NOBODY, today=TODAY))
    assert not any(secret in page for secret in (B, "HEM", "oster"))


def test_a_person_with_such_relations_alone_has_none() -> None:
    record = permitted(familierelasjon=[FOSTER])
    assert record["familierelasjon"] == PermittedElement("familierelasjon", State.EMPTY)
    assert shown(person_page(record, asked=NOBODY, today=TODAY))["familierelasjon"].entries == ()


@pytest.mark.parametrize("elements", [OPEN, frozenset(ELEMENTS) - {"historikk.utvidet"}])
def test_no_role_sees_a_relation_that_is_not_known(elements: frozenset[str]) -> None:
    record = permitted(elements, familierelasjon=[FOSTER | FORMER, FOSTER])
    assert not record["familierelasjon"].entries
    assert not record["familierelasjon"].earlier


@pytest.mark.parametrize("role", ["MOR", "Doedfoedt_Barn", "EKTEFELLE ELLER PARTNER", "søsken"])
def test_a_known_relation_in_other_letters_is_the_known_one(role: str) -> None:
    record = permitted(familierelasjon=[MOTHER | {"relatertPersonsRolle": role, "minRolleForPerson": "BARN"}])
    assert [entry.relatertPerson for entry in record["familierelasjon"].entries] == [A]
