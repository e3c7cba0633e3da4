"""Those with parental responsibility, told of with a batch of a list."""

from datetime import date
from typing import Any

import pytest

from integrations.folkeregisteret.documents import Familierelasjon, Foreldreansvar, PersonRecord
from roles.access import Access
from roles.audit.models import AuditSubject
from roles.models import Use
from roles.policy.fieldpolicy import PermittedRecord, State
from tests.roles.disclosure.asking import NORDVAAG, Simulated, access, logged, many
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import post_box, street

LETTERS = frozenset({"navn", "bostedsadresse"})
CHOSEN = ("navn", "bostedsadresse", "foreldreansvar")
GRADES = ("ugradert", "klientadresse", "fortrolig", "strengtFortrolig")
#: Roles that may not see gradings, and that may.
ROLES = pytest.mark.parametrize("more", [(), ("adressebeskyttelse",)], ids=["open", "sees gradings"])


def listing(*more: str) -> Access:
    return access(*CHOSEN, *more, use=Use.CITIZEN_LIST)


def child_of(*guardians: PersonRecord, at: str = "Barnegata") -> PersonRecord:
    held = tuple(Foreldreansvar(ansvar="felles", ansvarlig=number_of(one), erGjeldende=True) for one in guardians)
    return resident("BARN", address=street(at, "1"), foreldreansvar=held, born_on=date(2019, 3, 4))


def told(register: Simulated, asking: Access, child: PersonRecord, *others: PersonRecord) -> dict[str, PermittedRecord]:
    """Whom a list of this child tells of beside it, by last name."""
    register.put(child, *others)
    guardians = many(asking, [number_of(child)], of_guardians=LETTERS).guardians
    return {record["navn"].entries[0].etternavn: record for record in guardians.values()}


@ROLES
def test_name_and_address_come_with_the_lookup_of_the_child(register: Simulated, more: tuple[str, ...]) -> None:
    mother, father = resident("MOR", address=street("Morgata", "1")), resident("FAR", address=street("Fargata", "2"))
    found = told(register, listing(*more), child_of(mother, father), mother, father)
    assert {name: one["bostedsadresse"].state for name, one in found.items()} == {
        "MOR": State.VALUE,
        "FAR": State.VALUE,
    }
    assert {one["foreldreansvar"].state for one in found.values()} == {State.NOT_IN_ROLE}


@pytest.mark.parametrize("lacking", ["foreldreansvar", "navn"])
def test_nobody_is_told_of_by_a_role_that_lacks_the_element(register: Simulated, lacking: str) -> None:
    mother = resident("MOR")
    child = child_of(mother)
    register.put(child, mother)
    elements = [element for element in CHOSEN if element != lacking]
    found = many(access(*elements, use=Use.CITIZEN_LIST), [number_of(child)], of_guardians=LETTERS).guardians
    assert not any(one["navn"].entries for one in found.values())
    assert lacking == "navn" or not found


@ROLES
@pytest.mark.parametrize("grade", GRADES[1:])
def test_a_protected_one_is_named_like_everybody_and_has_no_address(
    register: Simulated, more: tuple[str, ...], grade: str
) -> None:
    protected = resident("VERNET", address=street("Hemmeliggata", "1"), grade=grade)
    open_one = resident("APEN", address=street("Apengata", "1"))
    found = told(register, listing(*more), child_of(protected, open_one), protected, open_one)
    assert set(found) == {"VERNET", "APEN"}
    assert found["VERNET"]["bostedsadresse"].entries == ()
    assert found["APEN"]["bostedsadresse"].state is State.VALUE


@pytest.mark.parametrize("grade", GRADES[1:])
def test_to_a_role_that_may_not_know_protected_and_unknown_look_alike(register: Simulated, grade: str) -> None:
    protected = resident("VERNET", address=street("Hemmeliggata", "2"), grade=grade)
    unknown = resident("UKJENT", bostedsadresse=())
    found = told(register, listing(), child_of(protected, unknown), protected, unknown)
    first, second = ({key: one.state for key, one in record.elements.items()} for record in found.values())
    assert first == second


