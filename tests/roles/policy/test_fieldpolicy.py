"""The field policy: what a role opens, and what of a record it shows."""

import pickle
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.documents import (
    WHOLE_ENTRY,
    Bostedsadresse,
    Doedsfall,
    Familierelasjon,
    PersonRecord,
    UkjentBosted,
    decode_person,
)
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import UNPROTECTED, Grade, grade_of, verdict
from roles.policy.fieldpolicy import PermittedRecord, State, opened_by, opened_elements, restrict
from tests.integrations.folkeregisteret.making import as_json
from tests.roles.records import KARI, born, graded, home, named, person, status

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def shown(record: PersonRecord, *elements: str) -> PermittedRecord:
    return restrict(record, elements=frozenset(elements), protection=verdict(record, may_open=False))


@dataclass
class Area:
    code: str = "BARNEHAGE"
    may_hold_confidential: bool = True


@dataclass
class Basis:
    elements: list[str]
    confidential: bool = False
    areas: tuple[str, ...] = ("BARNEHAGE",)
    until: date = field(default=date.max)
    section_opens_confidential: bool = True

    def is_in_force(self, day: date) -> bool:
        return day < self.until

    def covers(self, area_code: str) -> bool:
        return area_code in self.areas


# --- What a role opens ---


_BASES = st.builds(
    Basis,
    elements=st.lists(st.sampled_from(sorted(ELEMENTS)), unique=True),
    confidential=st.booleans(),
    section_opens_confidential=st.booleans(),
)


@given(st.lists(_BASES, max_size=4), st.booleans())
def test_a_confidential_element_rests_only_on_a_section_that_opens_it(bases: list[Basis], may_hold: bool) -> None:
    """Section, row and area must all allow confidential elements."""
    opened = opened_elements(bases, ELEMENTS, Area(may_hold_confidential=may_hold), NOW)
    for key in opened:
        if ELEMENTS[key].is_confidential:
            assert may_hold
            assert any(
                key in basis.elements and basis.confidential and basis.section_opens_confidential for basis in bases
            )


def test_only_what_is_chosen_and_opened_by_a_basis_is_open() -> None:
    bases = [Basis(["navn", "foedsel"]), Basis(["familierelasjon"], confidential=True)]
    chosen = ["navn", "familierelasjon", "opphold"]
    assert opened_elements(bases, chosen, Area(), NOW) == {"navn", "familierelasjon"}


def test_a_basis_that_has_expired_closes_what_rests_on_it() -> None:
    expired = Basis(["navn"], until=date(2026, 6, 1))
    assert opened_elements([expired], ["navn"], Area(), NOW) == frozenset()


def test_a_law_ends_at_norwegian_midnight() -> None:
    basis = Basis(["navn"], until=date(2026, 6, 2))
    late_evening_in_greenwich = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    assert opened_elements([basis], ["navn"], Area(), NOW) == {"navn"}
    assert opened_elements([basis], ["navn"], Area(), late_evening_in_greenwich) == frozenset()


def test_a_basis_of_another_service_area_opens_nothing() -> None:
    assert opened_elements([Basis(["navn"], areas=("HELSE",))], ["navn"], Area(), NOW) == frozenset()


@pytest.mark.parametrize(
    ("basis", "area"),
    [
        (Basis(["familierelasjon"], confidential=False), Area()),
        (Basis(["familierelasjon"], confidential=True), Area(may_hold_confidential=False)),
    ],
)
def test_a_confidential_element_needs_a_confidential_basis_and_an_area_that_may_hold_it(
    basis: Basis, area: Area
) -> None:
    assert opened_elements([basis], ["familierelasjon"], area, NOW) == frozenset()


def test_one_basis_by_itself_opens_what_it_names_where_and_while_it_holds() -> None:
    day = date(2026, 6, 1)
    basis = Basis(["navn", "familierelasjon", "bostedsadresse.kretser", "hemmelighet"], confidential=True)
    assert opened_by(basis, Area(), day) == {"navn", "familierelasjon", "bostedsadresse.kretser"}
    assert opened_by(basis, Area(may_hold_confidential=False), day) == {"navn", "bostedsadresse.kretser"}
    assert opened_by(basis, Area(code="HELSE"), day) == frozenset()
    assert opened_by(Basis(["navn"], until=day), Area(), day) == frozenset()


def test_a_split_without_its_property_opens_nothing() -> None:
    basis = Basis(["bostedsadresse", "bostedsadresse.kretser"])
    assert opened_elements([basis], ["bostedsadresse.kretser"], Area(), NOW) == frozenset()


