"""One person through the gate, over real HTTP, with the log in the database."""

from collections.abc import Callable

import pytest

from integrations.http.errors import Busy, PartyError, Refused, Unavailable, UnexpectedAnswer
from roles.access import Access, NoRole
from roles.audit import LogBusy
from roles.audit.models import AuditSubject
from roles.disclosure import disclose, disclose_with_family, logentries
from roles.disclosure.logentries import WrongUse
from roles.models import Use
from roles.policy.fieldpolicy import State
from roles.violations import PolicyViolation
from tests.roles.disclosure.asking import (
    EVERYTHING,
    NOBODY,
    NORDVAAG,
    OPEN,
    SOERDAL,
    Simulated,
    access,
    events,
    logged,
    without_right,
)
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import related_to, street

ADDRESSES = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")


def test_the_same_person_gives_two_roles_different_elements(register: Simulated) -> None:
    mother = register.number_of("vanlig-familie")
    narrow, wide = disclose(access(*OPEN), mother), disclose(access(*EVERYTHING), mother)
    assert narrow is not None
    assert wide is not None
    assert narrow["navn"].entries[0].etternavn == wide["navn"].entries[0].etternavn
    assert narrow["familierelasjon"].state is State.NOT_IN_ROLE
    assert wide["familierelasjon"].state is State.VALUE


def test_the_register_is_asked_for_what_the_role_opens_and_the_grading_alone(register: Simulated) -> None:
    disclose(access("navn", "foedsel", "adressebeskyttelse"), register.number_of("barn"))
    assert register.parts_asked("person") == [{"navn", "foedsel", "adressebeskyttelse"}]


def test_for_a_role_that_may_not_see_gradings_the_gate_reads_the_residence_too(register: Simulated) -> None:
    record = disclose(access("navn", "foedsel"), register.number_of("barn"))
    assert record is not None
    assert register.parts_asked("person") == [{"navn", "foedsel", "adressebeskyttelse", "bostedsadresse", "status"}]
    assert record["bostedsadresse"].state is State.NOT_IN_ROLE


@pytest.mark.parametrize(
    ("elements", "package"),
    [(["navn"], "offentligutenhjemmel"), (["navn", "familierelasjon"], "offentligmedhjemmel")],
)
def test_a_role_without_a_confidential_basis_uses_the_door_without_legal_basis(
    register: Simulated, elements: list[str], package: str
) -> None:
    disclose(access(*elements), register.number_of("barn"))
    # A token may be asked for first.
    assert [call["package"] for call in register.asked() if call["operation"] == "person"] == [package]


def test_question_and_outcome_are_logged_without_values(register: Simulated) -> None:
    number = register.number_of("vanlig-familie")
    asking = access("navn", "foedsel", "doedsfall")
    disclose(asking, number)
    asked, answered = logged()
    assert (asked.event, answered.event) == ("lookup:person:asked", "lookup:person:answered")
    assert answered.fields["elements_asked"] == ["doedsfall", "foedsel", "navn"]
    assert answered.fields["elements_delivered"] == ["foedsel", "navn"]
    assert answered.fields["outcome"] == "delivered"
    assert answered.fields["legal_bases"] == ["folkeregisterloven-10-1"]
    assert answered.intent_id == str(asking.intent_id)
    name = register.person("vanlig-familie").name
    assert not any(secret in entry.body for entry in (asked, answered) for secret in (number, *name.split()))


def test_each_organisation_has_its_own_log(register: Simulated) -> None:
    disclose(access("navn"), register.number_of("barn"))
    assert events(SOERDAL) == []
    disclose(access("navn", organisation=SOERDAL), register.number_of("barn"))
    assert events(SOERDAL) == events(NORDVAAG)


def test_a_number_that_nobody_has_gives_none_and_is_logged(register: Simulated) -> None:
    assert disclose(access("navn"), NOBODY) is None
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "none"]


def test_a_former_number_leads_to_the_person_carried_on_and_both_are_logged(register: Simulated) -> None:
    former, current = register.number_of("historisk-nummer"), register.number_of("viderefoert-nummer")
    record = disclose(access("identifikasjonsnummer"), former)
    assert record is not None
    assert current in [entry.foedselsEllerDNummer for entry in record["identifikasjonsnummer"].entries]
    assert AuditSubject.objects.get(seq=logged()[-1].seq).numbers(NORDVAAG) == (former, current)
    assert "number-carried-on" in logged()[-1].fields["flags"]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("500", Unavailable),
        ("html", UnexpectedAnswer),
        ("truncated", UnexpectedAnswer),
        ("429", Busy),
        ("403", Refused),
    ],
)
def test_a_failing_register_is_logged_as_failed_and_passed_on(
    register: Simulated, kind: str, error: type[PartyError]
) -> None:
    number = register.number_of("barn")
    with register.failing(kind, milliseconds=50), pytest.raises(error):
        disclose(access("navn"), number)
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "failed"]


