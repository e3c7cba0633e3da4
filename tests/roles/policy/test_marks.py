"""Which records share an address, and which addresses the protection of another person hides."""

from typing import Any

import pytest
from msgspec.structs import replace

from integrations.folkeregisteret.documents import (
    Address,
    Bostedsadresse,
    DeltBosted,
    Familierelasjon,
    Foreldreansvar,
    InternasjonalAdresse,
    InternasjonalAdresseIFrittFormat,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Matrikkeladresse,
    Matrikkelnummer,
    Oppholdsadresse,
    PersonRecord,
    PostadresseIFrittFormat,
    Poststed,
    Vegadresse,
)
from roles.policy.addressprotection import exposed_marks, protecting_marks
from roles.policy.marks import RELATIONS, related_numbers
from tests.roles.records import (
    KARI,
    OLA,
    SIV,
    graded,
    home,
    mailed_to,
    married_to,
    person,
    post_box,
    related_to,
    street,
)


def shares(protected: PersonRecord, other: PersonRecord) -> bool:
    return not protecting_marks(protected).isdisjoint(exposed_marks(other))


def confidential_at(address: Vegadresse) -> PersonRecord:
    return person(KARI, adressebeskyttelse=graded("fortrolig"), bostedsadresse=(home(address, grade="fortrolig"),))


@pytest.mark.parametrize(
    ("protected", "other", "together"),
    [
        (street(), street(), True),
        (street(), street("  STORGATA "), True),
        (street(), street(coAdressenavn="C/O HANSEN"), True),
        (street(), street(adressekode="6001"), True),
        (street(), street(unit="H0202"), False),
        (street(), street(unit=None), True),
        (street(unit=None), street(unit="H0202"), True),
        (street(), street(number="2"), False),
        (street(), street("Lillegata"), False),
    ],
)
def test_persons_who_share_a_dwelling_are_a_household(protected: Vegadresse, other: Vegadresse, together: bool) -> None:
    neighbour = person(OLA, bostedsadresse=(home(other),))
    assert shares(confidential_at(protected), neighbour) is together


STANDS_IN = {
    Bostedsadresse: "bostedsadresse",
    DeltBosted: "deltBosted",
    Oppholdsadresse: "oppholdsadresse",
    Kontaktadresse: "postadresse",
    KontaktadresseIUtlandet: "postadresseIUtlandet",
}


def at(entry: Address, number: str = OLA, *, grade: str = "ugradert", **properties: Any) -> PersonRecord:
    """A person with this address and this grading."""
    return person(number, **properties, **{STANDS_IN[type(entry)]: (replace(entry, adressegradering=grade),)})


def plot(parcel: int = 3, *, under: int | None = None, unit: str | None = "H0101") -> Matrikkeladresse:
    number = Matrikkelnummer(kommunenummer="4640", gaardsnummer=12, bruksnummer=parcel)
    return Matrikkeladresse(matrikkelnummer=number, undernummer=under, bruksenhetsnummer=unit)


def staying(address: Matrikkeladresse) -> Oppholdsadresse:
    return Oppholdsadresse(matrikkeladresse=address)


def abroad(road: str) -> KontaktadresseIUtlandet:
    return KontaktadresseIUtlandet(utenlandskAdresse=InternasjonalAdresse(adressenavn=road, landkode="SE"))


def abroad_in_lines(*lines: str) -> KontaktadresseIUtlandet:
    free = InternasjonalAdresseIFrittFormat(adresselinje=lines, landkode="SE")
    return KontaktadresseIUtlandet(utenlandskAdresseIFrittFormat=free)


def in_lines(*lines: str) -> Kontaktadresse:
    return Kontaktadresse(postadresseIFrittFormat=PostadresseIFrittFormat(adresselinje=lines))


WITHOUT_POSTAL_CODE = home(replace(street(), poststed=None))
WITH_EMPTY_PLACE = home(replace(street(), poststed=Poststed()))


@pytest.mark.parametrize(
    ("protected", "other", "together"),
    [
        (staying(plot()), staying(plot()), True),
        (staying(plot()), Bostedsadresse(matrikkeladresse=plot()), True),
        (staying(plot()), staying(plot(4)), False),
        (staying(plot()), staying(plot(under=1)), False),
        (staying(plot()), staying(plot(unit="H0202")), False),
        (staying(plot()), staying(plot(unit=None)), True),
        (staying(plot(unit=None)), staying(plot(unit="H0202")), True),
        (home(), DeltBosted(vegadresse=street()), True),
        (home(), mailed_to(street()), True),
        (home(), mailed_to(street("Lillegata")), False),
        (home(), WITHOUT_POSTAL_CODE, True),
        (WITHOUT_POSTAL_CODE, home(replace(street(), poststed=Poststed(postnummer="6857"))), True),
        (WITHOUT_POSTAL_CODE, home(replace(street(), kommunenummer="4641")), False),
        (WITHOUT_POSTAL_CODE, mailed_to(street()), False),
        (WITH_EMPTY_PLACE, mailed_to(replace(street(), poststed=Poststed())), False),
        (mailed_to(street()), home(replace(street(), kommunenummer="4641")), True),
        (abroad("Storgatan 1"), abroad(" STORGATAN  1"), True),
        (abroad("Storgatan 1"), abroad("Storgatan 2"), False),
        (abroad_in_lines("Storgatan 1", "Arvika"), abroad_in_lines("Storgatan 1", "Arvika"), True),
        (abroad_in_lines("Storgatan 1", "Arvika"), abroad_in_lines("Storgatan 1", "Karlstad"), False),
        (in_lines("Omsorgsbolig", "Storgata 1"), in_lines("omsorgsbolig", "storgata 1"), True),
        (in_lines("Omsorgsbolig", "Storgata 1"), in_lines("Omsorgsbolig", "Storgata 2"), False),
        (in_lines("Storgata 1", "23"), in_lines("Storgata 12", "3"), False),
    ],
)
def test_an_address_is_shared_in_whatever_form_it_stands(protected: Address, other: Address, together: bool) -> None:
    confidential = at(protected, KARI, grade="fortrolig", adressebeskyttelse=graded("fortrolig"))
    assert shares(confidential, at(other)) is together