def test_a_key_outside_the_vocabulary_opens_nothing() -> None:
    assert opened_elements([Basis(["hemmelighet"])], ["hemmelighet"], Area(), NOW) == frozenset()


# --- What a record may show ---


def test_every_element_of_the_vocabulary_is_there_in_exactly_one_state() -> None:
    record = shown(person(navn=(named("HAV"),)), "navn", "foedsel")
    assert set(record.elements) == set(ELEMENTS)
    assert record["navn"].state is State.VALUE
    assert record["foedsel"].state is State.EMPTY
    assert record["kjoenn"].state is State.NOT_IN_ROLE


def test_what_a_part_brings_beyond_the_role_is_dropped() -> None:
    record = shown(person(navn=(named("HAV"),), foedsel=(born(),)), "navn")
    assert record["foedsel"].entries == ()
    assert record["identifikasjonsnummer"].state is State.NOT_IN_ROLE


@pytest.mark.parametrize("code", ["forsvunnet", "foedselsregistrert", "midlertidig", "ikkeBosatt", "brandNewCode"])
def test_a_confidential_status_reads_as_the_umbrella_value(code: str) -> None:
    record = person(status=(status(code),))
    assert shown(record, "status")["status"].entries[0].status == "aktiv"
    assert shown(record, "status")["status.utvidet"].state is State.NOT_IN_ROLE


def test_a_confidential_status_is_shown_to_a_role_with_the_split() -> None:
    record = shown(person(status=(status("forsvunnet"),)), "status", "status.utvidet")
    assert record["status"].entries[0].status == "forsvunnet"
    assert record["status.utvidet"].state is State.VALUE


@pytest.mark.parametrize("code", ["bosatt", "utflyttet", "doed", "opphoert", "inaktiv", "aktiv"])
def test_an_open_status_is_not_touched_and_leaves_the_split_empty(code: str) -> None:
    raw = person(status=(status(code),))
    assert shown(raw, "status")["status"].entries == raw.status
    record = shown(raw, "status", "status.utvidet")
    assert record["status"].entries == raw.status
    assert record["status.utvidet"].state is State.EMPTY


def test_only_the_register_status_is_collapsed() -> None:
    raw = person(KARI)
    assert shown(raw, "identifikasjonsnummer")["identifikasjonsnummer"].entries[0].status == "iBruk"


def test_free_text_about_why_is_dropped_unless_family_relations_are_open() -> None:
    raw = person(navn=(named("HAV", aarsak="Adopsjon"),))
    assert shown(raw, "navn")["navn"].entries[0].aarsak is None
    assert shown(raw, "navn", "familierelasjon")["navn"].entries[0].aarsak == "Adopsjon"


def test_an_entry_from_which_nothing_is_dropped_is_not_copied() -> None:
    raw = person(navn=(named("HAV"),))
    assert shown(raw, "navn")["navn"].entries[0] is raw.navn[0]