def test_when_nothing_can_be_logged_nothing_is_asked(register: Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    number = register.number_of("barn")

    def busy(*_entry: object, **_how: object) -> None:
        raise LogBusy

    monkeypatch.setattr(logentries, "append", busy)
    with pytest.raises(LogBusy):
        disclose(access("navn"), number)
    assert register.asked() == []


def test_an_access_for_lists_looks_nobody_up(register: Simulated) -> None:
    with pytest.raises(WrongUse):
        disclose(access("navn", use=Use.CITIZEN_LIST), NOBODY)
    assert (register.asked(), events()) == ([], [])


def test_a_role_that_demands_a_case_gives_nothing_without_one(register: Simulated) -> None:
    with pytest.raises(PolicyViolation):
        disclose(access("navn", purpose=""), NOBODY)
    assert (register.asked(), events()) == ([], [])


def test_a_caseworker_with_the_same_surname_is_flagged(register: Simulated) -> None:
    someone = register.person("vanlig-familie")
    disclose(access("navn", label=f"Per {someone.name.split()[-1].title()}"), someone.number)
    assert logged()[-1].fields["flags"] == ["same-surname"]


# --- Address protection ---


def test_a_confidential_address_needs_the_right_and_a_reason(register: Simulated) -> None:
    number = register.number_of("fortrolig")
    for right, reason in [(False, ""), (True, ""), (False, "Akutt fare")]:
        record = disclose(access(*EVERYTHING, confidential_addresses=right, reason=reason), number)
        assert record is not None
        assert record["bostedsadresse"].state is State.PROTECTED
    opened = disclose(access(*EVERYTHING, confidential_addresses=True, reason="Akutt fare"), number)
    assert opened is not None
    assert opened["bostedsadresse"].state is State.VALUE
    assert logged()[-1].fields["details"]["reason"] == "Akutt fare"
    assert "confidential-address-reason" in logged()[-1].fields["flags"]


def test_a_strictly_confidential_address_is_opened_for_nobody(register: Simulated) -> None:
    asking = access(*EVERYTHING, confidential_addresses=True, reason="Akutt fare")
    record = disclose(asking, register.number_of("strengt-fortrolig"))
    assert record is not None
    assert {key for key in ADDRESSES if record[key].state is State.VALUE} == {"postadresse"}
    assert record["familierelasjon"].state is State.PROTECTED


def test_to_a_role_without_gradings_a_protected_address_reads_as_empty(register: Simulated) -> None:
    record = disclose(access(*OPEN), register.number_of("fortrolig"))
    assert record is not None
    assert {record[key].state for key in ADDRESSES} == {State.EMPTY}


def test_a_person_who_lives_with_a_protected_relative_shows_no_address_where_relations_are_open(
    register: Simulated,
) -> None:
    number = register.number_of("husstand-med-fortrolig")
    without = disclose(access("navn", "bostedsadresse", "status.utvidet", "status"), number)
    along = disclose(access("navn", "bostedsadresse", "sivilstand", "sivilstand.relatertVedSivilstand"), number)
    assert without is not None
    assert along is not None
    assert without["bostedsadresse"].state is State.VALUE
    assert along["bostedsadresse"].state is State.EMPTY
    assert along["sivilstand"].state is State.VALUE


def test_relatives_are_read_for_grading_and_addresses_alone_and_only_where_relations_are_open(
    register: Simulated,
) -> None:
    number = register.number_of("vanlig-familie")
    disclose(access("navn", "bostedsadresse"), number)
    disclose(access("navn", "familierelasjon"), number)
    assert register.parts_asked("bulk") == []
    disclose(access("navn", "bostedsadresse", "familierelasjon"), number)
    assert register.parts_asked("bulk") == [{"adressebeskyttelse", "bostedsadresse", "deltBosted", "oppholdsadresse"}]


@pytest.mark.parametrize("grade", ["klientadresse", "fortrolig"])
def test_an_address_that_may_be_opened_stays_closed_when_a_strictly_confidential_relative_lives_there(
    register: Simulated, grade: str
) -> None:
    together = street("Skjermveien", "1")
    strict = resident("STRENGT", address=together, grade="strengtFortrolig")
    related = (related_to(number_of(strict)),)
    someone = resident("ÅPNES", address=together, grade=grade, familierelasjon=related)
    register.put(strict, someone)
    asking = access(*EVERYTHING, confidential_addresses=True, reason="Akutt fare")
    record = disclose(asking, number_of(someone))
    assert record is not None
    assert record["bostedsadresse"].state is State.PROTECTED


def test_when_relatives_cannot_be_read_nothing_is_shown(register: Simulated) -> None:
    number = register.number_of("vanlig-familie")
    with register.failing("500", operation="bulk"), pytest.raises(Unavailable):
        disclose(access("bostedsadresse", "familierelasjon"), number)
    assert logged()[-1].fields["outcome"] == "failed"


@pytest.mark.parametrize("look_up", [disclose, disclose_with_family])
@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_told_when_the_right_was_withdrawn_before_the_register_answered(
    register: Simulated, look_up: Callable[[Access, str], object], *, is_there: bool
) -> None:
    number = register.number_of("vanlig-familie") if is_there else NOBODY
    with pytest.raises(NoRole):
        look_up(without_right(access("navn", "familierelasjon")), number)
    assert events()[:2] == ["lookup:person:asked", "lookup:person:answered"]
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "denied"]
