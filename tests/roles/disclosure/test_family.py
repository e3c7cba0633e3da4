"""A person with the family through the gate: who is told of, what of them, by which questions, and what is logged."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from msgspec import structs

from integrations.folkeregisteret.documents import Familierelasjon, Folkeregisteridentifikator, Foreldreansvar
from integrations.http.errors import Unavailable
from roles.audit.models import AuditSubject
from roles.disclosure import FAMILY_ELEMENTS, PersonAndFamily, disclose, disclose_with_family
from roles.limits.counters import counters
from roles.policy.fieldpolicy import State
from tests.roles.disclosure.asking import EVERYTHING, NORDVAAG, OPEN, SOERDAL, Simulated, access, logged
from tests.roles.disclosure.families import FAMILY, FATHERS, MOTHERS, family, numbers_of, put
from tests.roles.disclosure.residents import number_of, numbers, resident
from tests.roles.disclosure.test_lookalikes import KINDS, shape
from tests.roles.records import married_to, street


def told(elements: Any, number: str, **asking: Any) -> PersonAndFamily:
    found = disclose_with_family(access(*elements, **asking), number)
    assert found is not None
    return found


def test_a_child_is_told_with_parents_and_siblings_and_where_they_live(register: Simulated) -> None:
    people = put(register, "BARNHAV")
    numbers = numbers_of(people)
    found = told(FAMILY, numbers["child"])
    assert found.family.keys() == {numbers[name] for name in ("mother", "father", "sibling")}
    homes = {name: found.family[numbers[name]]["bostedsadresse"].entries[0] for name in ("mother", "father")}
    assert (homes["mother"].vegadresse, homes["father"].vegadresse) == (MOTHERS, FATHERS)
    assert found.family[numbers["sibling"]]["navn"].state is State.VALUE


def test_a_parent_is_told_with_children_spouse_and_who_else_answers_for_them(register: Simulated) -> None:
    numbers = numbers_of(put(register, "MORHAV"))
    found = told(FAMILY, numbers["mother"])
    assert found.family.keys() == {numbers[name] for name in ("child", "sibling", "husband", "father")}


#: Each way in which a document names a relative, as what the document then holds.
WAYS: dict[str, Callable[[str], dict[str, Any]]] = {
    "a relation": lambda number: {"familierelasjon": (related(number, "mor"),)},
    "a spouse": lambda number: {"sivilstand": (married_to(number),)},
    "who answers for the person": lambda number: {"foreldreansvar": (Foreldreansvar(ansvarlig=number),)},
    "whom the person answers for": lambda number: {"foreldreansvar": (Foreldreansvar(ansvarssubjekt=number),)},
}


def related(number: str, role: str) -> Familierelasjon:
    return Familierelasjon(relatertPerson=number, relatertPersonsRolle=role)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_named_in_one_way_alone_is_told_of(register: Simulated, way: str) -> None:
    relative = resident("NAVNEHAV", address=FATHERS)
    person = resident("NAVNEHAV", address=MOTHERS, **WAYS[way](number_of(relative)))
    register.put(relative, person)
    assert told(FAMILY, number_of(person)).family.keys() == {number_of(relative)}


@pytest.mark.parametrize("role", ["mor", "far", "medmor"])
def test_the_children_of_each_parent_are_told_of_and_the_parents_of_none(register: Simulated, role: str) -> None:
    sibling, grandmother = resident("SØSKENHAV"), resident("BESTEHAV", address=FATHERS)
    named = (related(number_of(sibling), "barn"), related(number_of(grandmother), "mor"))
    parent = resident("FORELDERHAV", address=MOTHERS, familierelasjon=named)
    person = resident("BARNHAV", address=MOTHERS, familierelasjon=(related(number_of(parent), role),))
    register.put(sibling, grandmother, parent, person)
    assert told(FAMILY, number_of(person)).family.keys() == {number_of(parent), number_of(sibling)}


@pytest.mark.parametrize("named_by", ["former", "current"])
@pytest.mark.parametrize("asked_by", ["former", "current"])
def test_nobody_is_a_sibling_of_themselves_by_another_number(register: Simulated, asked_by: str, named_by: str) -> None:
    own = {"former": numbers(), "current": numbers()}
    mother = resident("MORHAV", familierelasjon=(related(own[named_by], "barn"),))
    person = structs.replace(
        resident("BARNHAV", familierelasjon=(related(number_of(mother), "mor"),)),
        identifikasjonsnummer=(
            Folkeregisteridentifikator(foedselsEllerDNummer=own["former"], status="opphoert"),
            Folkeregisteridentifikator(foedselsEllerDNummer=own["current"], status="iBruk"),
        ),
    )
    register.put(mother, person)
    assert told(FAMILY, own[asked_by]).family.keys() == {number_of(mother)}


@pytest.mark.parametrize("way", ["a relation", "a responsibility"])
def test_who_else_answers_for_a_child_is_told_of_and_the_childs_children_are_not(register: Simulated, way: str) -> None:
    other, grandchild = resident("ANNENHAV"), resident("BARNEBARNHAV")
    child = resident(
        "BARNHAV",
        address=FATHERS,
        foreldreansvar=(Foreldreansvar(ansvarlig=number_of(other)),),
        familierelasjon=(related(number_of(grandchild), "barn"),),
    )
    by_relation = {"familierelasjon": (related(number_of(child), "barn"),)}
    ways = {"a relation": by_relation, "a responsibility": WAYS["whom the person answers for"](number_of(child))}
    person = resident("MORHAV", address=MOTHERS, **ways[way])
    register.put(other, grandchild, child, person)
    assert told(FAMILY, number_of(person)).family.keys() == {number_of(child), number_of(other)}


def test_a_relative_shows_no_more_than_the_role_opens_of_a_family(register: Simulated) -> None:
    numbers = numbers_of(put(register, "SMALHAV"))
    found = told(("navn", "familierelasjon"), numbers["child"])
    for relative in found.family.values():
        assert relative.delivered <= {"navn", "familierelasjon"}
        assert relative["bostedsadresse"].state is State.NOT_IN_ROLE
    wide = told(EVERYTHING, numbers["child"])
    assert all(relative.delivered <= FAMILY_ELEMENTS for relative in wide.family.values())
    assert {*FAMILY, "doedsfall", "deltBosted", "adressebeskyttelse"} == FAMILY_ELEMENTS | {
        "sivilstand",
        "sivilstand.relatertVedSivilstand",
    }


def test_a_role_without_relations_is_told_of_nobody_and_nobody_is_asked_for(register: Simulated) -> None:
    numbers = numbers_of(put(register, "UTENHAV"))
    assert told(OPEN, numbers["child"]).family == {}
    assert register.parts_asked("bulk") == []


def test_the_register_is_asked_three_times_whatever_family_there_is(register: Simulated) -> None:
    alone, numbers = resident("ALENEHAV"), numbers_of(put(register, "STORHAV"))
    register.put(alone)
    disclose(access(*FAMILY), numbers["child"])  # a token may be fetched first
    shapes = []
    for number in (number_of(alone), numbers["child"], numbers["mother"]):
        register.forget()
        told(FAMILY, number)
        shapes.append(shape(register))
    assert [operation for operation, _ in shapes[0]] == ["person", "bulk", "bulk"]
    assert all(one == other for one, other in pairwise(shapes))


def test_the_family_is_one_entry_with_its_persons_committed_before_the_answer(register: Simulated) -> None:
    numbers = numbers_of(put(register, "LOGGHAV"))
    found = told(FAMILY, numbers["child"])
    asked, family, answered = logged()
    assert [entry.event for entry in (asked, family, answered)] == [
        "lookup:person:asked",
        "lookup:relatives:answered",
        "lookup:person:answered",
    ]
    assert len({entry.intent_id for entry in (asked, family, answered)}) == 1
    assert AuditSubject.objects.filter(chain=str(NORDVAAG), seq=family.seq).count() == len(found.family)
    delivered = set().union(*(relative.delivered for relative in found.family.values()))
    assert set(family.fields["elements_delivered"]) == delivered
    assert [entry.fields.get("outcome") for entry in (asked, family, answered)] == [None, "delivered", "delivered"]
    assert set(family.fields["elements_asked"]) == set(FAMILY) & FAMILY_ELEMENTS
    assert not any(number in str(entry.body) for entry in logged() for number in numbers.values())
    assert logged(SOERDAL) == []


def test_a_page_with_a_family_is_one_lookup(register: Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, taken = numbers_of(put(register, "TELLEHAV")), []
    take = type(counters()).take
    monkeypatch.setattr(type(counters()), "take", lambda self, *args: taken.append(args) or take(self, *args))
    told(FAMILY, numbers["mother"])
    assert len(taken) == 1


@pytest.mark.parametrize("kind", ["client address", "confidential", "strictly confidential"])
@pytest.mark.parametrize("who", ["mother", "father", "sibling", "husband"])
def test_a_protected_relative_is_told_of_like_one_of_unknown_residence(
    register: Simulated, who: str, kind: str
) -> None:
    """On the page of each of the others, with the same questions."""
    asking = access(*FAMILY)
    disclose(asking, number_of(resident("INGENHAV")))  # a token may be fetched first
    answers = []
    for how in ("unknown", kind):
        apart = KINDS[how] if "bostedsadresse" in KINDS[how] else {**KINDS[how], "address": street("Annetveien", "9")}
        numbers = numbers_of(put(register, "LIKEHAV", **{who: apart}))
        register.forget()
        found = disclose_with_family(asking, numbers["child"])
        assert found is not None
        names = {number: name for name, number in numbers.items()}
        told_of = {
            names[number]: {key: relative[key] for key in ("navn", "foedsel", "bostedsadresse", "foreldreansvar")}
            for number, relative in found.family.items()
            if names[number] == who
        }
        answers.append((told_of if who != "sibling" else sorted(told_of), shape(register)))
    assert answers[0][1] == answers[1][1]
    assert answers[0][0] == answers[1][0]


@pytest.mark.parametrize("who", ["mother", "father"])
def test_a_strictly_confidential_parent_without_an_address_makes_the_page_one_of_unknown_residence(
    register: Simulated, who: str
) -> None:
    numbers = numbers_of(put(register, "STRENGHAV", **{who: KINDS["strictly confidential without address"]}))
    found = told(FAMILY, numbers["child"])
    assert found.family == {}
    assert found.person["bostedsadresse"].state is found.person["familierelasjon"].state is State.EMPTY


def test_who_lives_with_somebody_protected_shows_no_address_on_the_page_of_another(register: Simulated) -> None:
    """The father's page names the child, who lives with the mother, whom his page does not name as family."""
    numbers = numbers_of(put(register, "SKJERMHAV", mother={"grade": "fortrolig"}))
    for elements in (FAMILY, (*FAMILY, "adressebeskyttelse")):
        found = told(elements, numbers["father"])
        child = found.family[numbers["child"]]
        assert child["bostedsadresse"].entries == ()
        assert numbers["mother"] not in found.family
    assert found.person["bostedsadresse"].state is State.VALUE