@pytest.mark.parametrize(
    "without", [{"grade": "strengtFortrolig"}, {"bostedsadresse": ()}], ids=["strictly confidential", "unknown"]
)
def test_an_open_postal_address_gives_no_letter_to_somebody_whom_the_list_itself_would_leave_out(
    register: Simulated, without: dict[str, Any]
) -> None:
    somebody = resident("POST", postadresse=(post_box("4", erGjeldende=True),), **without)
    child = child_of(somebody)
    register.put(child, somebody)
    asking = access(*CHOSEN, "postadresse", use=Use.CITIZEN_LIST)
    (told_of,) = many(asking, [number_of(child)], of_guardians=LETTERS | {"postadresse"}).guardians.values()
    assert told_of["postadresse"].state is State.NOT_IN_ROLE


def test_nobody_is_told_of_by_a_child_whose_relations_the_household_rule_hides(register: Simulated) -> None:
    mother = resident("MOR", address=street("Morgata", "1"))
    child = child_of(mother, at="Sammegata")
    protected = resident("VERNET", address=street("Sammegata", "1"), grade="fortrolig")
    register.put(child, mother, protected)
    assert many(listing(), [number_of(child), number_of(protected)], of_guardians=LETTERS).guardians == {}


@ROLES
def test_one_who_lives_with_a_protected_person_has_no_address_even_if_nobody_of_them_is_listed(
    register: Simulated, more: tuple[str, ...]
) -> None:
    together = street("Samboergata", "1")
    sister = resident("VERNET", address=together, grade="fortrolig")
    theirs = Foreldreansvar(ansvar="mor", ansvarssubjekt=number_of(sister), erGjeldende=True)
    mother = resident("MOR", address=together, foreldreansvar=(theirs,))
    found = told(register, listing(*more), child_of(mother), mother, sister)
    assert found["MOR"]["bostedsadresse"].entries == ()


def test_the_marks_of_such_a_household_hide_it_in_other_batches(register: Simulated) -> None:
    together = street("Markgata", "3")
    mother = resident("MOR", address=together)
    protected = resident("VERNET", address=together, grade="fortrolig")
    child = child_of(mother)
    register.put(child, mother, protected)
    first = many(listing("adressebeskyttelse"), [number_of(child)], of_guardians=LETTERS)
    second = many(listing("adressebeskyttelse"), [number_of(protected)], of_guardians=LETTERS)
    (told_of,) = first.guardians.values()
    assert not told_of.households.isdisjoint(second.protected_addresses)


def test_one_who_is_in_the_batch_is_not_read_again_and_hides_nothing_of_their_own(register: Simulated) -> None:
    mother = resident("MOR", address=street("Morgata", "8"))
    child = child_of(mother)
    register.put(child, mother)
    register.forget()
    found = many(listing(), [number_of(child), number_of(mother)], of_guardians=LETTERS)
    assert len(register.parts_asked("bulk")) == 1
    assert [one["bostedsadresse"].state for one in (*found.records, *found.guardians.values())] == [State.VALUE] * 3


def test_names_alone_take_the_same_calls_as_the_gradings_of_relatives(register: Simulated) -> None:
    mother = resident("MOR")
    child = child_of(mother)
    register.put(child, mother)
    register.forget()
    many(listing(), [number_of(child)])
    calls = len(register.parts_asked("bulk"))
    register.forget()
    (named,) = many(listing(), [number_of(child)], of_guardians=frozenset({"navn"})).guardians.values()
    assert len(register.parts_asked("bulk")) == calls
    assert named["navn"].state is State.VALUE
    assert named["bostedsadresse"].state is State.NOT_IN_ROLE


def test_each_has_a_row_in_the_log_also_who_is_left_out_of_the_list_itself(register: Simulated) -> None:
    mother, father = resident("MOR"), resident("FAR", grade="fortrolig")
    child = child_of(mother, father)
    register.put(child, mother, father)
    many(listing(), [number_of(child), number_of(father)], of_guardians=LETTERS)
    rows = AuditSubject.objects.filter(seq=logged()[-1].seq)
    assert sorted((row.numbers(NORDVAAG)[0], row.outcome) for row in rows) == sorted(
        (number_of(person), "delivered") for person in (child, mother, father)
    )


def test_a_stranger_whom_only_a_family_relation_names_is_not_told_of(register: Simulated) -> None:
    uncle = resident("ONKEL")
    relation = Familierelasjon(relatertPerson=number_of(uncle), relatertPersonsRolle="far", erGjeldende=True)
    child = resident("BARN", familierelasjon=(relation,))
    assert told(register, listing("familierelasjon"), child, uncle) == {}
