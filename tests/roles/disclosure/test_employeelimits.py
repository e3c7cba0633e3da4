"""Limits per employee at the gate, across roles and ways of searching, also with many lookups at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connections

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.http.errors import UnexpectedAnswer
from roles import disclosure
from roles.access import Access
from roles.limits import Limit, LimitReached, Limits
from roles.models import Use
from tests.roles.disclosure.asking import NOBODY, SOERDAL, Simulated, access, logged
from tests.roles.disclosure.residents import number_of, resident

WIDE = Limits(lookups_per_minute=1000, lookups_per_day=1000, misses_in_a_row=1000, misses_per_day=1000, open_orders=9)
NOBODYS_NAME = SearchCriteria(navn="Ingen Slik")


def limited(to: Access | None = None, **limits: int) -> Access:
    return replace(to or access("navn", "identifikasjonsnummer"), limits=replace(WIDE, **limits))


def tried(access: Access, number: str = NOBODY) -> Limit | None:
    """The limit that stopped the lookup; None when none did."""
    try:
        disclosure.disclose(access, number)
    except LimitReached as reached:
        return reached.limit
    return None


def searched(access: Access) -> Limit | None:
    try:
        disclosure.search(access, NOBODYS_NAME)
    except LimitReached as reached:
        return reached.limit
    return None


def breaches(organisation: object = None) -> list[dict[str, object]]:
    entries = logged() if organisation is None else logged(SOERDAL)
    return [entry.fields["details"] for entry in entries if entry.event == "limit:person:reached"]


@pytest.mark.parametrize(
    ("limit", "counted"),
    [
        (Limit.LOOKUPS_PER_MINUTE, {"lookups_per_minute": 3}),
        (Limit.LOOKUPS_PER_DAY, {"lookups_per_day": 3}),
        (Limit.MISSES_IN_A_ROW, {"misses_in_a_row": 3}),
        (Limit.MISSES_PER_DAY, {"misses_per_day": 3}),
    ],
)
def test_past_a_limit_the_register_is_not_asked_and_one_entry_is_logged(
    register: Simulated, limit: Limit, counted: dict[str, int]
) -> None:
    somebody = limited(**counted)
    assert [tried(somebody) for _ in range(6)] == [None] * 3 + [limit] * 3
    assert len(register.parts_asked("person")) == 3
    (told,) = breaches()
    assert (told["limit"], told["most"]) == (limit.value, 3)
    asked = [entry for entry in logged() if entry.event == "lookup:person:asked"]
    assert len(asked) == 3


def test_the_entry_names_employee_and_role_and_says_that_the_lookup_was_refused(register: Simulated) -> None:
    somebody = limited(lookups_per_day=1)
    for _ in range(3):
        tried(somebody)
    entry = logged()[-1]
    assert entry.event == "limit:person:reached"
    assert entry.actor_id == somebody.actor.id
    assert entry.fields["role"] == str(somebody.role_id)
    assert entry.fields["outcome"].lower() == "denied"
    assert NOBODY not in entry.body


def test_a_search_instead_of_a_number_and_another_role_count_on(register: Simulated) -> None:
    somebody = limited(misses_in_a_row=4)
    assert [tried(somebody), searched(somebody), tried(somebody), searched(somebody)] == [None] * 4
    other_role = replace(somebody, role_id=uuid4(), intent_id=uuid4(), service_area="SKOLE")
    assert tried(other_role) == searched(other_role) == Limit.MISSES_IN_A_ROW


def test_a_colleague_and_the_other_organisation_have_limits_of_their_own(register: Simulated) -> None:
    narrow = limited(lookups_per_minute=1)
    assert [tried(narrow), tried(narrow)] == [None, Limit.LOOKUPS_PER_MINUTE]
    colleague = limited(lookups_per_minute=2)
    neighbour = limited(access("navn", organisation=SOERDAL), lookups_per_minute=3)
    assert [tried(colleague) for _ in range(3)].count(None) == 2
    assert [tried(neighbour) for _ in range(4)].count(None) == 3
    assert len(breaches(SOERDAL)) == 1


def test_a_hit_ends_a_run_of_misses_but_not_the_days_count_of_them(register: Simulated) -> None:
    register.put(somebody := resident("SLEDE"))
    number = number_of(somebody)
    in_a_row = limited(misses_in_a_row=2)
    assert [tried(in_a_row, n) for n in (NOBODY, number, NOBODY, number, NOBODY)] == [None] * 5
    a_day = limited(misses_per_day=2)
    tries = [tried(a_day, n) for n in (NOBODY, number, NOBODY, number)]
    assert tries == [None, None, None, Limit.MISSES_PER_DAY]


def test_hits_alone_never_count_as_misses(register: Simulated) -> None:
    register.put(somebody := resident("SLEDE"))
    number = number_of(somebody)
    assert [tried(limited(misses_in_a_row=2, misses_per_day=2), number) for _ in range(5)] == [None] * 5
    same = limited(misses_in_a_row=2, misses_per_day=2)
    assert [tried(same, number) for _ in range(5)] == [None] * 5


def test_a_protected_person_left_out_of_a_search_counts_as_a_miss(register: Simulated) -> None:
    register.put(resident("SKJULT", grade="fortrolig"))
    protected = SearchCriteria(navn="Skjult", kommunenummer="4640")
    for criteria in (protected, SearchCriteria(navn="Ingen Slik", kommunenummer="4640")):
        somebody = limited(access("navn", "identifikasjonsnummer", "bostedsadresse"), misses_in_a_row=2)
        assert disclosure.search(somebody, criteria).hits == ()
        assert disclosure.search(somebody, criteria).hits == ()
        assert searched(somebody) == Limit.MISSES_IN_A_ROW


def test_a_register_that_does_not_answer_counts_as_no_miss(register: Simulated) -> None:
    somebody = limited(misses_in_a_row=2, misses_per_day=2)
    with register.failing("html"):
        for _ in range(4):
            with pytest.raises(UnexpectedAnswer):
                disclosure.disclose(somebody, NOBODY)
    assert [tried(somebody) for _ in range(3)] == [None, None, Limit.MISSES_PER_DAY]


def test_many_lookups_at_once_get_no_further_than_one_after_the_other(register: Simulated) -> None:
    somebody = limited(misses_in_a_row=5)

    def at_once(_: int) -> Limit | None:
        try:
            return tried(somebody)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as threads:
        stopped = list(threads.map(at_once, range(40)))
    assert stopped.count(None) == 5
    assert len(register.parts_asked("person")) == 5
    assert len(breaches()) == 1


def test_checking_for_room_counts_nothing_and_logs_as_a_lookup_does(register: Simulated) -> None:
    somebody = limited(lookups_per_minute=1)
    for _ in range(3):
        disclosure.check_room(somebody)
    assert tried(somebody) is None
    for _ in range(3):
        with pytest.raises(LimitReached):
            disclosure.check_room(somebody)
    assert len(breaches()) == 1


def test_a_list_being_built_is_not_stopped_by_the_limits_on_lookups(register: Simulated) -> None:
    somebody = limited(access("navn", use=Use.CITIZEN_LIST), lookups_per_minute=1, misses_in_a_row=1)
    for _ in range(3):
        assert disclosure.disclose_many(somebody, [NOBODY], marks_key=bytes(32)).records == ()