def test_an_opened_confidential_address_opens_none_of_the_family(register: Simulated) -> None:
    numbers = numbers_of(put(register, "ÅPNEHAV", mother={"grade": "fortrolig"}, child={"grade": "fortrolig"}))
    found = told(EVERYTHING, numbers["child"], confidential_addresses=True, reason="Akutt fare")
    assert found.person["bostedsadresse"].state is State.VALUE
    assert found.family[numbers["mother"]]["bostedsadresse"].state is State.PROTECTED


def test_an_address_is_not_shown_of_who_may_live_with_somebody_not_asked_about(register: Simulated) -> None:
    partner = resident("UKJENTHAV", address=FATHERS, grade="fortrolig")
    grown = family("SØSKENHAV", sibling={"address": FATHERS, "sivilstand": (married_to(number_of(partner)),)})
    register.put(partner, *grown)
    numbers = numbers_of(grown)
    found = told(FAMILY, numbers["child"])
    assert found.family[numbers["sibling"]]["bostedsadresse"].state is State.NOT_IN_ROLE


def test_when_those_whom_the_relatives_name_cannot_be_read_the_person_is_told_alone(register: Simulated) -> None:
    numbers = numbers_of(put(register, "NEDEHAV"))
    with register.failing("500", operation="bulk"):
        found = told(("navn", "familierelasjon"), numbers["child"])
    assert (found.family, found.is_whole) == ({}, False)
    assert found.person["familierelasjon"].state is State.VALUE
    assert [entry.fields["outcome"] for entry in logged()[1:]] == ["failed", "delivered"]


