"""Many persons through the gate, for a list."""

import pytest

from integrations.folkeregisteret.documents import Foreldreansvar, PersonRecord
from integrations.http.errors import Unavailable
from roles.access import Access, NoRole
from roles.audit.models import AuditSubject
from roles.disclosure.logentries import WrongUse
from roles.models import Use
from roles.policy.fieldpolicy import State
from tests.roles.disclosure.asking import (
    NOBODY,
    NORDVAAG,
    SOERDAL,
    Simulated,
    access,
    events,
    logged,
    many,
    without_right,
)
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import street

COLUMNS = ("navn", "foedsel", "bostedsadresse")
#: With a confidential legal basis, so that the register gives the confidential addresses that others are compared with.
WITH_BASIS = (*COLUMNS, "adressebeskyttelse")


def listing(*elements: str) -> Access:
    return access(*(elements or COLUMNS), use=Use.CITIZEN_LIST)


def put(register: Simulated, *records: PersonRecord) -> list[str]:
    register.put(*records)
    return [number_of(record) for record in records]


def test_many_persons_come_with_one_call_of_the_smallest_parts_and_one_entry(register: Simulated) -> None:
    numbers = put(register, resident("EN"), resident("TO"), resident("TRE"))
    found = many(listing("navn", "foedsel"), [*numbers, NOBODY])
    assert sorted(record["navn"].entries[0].etternavn for record in found.records) == ["EN", "TO", "TRE"]
    assert register.parts_asked("bulk") == [{"navn", "foedsel", "adressebeskyttelse", "bostedsadresse", "status"}]
    assert events() == ["list:batch:asked", "list:batch:answered"]
    assert events(SOERDAL) == []


def test_each_person_has_a_row_in_the_log(register: Simulated) -> None:
    numbers = put(register, resident("EN"), resident("TO", grade="fortrolig"))
    many(listing(), numbers)
    rows = {row.numbers(NORDVAAG)[0]: row.outcome for row in AuditSubject.objects.filter(seq=logged()[-1].seq)}
    assert rows == {numbers[0]: "delivered", numbers[1]: "denied"}
    asked, answered = logged()
    assert (asked.fields["elements_asked"], asked.fields.get("outcome")) == (sorted(COLUMNS), None)
    assert (answered.fields["elements_delivered"], answered.fields["outcome"]) == (sorted(COLUMNS), "delivered")


def test_an_element_that_one_person_of_a_batch_has_is_logged_as_delivered(register: Simulated) -> None:
    numbers = put(register, resident("EN", foedsel=()), resident("TO", navn=()), resident("TRE", foedsel=(), navn=()))
    many(listing("navn", "foedsel", "doedsfall"), numbers)
    assert logged()[-1].fields["elements_delivered"] == ["foedsel", "navn"]


def test_a_batch_of_nobody_is_logged_as_such(register: Simulated) -> None:
    assert many(listing(), [NOBODY]).records == ()
    assert (logged()[-1].fields["outcome"], logged()[-1].fields.get("elements_delivered", [])) == ("none", [])


def test_protected_persons_are_left_out_and_counted(register: Simulated) -> None:
    numbers = put(
        register, resident("EN", grade="strengtFortrolig"), resident("TO", grade="fortrolig"), resident("TRE")
    )
    found = many(listing(), numbers)
    assert [record["navn"].entries[0].etternavn for record in found.records] == ["TRE"]
    assert found.left_out == 2


def test_two_numbers_of_one_person_are_one_person(register: Simulated) -> None:
    numbers = [register.number_of("historisk-nummer"), register.number_of("viderefoert-nummer")]
    assert len(many(listing(), numbers).records) == 1


def test_a_protected_member_hides_the_address_of_the_household_in_the_same_batch(register: Simulated) -> None:
    together = street("Listegata", "1")
    numbers = put(
        register,
        resident("VERNET", address=together, grade="fortrolig"),
        resident("SAMMEN", address=together),
        resident("ALENE", address=street("Listegata", "2")),
    )
    states = {
        record["navn"].entries[0].etternavn: record["bostedsadresse"].state
        for record in many(listing(*WITH_BASIS), numbers).records
    }
    assert states == {"SAMMEN": State.PROTECTED, "ALENE": State.VALUE}


def test_a_member_in_another_batch_is_recognised_by_marks_that_tell_nothing(register: Simulated) -> None:
    together = street("Markegata", "1")
    (protected,) = put(register, resident("VERNET", address=together, grade="fortrolig"))
    others = put(register, resident("SAMMEN", address=together), resident("ALENE", address=street("Markegata", "2")))
    first, second = (many(listing(*WITH_BASIS), numbers) for numbers in ([protected], others))
    met = {
        record["navn"].entries[0].etternavn: not record.households.isdisjoint(first.protected_addresses)
        for record in second.records
    }
    assert met == {"SAMMEN": True, "ALENE": False}
    assert not any("markegata" in mark for mark in first.protected_addresses)


def test_a_client_address_does_not_hide_the_other_addresses_of_its_own_person(register: Simulated) -> None:
    (client,) = put(register, resident("KLIENT", grade="klientadresse"))
    found = many(listing(*WITH_BASIS), [client])
    (record,) = found.records
    assert record["bostedsadresse"].state is State.PROTECTED
    assert record.households.isdisjoint(found.protected_addresses)


def test_a_protected_parent_hides_the_address_of_a_child_on_a_list_with_parents(register: Simulated) -> None:
    together = street("Barnegata", "1")
    parent = resident("FORELDER", address=together, grade="fortrolig")
    responsible = (Foreldreansvar(ansvar="mor", ansvarlig=number_of(parent), erGjeldende=True),)
    child = resident("BARN", address=together, foreldreansvar=responsible)
    _, number = put(register, parent, child)
    (without,) = many(listing(), [number]).records
    (along,) = many(listing(*COLUMNS, "foreldreansvar"), [number]).records
    assert without["bostedsadresse"].state is State.VALUE
    assert along["bostedsadresse"].state is State.EMPTY


def test_a_failing_register_is_logged_as_failed(register: Simulated) -> None:
    with register.failing("500", operation="bulk"), pytest.raises(Unavailable):
        many(listing(), [NOBODY])
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "failed"]


def test_more_than_a_thousand_at_once_are_refused(register: Simulated) -> None:
    with pytest.raises(ValueError, match="1000"):
        many(listing(), [NOBODY] * 1001)


def test_an_access_for_lookups_makes_no_list(register: Simulated) -> None:
    with pytest.raises(WrongUse):
        many(access(*COLUMNS), [NOBODY])


def test_nobody_is_listed_when_the_right_was_withdrawn_before_the_register_answered(register: Simulated) -> None:
    numbers = put(register, resident("EN"))
    with pytest.raises(NoRole):
        many(without_right(listing()), numbers)
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "denied"]
    assert not AuditSubject.objects.exists()