def test_an_unknown_residence_looks_protected_to_a_role_that_may_not_see_gradings() -> None:
    unknown = person(
        bostedsadresse=(Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640"), adressegradering="ugradert"),)
    )
    protected = person(bostedsadresse=(home(grade="fortrolig"),), adressebeskyttelse=graded("fortrolig"))
    assert shown(unknown, "bostedsadresse")["bostedsadresse"] == shown(protected, "bostedsadresse")["bostedsadresse"]
    assert shown(unknown, "bostedsadresse", "adressebeskyttelse")["bostedsadresse"].state is State.VALUE


def test_beside_an_unknown_residence_a_known_one_is_shown() -> None:
    unknown = Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640"), adressegradering="ugradert")
    known = home()
    assert shown(person(bostedsadresse=(unknown, known)), "bostedsadresse")["bostedsadresse"].entries == (known,)


def test_a_property_of_one_entry_is_shown_like_one_of_many() -> None:
    raw = person(doedsfall=Doedsfall(doedsdato=date(2020, 1, 1)))
    assert shown(raw, "doedsfall")["doedsfall"].entries == (raw.doedsfall,)


# --- The record itself ---


def test_nobody_makes_a_permitted_record_but_the_policy() -> None:
    with pytest.raises(TypeError, match="restrict"):
        PermittedRecord()


def test_a_permitted_record_shows_states_only_and_cannot_be_stored() -> None:
    record = shown(person(KARI, navn=(named("HAV"),)), "navn", "identifikasjonsnummer")
    written = f"{record!r} {record['navn']!r} {record['navn']} {dict(record.elements)}"
    assert "navn: value" in written
    assert "HAV" not in written
    assert KARI not in written
    with pytest.raises(TypeError):
        pickle.dumps(record)


def test_a_permitted_record_cannot_be_changed() -> None:
    record: Any = shown(person(navn=(named("HAV"),)), "navn")
    with pytest.raises(TypeError):
        record.elements["foedsel"] = record["navn"]
    with pytest.raises(AttributeError):
        record._elements = {}


def test_a_record_carries_the_marks_of_its_household_for_comparing() -> None:
    marks = frozenset({"keyed"})
    record = restrict(person(), elements=frozenset({"navn"}), protection=UNPROTECTED, households=marks)
    assert record.households == marks


def test_a_verdict_must_be_given() -> None:
    assert restrict(person(), elements=frozenset(), protection=UNPROTECTED).delivered == frozenset()


# --- What could not be read ---


def with_hole(**properties: object) -> PersonRecord:
    return decode_person(as_json(properties))


def test_a_hole_is_shown_to_a_role_that_would_have_seen_the_value() -> None:
    record = with_hole(sivilstand=[{"sivilstand": "gift", "relatertVedSivilstand": 7}])
    every = shown(record, "sivilstand", "sivilstand.relatertVedSivilstand")
    assert every["sivilstand"].entries[0].unread == ("relatertVedSivilstand",)
    assert every["sivilstand.relatertVedSivilstand"].state is State.VALUE


def test_a_hole_in_what_the_role_does_not_open_is_not_told() -> None:
    record = with_hole(sivilstand=[{"sivilstand": "gift", "relatertVedSivilstand": 7}])
    assert shown(record, "sivilstand")["sivilstand"].entries[0].unread == ()


def test_an_entry_of_which_nothing_could_be_read_is_a_hole_in_every_role_that_opens_it() -> None:
    record = with_hole(navn=[None])
    assert shown(record, "navn")["navn"].entries[0].unread == (WHOLE_ENTRY,)
    assert shown(record, "foedsel")["navn"].state is State.NOT_IN_ROLE


def test_a_status_that_could_not_be_read_is_not_told_as_another() -> None:
    (entry,) = shown(with_hole(status=[{"status": 7}]), "status")["status"].entries
    assert (entry.status, entry.unread) == (None, ("status",))


def test_a_hole_in_a_protected_persons_telling_fields_is_not_told_either() -> None:
    record = with_hole(adressebeskyttelse=[{"graderingsnivaa": "fortrolig"}], foedsel=[{"foedekommuneINorge": 1870}])
    assert shown(record, "foedsel")["foedsel"].entries[0].unread == ()


@pytest.mark.parametrize("grading", [[None], 1, [{"graderingsnivaa": 6}], [{"graderingsnivaa": "heltNy"}], [{}]])
def test_a_grading_that_cannot_be_read_protects_as_the_strictest(grading: object) -> None:
    record = with_hole(adressebeskyttelse=grading, bostedsadresse=[{"adressegradering": "ugradert"}])
    assert grade_of(record) is Grade.STRICTLY_CONFIDENTIAL


def test_an_open_address_in_capitals_is_open() -> None:
    record = with_hole(bostedsadresse=[{"adressegradering": "UGRADERT", "vegadresse": {"adressenavn": "Lia"}}])
    assert shown(record, "bostedsadresse")["bostedsadresse"].state is State.VALUE


@pytest.mark.parametrize(
    ("role", "own", "is_shown"),
    [
        ("mor", "barn", True),
        ("mor", None, True),
        ("fosterforelder", "barn", False),
        ("fosterforelder", None, False),
        ("mor", "fosterbarn", False),
        ("fosterforelder", "fosterbarn", False),
    ],
)
def test_a_relation_is_shown_when_both_ends_of_it_are_known(role: str, own: str | None, is_shown: bool) -> None:
    relation = Familierelasjon(relatertPerson=KARI, relatertPersonsRolle=role, minRolleForPerson=own)
    element = shown(person(familierelasjon=(relation,)), "familierelasjon")["familierelasjon"]
    assert element.key == "familierelasjon"
    assert element.state is (State.VALUE if is_shown else State.EMPTY)


def test_a_relation_that_could_not_be_read_is_shown_as_a_hole() -> None:
    record = person(familierelasjon=(Familierelasjon(unread=(WHOLE_ENTRY,)),))
    assert shown(record, "familierelasjon")["familierelasjon"].state is State.VALUE