def test_when_no_relative_can_be_read_and_the_role_shows_an_address_nothing_is_told(register: Simulated) -> None:
    numbers = numbers_of(put(register, "NEDEHAV"))
    with register.failing("500", operation="bulk"), pytest.raises(Unavailable):
        told(("navn", "familierelasjon", "bostedsadresse"), numbers["child"])
    assert [entry.fields["outcome"] for entry in logged()[1:]] == ["failed"]


@pytest.mark.parametrize(
    ("grade", "offered"),
    [("ugradert", False), ("klientadresse", True), ("fortrolig", True), ("strengtFortrolig", False)],
)
def test_an_address_is_offered_only_where_a_reason_would_show_it(
    register: Simulated, grade: str, offered: bool
) -> None:
    number = number_of(lone := resident("TILBUDHAV", grade=grade))
    register.put(lone)
    assert told(EVERYTHING, number, confidential_addresses=True).may_open_address is offered
    assert not told(EVERYTHING, number).may_open_address, "without the right"
    assert not told(EVERYTHING, number, confidential_addresses=True, reason="Varsling").may_open_address, "it is open"


@pytest.mark.parametrize(("grade", "offered"), [("fortrolig", True), ("strengtFortrolig", False)])
def test_an_address_that_a_relative_hides_is_offered_only_where_a_reason_opens_that_one_too(
    register: Simulated, grade: str, offered: bool
) -> None:
    numbers = numbers_of(put(register, "DELTHAV", mother={"grade": grade}))
    found = told(EVERYTHING, numbers["child"], confidential_addresses=True)
    assert found.person["bostedsadresse"].state is State.PROTECTED
    assert found.may_open_address is offered