def test_an_address_in_several_forms_is_shared_by_each_of_them() -> None:
    both = replace(mailed_to(street()), postadresseIFrittFormat=in_lines("Storgata 1").postadresseIFrittFormat)
    confidential = at(both, KARI, grade="fortrolig", adressebeskyttelse=graded("fortrolig"))
    assert shares(confidential, at(home()))
    assert shares(confidential, at(in_lines("Storgata 1")))


def test_a_shared_postal_address_is_shared_too() -> None:
    protected = person(KARI, adressebeskyttelse=graded("fortrolig"), postadresse=(post_box("95", grade="fortrolig"),))
    assert shares(protected, person(OLA, postadresse=(post_box("95"),)))
    assert not shares(protected, person(OLA, postadresse=(post_box("96"),)))


def test_where_there_is_no_address_to_compare_the_family_is_the_household() -> None:
    strict = person(KARI, adressebeskyttelse=graded("strengtFortrolig"), familierelasjon=(related_to(SIV),))
    assert shares(strict, person(SIV))
    assert shares(strict, person(OLA, sivilstand=(married_to(KARI),)))
    assert shares(strict, person(OLA, familierelasjon=(Familierelasjon(relatertPerson=SIV),)))
    assert not shares(strict, person(OLA))


@pytest.mark.parametrize("grade", ["fortrolig", "strengtFortrolig"])
def test_an_address_the_register_did_not_grade_is_the_household_of_a_protected_person_all_the_same(grade: str) -> None:
    assert shares(at(home(), KARI, adressebeskyttelse=graded(grade)), at(home()))


def test_the_open_postal_address_of_a_confidential_person_hides_the_same_one_of_others() -> None:
    confidential = at(post_box("95"), KARI, adressebeskyttelse=graded("fortrolig"))
    assert shares(confidential, at(post_box("95")))


def test_an_address_that_a_protected_person_has_left_hides_nobody_elses() -> None:
    left = home(erGjeldende=False)
    assert not shares(at(left, KARI, grade="fortrolig", adressebeskyttelse=graded("fortrolig")), at(home()))
    assert not shares(at(left, KARI, grade="klientadresse"), at(home()))


def test_the_open_postal_address_of_a_strictly_confidential_person_hides_nobody_else() -> None:
    strict = person(KARI, adressebeskyttelse=graded("strengtFortrolig"), postadresse=(post_box("95"),))
    assert not shares(strict, person(OLA, postadresse=(post_box("95"),)))


def test_a_client_address_hides_the_same_address_of_others() -> None:
    client = person(KARI, bostedsadresse=(home(grade="klientadresse"),))
    assert shares(client, person(OLA, bostedsadresse=(home(),)))


@pytest.mark.parametrize(
    ("grade", "opened", "reached"),
    [
        ("ugradert", False, True),
        ("klientadresse", False, False),
        ("klientadresse", True, True),
        ("fortrolig", False, False),
        ("fortrolig", True, True),
        ("strengtFortrolig", True, False),
    ],
)
def test_somebody_elses_protection_reaches_the_addresses_that_would_be_shown(
    grade: str, opened: bool, reached: bool
) -> None:
    strict = confidential_at(street())
    assert protecting_marks(strict).isdisjoint(exposed_marks(at(home(), grade=grade), opened=opened)) is not reached


def test_an_address_counts_as_closed_unless_it_is_said_to_be_opened() -> None:
    graded_alone = at(home(), grade="klientadresse")
    assert exposed_marks(graded_alone) == exposed_marks(graded_alone, opened=False)


# --- Relatives ---

RELATIVES = {
    "sivilstand.relatertVedSivilstand": {"sivilstand": (married_to(SIV),)},
    "familierelasjon": {"familierelasjon": (related_to(SIV),)},
    "foreldreansvar": {"foreldreansvar": (Foreldreansvar(ansvarlig=OLA), Foreldreansvar(ansvarssubjekt=SIV))},
}


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relative_is_found_by_the_relation_that_names_them_and_by_no_other(relation: str) -> None:
    record = person(KARI, **RELATIVES[relation])
    assert SIV in related_numbers(record, [relation])
    assert related_numbers(record, RELATIONS.keys() - {relation}) == frozenset()


def test_both_sides_of_parental_responsibility_are_relatives() -> None:
    assert related_numbers(person(KARI, **RELATIVES["foreldreansvar"]), ["foreldreansvar"]) == {OLA, SIV}


@pytest.mark.parametrize("number", [None, "", "1234567890", "123456789012", "0189991234x"])
def test_a_text_that_is_no_number_names_no_relative(number: str | None) -> None:
    record = person(KARI, familierelasjon=(Familierelasjon(relatertPerson=number), related_to(SIV)))
    assert related_numbers(record, ["familierelasjon"]) == {SIV}


def test_relatives_are_neither_the_person_nor_former_relatives() -> None:
    former = replace(related_to(OLA), erGjeldende=False)
    record = person(KARI, familierelasjon=(related_to(KARI), related_to(SIV), former))
    assert related_numbers(record, ["familierelasjon"]) == {SIV}
