"""The household rule is the same for a lookup, the hits of a search, a list and the examples."""

from typing import Any

import pytest

from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import UNPROTECTED, exposed_marks, household_verdict, protecting_marks, verdict
from roles.policy.judging import follows_relations, judge, judge_together, relatives_of, shows_address
from roles.policy.marks import ADDRESS_ELEMENTS, RELATIONS
from tests.roles.records import KARI, OLA, SIV, graded, home, married_to, person, related_to, street

EVERYTHING = frozenset(ELEMENTS)
HIDDEN = household_verdict(UNPROTECTED)


def living_at(number: str, *, grade: str = "ugradert", house: str = "1", **more: Any) -> PersonRecord:
    own = {} if grade in {"ugradert", "klientadresse"} else {"adressebeskyttelse": graded(grade)}
    return person(number, bostedsadresse=(home(street(number=house), grade=grade),), **own, **more)


MEMBER = living_at(OLA)
ELSEWHERE = living_at(OLA, house="2")
PROTECTING = ["klientadresse", "fortrolig", "strengtFortrolig"]


# --- One person ---


@pytest.mark.parametrize("grade", PROTECTING)
def test_a_protected_relative_hides_the_shared_address(grade: str) -> None:
    relative = living_at(KARI, grade=grade)
    assert judge(MEMBER, [relative], may_open=False) == HIDDEN
    assert judge(ELSEWHERE, [relative], may_open=False) is UNPROTECTED


@pytest.mark.parametrize("place", [0, 1, 2])
def test_any_one_of_the_relatives_hides_it(place: int) -> None:
    others = [living_at(SIV), living_at(SIV, house="3")]
    others.insert(place, living_at(KARI, grade="fortrolig"))
    assert judge(MEMBER, others, may_open=False) == HIDDEN


def test_an_open_relative_and_none_at_all_hide_nothing() -> None:
    assert judge(MEMBER, [living_at(KARI)], may_open=False) is UNPROTECTED
    assert judge(MEMBER, [], may_open=False) is UNPROTECTED


@pytest.mark.parametrize(
    ("grade", "reached"), [("klientadresse", False), ("fortrolig", False), ("strengtFortrolig", True)]
)
def test_a_relative_whose_address_the_same_reason_opens_hides_nothing(grade: str, reached: bool) -> None:
    relative = living_at(KARI, grade=grade)
    assert (judge(MEMBER, [relative], may_open=True) != UNPROTECTED) is reached


@pytest.mark.parametrize("own", ["klientadresse", "fortrolig"])
def test_an_address_that_is_opened_stays_hidden_where_a_strictly_confidential_relative_lives_there(own: str) -> None:
    record, strict = living_at(OLA, grade=own), living_at(KARI, grade="strengtFortrolig")
    alone = verdict(record, may_open=True)
    assert judge(record, [], may_open=True) == alone
    assert judge(record, [strict], may_open=True) == household_verdict(alone)
    assert judge(record, [strict], may_open=False) == verdict(record, may_open=False)


def test_a_strictly_confidential_relative_without_an_address_hides_those_they_are_related_to() -> None:
    strict = person(KARI, adressebeskyttelse=graded("strengtFortrolig"))
    assert judge(living_at(OLA, sivilstand=(married_to(KARI),)), [strict], may_open=False) == HIDDEN
    assert judge(MEMBER, [strict], may_open=False) is UNPROTECTED


# --- Several persons in one answer ---


@pytest.mark.parametrize("grade", ["ugradert", *PROTECTING])
@pytest.mark.parametrize("record", [MEMBER, ELSEWHERE, living_at(OLA, grade="klientadresse")])
def test_several_persons_are_judged_as_each_would_be_alone(record: PersonRecord, grade: str) -> None:
    other = living_at(KARI, grade=grade)
    alone = judge(record, [other], may_open=False)
    (hidden_by_who_is_left_out,) = judge_together([record], [other], elements=EVERYTHING).each
    beside, _ = judge_together([record, other], [], elements=EVERYTHING).each
    assert hidden_by_who_is_left_out.protection == beside.protection == alone
    assert beside.is_reached is (alone != verdict(record, may_open=False))


def test_nobody_is_reached_by_their_own_protection_alone() -> None:
    record = living_at(KARI, grade="fortrolig", sivilstand=(married_to(OLA),))
    strict = person(SIV, adressebeskyttelse=graded("strengtFortrolig"), sivilstand=(married_to(OLA),))
    judged = judge_together([record, strict], [], elements=EVERYTHING)
    assert [each.is_reached for each in judged.each] == [True, False]
    assert judge_together([strict], [], elements=EVERYTHING).each[0].is_reached is False


def test_two_who_protect_the_same_address_reach_each_other() -> None:
    one, other = (
        person(number, adressebeskyttelse=graded("strengtFortrolig"), sivilstand=(married_to(OLA),))
        for number in (KARI, SIV)
    )
    judged = judge_together([one, other], [], elements=EVERYTHING)
    assert [each.is_reached for each in judged.each] == [True, True]


def test_the_answer_has_the_marks_of_other_answers_of_the_same_act() -> None:
    protected, left_out = living_at(KARI, grade="fortrolig"), living_at(SIV, grade="fortrolig", house="3")
    judged = judge_together([MEMBER, protected], [left_out], elements=EVERYTHING)
    assert judged.protecting == protecting_marks(protected) | protecting_marks(left_out)
    assert [each.exposed for each in judged.each] == [exposed_marks(MEMBER), exposed_marks(protected)]


def test_a_role_that_shows_no_address_hides_none() -> None:
    relative, without = living_at(KARI, grade="fortrolig"), EVERYTHING - frozenset(ADDRESS_ELEMENTS)
    judged = judge_together([MEMBER], [relative], elements=without)
    assert judged.each[0].protection is UNPROTECTED
    assert (judged.each[0].is_reached, judged.protecting) == (False, protecting_marks(relative))


# --- Whose protection is asked about ---


@pytest.mark.parametrize("relation", sorted(RELATIONS))
@pytest.mark.parametrize("address", ADDRESS_ELEMENTS)
def test_relatives_are_read_where_a_relation_and_an_address_are_open(relation: str, address: str) -> None:
    assert follows_relations(frozenset({relation, address}))
    assert not follows_relations(frozenset({relation}))
    assert not follows_relations(frozenset({address}))
    assert shows_address(frozenset({address, "navn"}))
    assert not shows_address(frozenset({relation, "navn"}))


def test_only_relatives_named_by_an_open_relation_are_read() -> None:
    record = person(OLA, sivilstand=(married_to(KARI),), familierelasjon=(related_to(SIV),))
    address = frozenset({"bostedsadresse"})
    assert relatives_of(record, address | {"familierelasjon"}) == {SIV}
    assert relatives_of(record, address | {"familierelasjon", "sivilstand.relatertVedSivilstand"}) == {SIV, KARI}
    assert relatives_of(record, address) == relatives_of(record, frozenset({"familierelasjon"})) == frozenset()
