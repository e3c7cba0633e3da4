"""Random roles against random documents: no value leaves a field that the role does not open."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import household_verdict, shows_residence, verdict
from roles.policy.fieldpolicy import PermittedRecord, State, restrict
from tests.roles.canaries import ADDRESSES, GRADES, Aviary, Breeder, leaves, may_fly

NOT_CANARIES = {*GRADES, True, False, "aktiv", "bosatt", "utflyttet", "doed", "opphoert", "inaktiv", "barn", "mor"}

roles = st.frozensets(st.sampled_from(sorted(ELEMENTS)))
documents = st.builds(
    lambda seed, grade: Breeder(Random(seed)).document(grade), st.integers(0, 2**32), st.sampled_from(GRADES)
)
relaxed = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def flown(record: PermittedRecord) -> set[object]:
    """Every canary in the permitted record."""
    shown = (entry for element in record.elements.values() for entry in (*element.entries, *element.earlier))
    return {leaf for entry in shown for leaf in leaves(entry) if leaf not in NOT_CANARIES}


def allowed(aviary: Aviary, elements: frozenset[str], *, opened: bool = False) -> set[object]:
    return {canary for canary, perch in aviary.perches.items() if may_fly(perch, elements, aviary.grade, opened=opened)}


def no_canary_leaves(elements: frozenset[str], aviary: Aviary, may_open: bool) -> None:
    record = restrict(aviary.record, elements=elements, protection=verdict(aviary.record, may_open=may_open))
    assert flown(record) <= allowed(aviary, elements, opened=may_open)
    assert {key for key in ELEMENTS if record[key].state is not State.NOT_IN_ROLE} <= elements
    assert not any(record[key].entries or record[key].earlier for key in ELEMENTS if key not in record.delivered)


@relaxed
@given(roles, documents, st.booleans())
def test_no_canary_leaves_a_field_that_the_role_does_not_open(
    elements: frozenset[str], aviary: Aviary, may_open: bool
) -> None:
    no_canary_leaves(elements, aviary, may_open)


@relaxed
@given(roles, st.integers(0, 2**32))
def test_of_an_ungraded_person_everything_the_role_opens_is_shown(elements: frozenset[str], seed: int) -> None:
    aviary = Breeder(Random(seed), unknown_residences=False).document("ugradert")
    protection = verdict(aviary.record, may_open=True)
    assume("adressebeskyttelse" in elements or shows_residence(aviary.record, protection))
    record = restrict(aviary.record, elements=elements, protection=protection)
    assert flown(record) == allowed(aviary, elements, opened=True) & set(leaves(aviary.record))


@pytest.mark.parametrize("may_open", [False, True])
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("seed", range(5))
def test_a_role_with_every_element_sees_all_that_protection_leaves(seed: int, grade: str, may_open: bool) -> None:
    aviary = Breeder(Random(seed), unknown_residences=False).document(grade)
    elements = frozenset(ELEMENTS)
    record = restrict(aviary.record, elements=elements, protection=verdict(aviary.record, may_open=may_open))
    assert flown(record) == allowed(aviary, elements, opened=may_open) & set(leaves(aviary.record))


@relaxed
@given(documents)
def test_a_role_without_elements_sees_nothing(aviary: Aviary) -> None:
    record = restrict(aviary.record, elements=frozenset(), protection=verdict(aviary.record, may_open=True))
    assert flown(record) == set()
    assert {element.state for element in record.elements.values()} == {State.NOT_IN_ROLE}


@relaxed
@given(roles, documents)
def test_the_household_of_a_protected_person_shows_no_address(elements: frozenset[str], aviary: Aviary) -> None:
    protection = household_verdict(verdict(aviary.record, may_open=False))
    record = restrict(aviary.record, elements=elements, protection=protection)
    addresses = {canary for canary, perch in aviary.perches.items() if perch.source in ADDRESSES}
    assert flown(record).isdisjoint(addresses)
