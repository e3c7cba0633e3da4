"""What a page says of a family, of permitted records alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import (
    Bostedsadresse,
    Familierelasjon,
    Foreldreansvar,
    Personnavn,
    PersonRecord,
    RelatertBiPerson,
    UkjentBosted,
)
from lookup.personpage.copies import copies
from lookup.personpage.family import FamilyView, Relative, family_view
from roles.policy.addressprotection import verdict
from roles.policy.fieldpolicy import PermittedRecord, restrict
from tests.roles.disclosure.asking import EVERYTHING, OPEN
from tests.roles.disclosure.families import FAMILY, Family, family, numbers_of
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import born, street

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def permitted(record: PersonRecord, elements: Any) -> PermittedRecord:
    return restrict(record, elements=frozenset(elements), protection=verdict(record, may_open=False))


def view(people: Family, whose: str, elements: Any = FAMILY) -> FamilyView:
    """With everybody of the family but the person of the page."""
    others = {number_of(one): permitted(one, elements) for one in people if one is not getattr(people, whose)}
    person = getattr(people, whose)
    shown = family_view(permitted(person, elements), others, asked=number_of(person), today=TODAY)
    assert shown is not None
    return shown


def alone(**how: Any) -> FamilyView:
    """Of somebody whose relatives are not in the register."""
    person = resident("ALENE", **how)
    shown = family_view(permitted(person, EVERYTHING), {}, asked=number_of(person), today=TODAY)
    assert shown is not None
    return shown


def members(shown: FamilyView) -> dict[str, Relative]:
    """By number; each once."""
    everybody = [member for group in shown.groups for member in group.members]
    assert len({member.number for member in everybody}) == len(everybody)
    return {member.number: member for member in everybody}


def test_each_relative_stands_once_with_all_that_binds_them() -> None:
    people = family("FISK", mother={"foedsel": (born(date(1990, 1, 2)),)})
    numbers, shown = numbers_of(people), view(people, "child")
    assert [group.key for group in shown.groups] == ["parents", "siblings"]
    mother = members(shown)[numbers["mother"]]
    assert mother.name == "KARI FISK"
    assert mother.about == ("Født 2. januar 1990 (36 år)",)
    assert mother.ties == ("Mor", "Foreldreansvar: felles")
    assert members(shown)[numbers["sibling"]].ties == ("Barn av KARI FISK",)


def test_who_lives_at_the_same_address_is_said_and_where_the_others_live() -> None:
    people = family("FISK")
    numbers, found = numbers_of(people), members(view(people, "child"))
    assert found[numbers["mother"]].home.said == "Bor på samme adresse"
    assert found[numbers["father"]].home.lines[0] == "Farveien 2"
    assert not found[numbers["father"]].home.is_shared


def test_neighbours_in_one_building_do_not_live_together() -> None:
    upstairs = street("Morveien", "1", unit="H0201")
    people = family("FISK", father={"address": upstairs})
    assert not members(view(people, "child"))[numbers_of(people)["father"]].home.is_shared


def test_a_residence_that_may_not_be_shown_reads_like_an_unknown_one() -> None:
    people = family("FISK", father={"grade": "fortrolig"})
    father = members(view(people, "child"))[numbers_of(people)["father"]]
    assert (father.home.said, father.home.lines) == ("Adressen kan ikke vises", ())
    assert father.name


def test_a_child_stands_with_everybody_who_answers_for_it_and_where_each_lives() -> None:
    people = family("FISK")
    (charge,) = view(people, "child").charges
    assert [holder.home.lines[0] for holder in charge.responsible] == ["Morveien 1", "Farveien 2"]
    charges = view(people, "father").charges
    assert [charge.child.number for charge in charges] == [number_of(people.child), number_of(people.sibling)]
    assert [holder.number for holder in charges[0].responsible] == [number_of(people.mother), ""]


def test_the_household_is_the_person_and_those_who_live_there() -> None:
    people = family("FISK")
    household = view(people, "mother").household
    assert household is not None
    assert [one.number for one in household[1:]] == [
        number_of(one) for one in (people.child, people.sibling, people.husband)
    ]
    assert [one.number for one in view(people, "father").household or ()] == [""]


def test_of_an_unknown_residence_no_household_is_told_and_nothing_is_copied() -> None:
    elsewhere = Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640"), adressegradering="ugradert")
    people = family("FISK", mother={"bostedsadresse": (elsewhere,)})
    elements = (*FAMILY, "adressebeskyttelse")
    assert view(people, "mother", elements).household is None
    assert [copy.text for copy in copies(permitted(people.mother, elements))] == ["KARI FISK"]


def test_without_an_address_there_is_no_household() -> None:
    elements = frozenset(FAMILY) - {"bostedsadresse"}
    assert view(family("FISK"), "mother", elements).household is None


def test_a_role_without_relations_has_no_family() -> None:
    person = resident("FISK")
    assert family_view(permitted(person, OPEN), {}, asked=number_of(person), today=TODAY) is None


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("andre", "Andre enn foreldrene har foreldreansvaret."),
        ("ukjent", "Folkeregisteret vet ikke hvem som har foreldreansvaret."),
    ],
)
def test_others_and_unknown_are_said_plainly(kind: Any, said: str) -> None:
    shown = alone(foreldreansvar=(Foreldreansvar(ansvar=kind),))
    assert shown.notes == (said,)
    assert shown.charges[0].notes == (said,)


def test_who_has_no_number_and_an_organisation_stand_there_too() -> None:
    abroad = RelatertBiPerson(navn=Personnavn(fornavn="ULLA", etternavn="HAI"), foedselsdato=date(1980, 2, 3))
    shown = alone(
        familierelasjon=(
            Familierelasjon(
                relatertPersonUtenFolkeregisteridentifikator=abroad,
                relatertPersonsRolle="mor",
                minRolleForPerson="barn",
            ),
        ),
        foreldreansvar=(Foreldreansvar(ansvar="andre", ansvarligOrganisasjon="974760673"),),
    )
    mother, organisation = (member for group in shown.groups for member in group.members)
    assert (mother.name, mother.about) == ("ULLA HAI", ("Født 3. februar 1980",))
    assert organisation.name == "Virksomhet 974760673"


def test_a_parent_answers_for_the_child_and_not_for_themselves() -> None:
    """The register writes the same entry in both records."""
    child, own = (number_of(resident(name)) for name in ("BARN", "ALENE"))
    shown = alone(number=own, foreldreansvar=(Foreldreansvar(ansvar="mor", ansvarlig=own, ansvarssubjekt=child),))
    assert shown.charges == ()
    assert [(group.key, group.members[0].ties) for group in shown.groups] == [("children", ("Foreldreansvar: mor",))]


def test_what_names_nobody_and_what_cannot_be_read_is_said_too() -> None:
    shown = alone(foreldreansvar=(Foreldreansvar(ansvar="mor", unread=("ansvarlig",)),))
    assert shown.notes == ("Foreldreansvar: mor", "Noe her kan ikke leses")


def test_a_sibling_the_gate_left_out_is_not_named() -> None:
    people = family("FISK")
    others = {number_of(people.mother): permitted(people.mother, FAMILY)}
    shown = family_view(permitted(people.child, FAMILY), others, asked=number_of(people.child), today=TODAY)
    assert shown is not None
    assert number_of(people.sibling) not in repr(shown)


def test_a_co_holder_the_gate_left_out_is_not_named_and_the_childs_own_page_is_pointed_to() -> None:
    people = family("FISK")
    others = {number_of(people.child): permitted(people.child, FAMILY)}
    shown = family_view(permitted(people.mother, FAMILY), others, asked=number_of(people.mother), today=TODAY)
    assert shown is not None
    assert number_of(people.father) not in repr(shown)
    assert shown.charges[0].notes == ("Flere med foreldreansvar kan stå på barnets egen side.",)
