"""How a set of elements is applied to a record: splits, history, and that each element carries its own key."""

from random import Random

import pytest
from msgspec.structs import replace

from integrations.folkeregisteret.documents import (
    InnflyttingTilNorge,
    Sivilstand,
    Statsborgerskap,
    UtflyttingFraNorge,
)
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import State, restrict
from tests.integrations.folkeregisteret.making import READ_PROPERTIES
from tests.roles.canaries import Breeder
from tests.roles.policy.test_fieldpolicy import shown
from tests.roles.records import OLA, home, married_to, named, person, status

# --- Splits ---


def test_the_spouse_is_dropped_without_the_split() -> None:
    record = shown(person(sivilstand=(married_to(OLA),)), "sivilstand")
    assert record["sivilstand"].entries[0].sivilstand == "gift"
    assert record["sivilstand"].entries[0].relatertVedSivilstand is None


def test_the_spouse_is_shown_with_the_split() -> None:
    split = "sivilstand.relatertVedSivilstand"
    record = shown(person(sivilstand=(married_to(OLA),)), "sivilstand", split)
    assert record["sivilstand"].entries[0].relatertVedSivilstand == OLA
    assert record[split].entries == record["sivilstand"].entries


def test_the_districts_beside_an_address_need_their_split() -> None:
    raw = person(bostedsadresse=(home(skolekrets=7, grunnkrets=307),))
    without = shown(raw, "bostedsadresse")["bostedsadresse"].entries[0]
    assert (without.skolekrets, without.grunnkrets) == (None, None)
    assert without.vegadresse.adressenavn == "Storgata"
    record = shown(raw, "bostedsadresse", "bostedsadresse.kretser")
    assert record["bostedsadresse.kretser"].entries[0].skolekrets == 7


SPOUSE = "sivilstand.relatertVedSivilstand"
EVERY_HISTORY = ("historikk", "historikk.utvidet", "innflytting.historikk", "utflytting.historikk")


def test_a_split_holds_those_entries_alone_that_carry_it() -> None:
    single, earlier = Sivilstand(sivilstand="ugift"), Sivilstand(sivilstand="ugift", erGjeldende=False)
    spouse, former = married_to(OLA), replace(married_to(OLA), erGjeldende=False)
    raw = person(sivilstand=(single, spouse, earlier, former))
    split = shown(raw, "sivilstand", SPOUSE, *EVERY_HISTORY)[SPOUSE]
    assert (split.entries, split.earlier) == ((spouse,), (former,))


def test_a_split_has_a_value_where_only_an_earlier_entry_carries_it() -> None:
    raw = person(status=(status("bosatt"), status("forsvunnet", current=False)), bostedsadresse=(home(),))
    split = shown(raw, "status", "status.utvidet", *EVERY_HISTORY)["status.utvidet"]
    assert (split.state, split.entries, [entry.status for entry in split.earlier]) == (State.VALUE, (), ["forsvunnet"])


def test_one_district_is_enough_for_the_split() -> None:
    raw = person(bostedsadresse=(home(), home(kirkekrets=1)))
    assert shown(raw, "bostedsadresse", "bostedsadresse.kretser")["bostedsadresse.kretser"].entries == (
        raw.bostedsadresse[1],
    )


# --- History ---


def test_earlier_entries_are_dropped_without_history() -> None:
    element = shown(person(navn=(named("NY"), named("GAMMEL", current=False))), "navn")["navn"]
    assert [entry.etternavn for entry in element.entries] == ["NY"]
    assert element.earlier == ()


def test_open_history_shows_earlier_names_but_not_earlier_citizenships() -> None:
    raw = person(
        navn=(named("NY"), named("GAMMEL", current=False)),
        statsborgerskap=(Statsborgerskap(statsborgerskap="SWE", erGjeldende=False),),
    )
    record = shown(raw, "navn", "statsborgerskap", "historikk")
    assert [entry.etternavn for entry in record["navn"].earlier] == ["GAMMEL"]
    assert record["historikk"].state is State.VALUE
    assert record["statsborgerskap"].state is State.EMPTY


def test_other_history_needs_its_own_element() -> None:
    raw = person(statsborgerskap=(Statsborgerskap(statsborgerskap="SWE", erGjeldende=False),))
    record = shown(raw, "statsborgerskap", "historikk.utvidet")
    assert record["statsborgerskap"].earlier[0].statsborgerskap == "SWE"
    assert record["historikk.utvidet"].state is State.VALUE


@pytest.mark.parametrize("elements", [("historikk",), ("historikk.utvidet",), ("historikk", "historikk.utvidet")])
def test_earlier_moves_need_their_split_whatever_other_history_is_open(elements: tuple[str, ...]) -> None:
    raw = person(innflytting=(InnflyttingTilNorge(fraflyttingsland="SWE", erGjeldende=False),))
    assert shown(raw, "innflytting", *elements)["innflytting"].state is State.EMPTY
    opened = shown(raw, "innflytting", "innflytting.historikk", *elements)
    assert opened["innflytting"].earlier[0].fraflyttingsland == "SWE"
    assert opened["innflytting.historikk"].state is State.VALUE


def test_each_history_holds_what_it_opens_and_nothing_of_the_others() -> None:
    raw = person(
        navn=(named("GAMMEL", current=False),),
        bostedsadresse=(home(erGjeldende=False),),
        statsborgerskap=(Statsborgerskap(statsborgerskap="SWE", erGjeldende=False),),
        sivilstand=(replace(married_to(OLA), erGjeldende=False),),
        innflytting=(InnflyttingTilNorge(fraflyttingsland="SWE", erGjeldende=False),),
        utflytting=(UtflyttingFraNorge(tilflyttingsland="DNK", erGjeldende=False),),
    )
    properties = ("navn", "bostedsadresse", "statsborgerskap", "sivilstand", SPOUSE, "innflytting", "utflytting")
    record = shown(raw, *properties, *EVERY_HISTORY)
    assert record["historikk"].earlier == (*raw.navn, *raw.bostedsadresse)
    assert record["historikk.utvidet"].earlier == (*raw.sivilstand, *raw.statsborgerskap)
    assert record["innflytting.historikk"].earlier == raw.innflytting
    assert record["utflytting.historikk"].earlier == raw.utflytting


def test_the_history_of_an_element_the_role_does_not_open_stays_closed() -> None:
    raw = person(navn=(named("GAMMEL", current=False),), bostedsadresse=(home(erGjeldende=False),))
    assert shown(raw, "navn", "historikk")["historikk"].earlier == raw.navn


def test_a_history_holds_no_current_entry() -> None:
    record = shown(person(navn=(named("NY"),)), "navn", "historikk")
    assert (record["historikk"].state, record["historikk"].entries) == (State.EMPTY, ())


# --- The set of elements ---


def test_keys_outside_the_vocabulary_and_splits_without_their_property_mean_nothing() -> None:
    record = shown(person(sivilstand=(married_to(OLA),)), "hemmelighet", SPOUSE)
    assert {element.state for element in record.elements.values()} == {State.NOT_IN_ROLE}


def test_to_a_role_with_every_element_each_entry_of_an_unprotected_person_is_shown_as_it_stands() -> None:
    raw = Breeder(Random(1)).document("ugradert").record
    record = restrict(raw, elements=frozenset(ELEMENTS), protection=UNPROTECTED)
    for key in READ_PROPERTIES:
        held = getattr(raw, key)
        assert {*record[key].entries, *record[key].earlier} == set(held if isinstance(held, tuple) else (held,))


@pytest.mark.parametrize("grade", ["ugradert", "strengtFortrolig"])
def test_every_element_says_its_own_name_whatever_its_state(grade: str) -> None:
    aviary = Breeder(Random(1)).document(grade)
    for elements in (ELEMENTS, ["navn"]):
        assert [element.key for element in shown(aviary.record, *elements).elements.values()] == list(ELEMENTS)
