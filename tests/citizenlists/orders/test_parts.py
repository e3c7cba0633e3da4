"""Parts of an order: each is taken by one worker at a time, done once, and by nobody who came too late."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from citizenlists.building import checkpoints, pipeline
from citizenlists.models import CitizenList, Part
from citizenlists.orders import leases, lifecycle, parts
from citizenlists.orders.parts import LEASE, TAKEN_BY_HELPERS, LeaseLost, PartClaim, PartLost
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.laidout import NOTHING, done, keep, laid_out, let_lapse, vault_of
from tests.citizenlists.racing import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK_SIZE", 2)


@pytest.fixture
def order(school: Caseworker) -> CitizenList:
    return school.order()


def taken(order: CitizenList, *, is_helper: bool = True) -> PartClaim:
    part = parts.take(order.pk, uuid4(), is_helper=is_helper)
    assert part is not None
    return part


def test_every_part_is_taken_once(order: CitizenList) -> None:
    laid_out(order, parts=3)
    assert [taken(order).number for _ in range(3)] == [0, 1, 2]
    assert parts.take(order.pk, uuid4(), is_helper=True) is None


@pytest.mark.django_db(transaction=True)
def test_workers_who_come_at_the_same_moment_take_different_parts(order: CitizenList) -> None:
    laid_out(order, parts=12)

    def all_of_one_worker() -> list[int]:
        holder, found = uuid4(), list[int]()
        while part := parts.take(order.pk, holder, is_helper=True):
            found.append(part.number)
        return found

    by_worker = all_at_once([all_of_one_worker] * 4)
    assert sorted(number for found in by_worker for number in found) == list(range(12))


def test_a_part_whose_worker_died_goes_to_the_next_one(order: CitizenList) -> None:
    laid_out(order, parts=1)
    let_lapse(dead := taken(order))
    keep(order, taken(order))
    assert dead.number in done(order)
    assert not parts.are_left(order.pk)


def test_a_worker_that_wakes_up_late_can_store_nothing(order: CitizenList) -> None:
    laid_out(order, parts=1)
    let_lapse(late := taken(order))
    with pytest.raises(PartLost):
        keep(order, late)
    current = taken(order)
    with pytest.raises(PartLost):
        keep(order, late)
    assert done(order) == []
    keep(order, current)
    with pytest.raises(PartLost):
        keep(order, late)
    assert done(order) == [0]


def test_no_claim_writes_to_the_file_of_another(order: CitizenList) -> None:
    claim, names = laid_out(order, parts=2), list[str]()
    for _ in range(3):
        for part in (taken(order), taken(order)):
            names.append(part.file_name)
            let_lapse(part)
        checkpoints.start_over(claim)
        checkpoints.keep_identifiers(claim, vault_of(order), 0, ["1", "2", "3"])
        checkpoints.lay_out_parts(claim)
    assert len(set(names)) == len(names) == 6


@pytest.mark.parametrize("ending", ["cancelled", "failed"])
def test_nothing_is_taken_or_stored_once_the_order_has_ended(
    school: Caseworker, order: CitizenList, ending: str
) -> None:
    laid_out(order, parts=2)
    part, vault = taken(order), vault_of(order)
    order = CitizenList.objects.get(pk=order.pk)
    if ending == "cancelled":
        lifecycle.cancel_order(access=school.access(), order=order)
    else:
        lifecycle.fail_order(order=order, failure=lifecycle.Failure.FAULT)
    with pytest.raises(LeaseLost):
        parts.take(order.pk, uuid4(), is_helper=True)
    with pytest.raises(LeaseLost):
        checkpoints.keep_chunk(part, vault, NOTHING)
    assert (done(order), Part.objects.count()) == ([], 0)


def test_a_part_of_an_order_that_began_anew_is_lost(order: CitizenList) -> None:
    claim = laid_out(order, parts=2)
    part = taken(order)
    checkpoints.start_over(claim)
    with pytest.raises(PartLost):
        keep(order, part)


def test_a_renewal_holds_the_parts_of_its_own_worker_and_none_that_ran_out(order: CitizenList) -> None:
    laid_out(order, parts=3)
    mine, lapsed = uuid4(), uuid4()
    kept, gone, others = (parts.take(order.pk, holder, is_helper=True) for holder in (mine, lapsed, uuid4()))
    assert kept
    assert gone
    assert others
    let_lapse(gone)
    Part.objects.filter(pk__in=(kept.pk, others.pk)).update(lease_until=Now() + timedelta(seconds=1))
    assert parts.renew(mine)
    assert parts.renew(lapsed)
    almost = Now() + LEASE - timedelta(seconds=5)
    assert set(Part.objects.filter(lease_until__gt=almost)) == {Part.objects.get(pk=kept.pk)}


def test_who_coordinates_renews_its_parts_with_the_order(order: CitizenList) -> None:
    claim = laid_out(order, parts=1)
    part = parts.take(order.pk, claim.holder, is_helper=False)
    assert part
    Part.objects.update(lease_until=Now() + timedelta(seconds=1))
    assert leases.renew(claim)
    assert Part.objects.filter(lease_until__gt=Now() + LEASE - timedelta(seconds=5)).exists()


def test_a_part_that_is_given_back_is_free_at_once(order: CitizenList) -> None:
    laid_out(order, parts=1)
    holder = uuid4()
    parts.take(order.pk, holder, is_helper=True)
    parts.give_back(holder)
    assert taken(order).claims == 2


def test_a_lease_from_before_the_databases_clock_was_set_back_is_not_waited_for(order: CitizenList) -> None:
    laid_out(order, parts=1)
    taken(order)
    Part.objects.update(lease_until=Now() + timedelta(hours=1))
    assert taken(order).claims == 2


def test_a_part_that_was_taken_often_is_left_to_who_coordinates(order: CitizenList) -> None:
    laid_out(order, parts=1)
    for _ in range(TAKEN_BY_HELPERS):
        let_lapse(taken(order))
    assert parts.take(order.pk, uuid4(), is_helper=True) is None
    assert parts.wanting_help() == []
    assert taken(order, is_helper=False)


def test_an_order_wants_help_while_somebody_coordinates_it_and_a_part_is_free(order: CitizenList) -> None:
    claim = laid_out(order, parts=2)
    assert parts.wanting_help() == [order.pk]
    held = [taken(order), taken(order)]
    assert parts.wanting_help() == []
    let_lapse(held[0])
    assert parts.wanting_help() == [order.pk]
    leases.release(claim, after=timedelta(), counted=False)
    assert parts.wanting_help() == []


def test_laying_out_again_changes_nothing_and_makes_up_for_what_lacks(order: CitizenList) -> None:
    claim = laid_out(order, parts=3)
    keep(order, taken(order))
    held = taken(order)
    Part.objects.filter(number=2).delete()
    checkpoints.lay_out_parts(claim)
    assert list(Part.objects.values_list("number", "claims")) == [(held.number, 1), (2, 0)]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_workers_do_and_however_late_a_part_is_stored_once_and_only_by_its_last_claim(
    order: CitizenList, seed: int
) -> None:
    random = Random(seed)
    laid_out(order, parts=3)
    claims, lapsed = list[PartClaim](), set[str]()

    def take() -> None:
        if part := parts.take(order.pk, uuid4(), is_helper=False):
            claims.append(part)

    def lapse() -> None:
        let_lapse(part := random.choice(claims))
        lapsed.update(one.file_name for one in claims if one.pk == part.pk)

    def store() -> None:
        part = random.choice(claims)
        last = max(one.claims for one in claims if one.pk == part.pk)
        may = part.claims == last and part.file_name not in lapsed and part.number not in done(order)
        try:
            keep(order, part)
        except PartLost:
            assert not may
        else:
            assert may

    acts: list[Callable[[], None]] = [take, take, lapse, store]
    take()
    for _ in range(40):
        random.choice(acts)()
    while part := parts.take(order.pk, uuid4(), is_helper=False):
        keep(order, part)
    Part.objects.all().update(lease_until=None)
    while part := parts.take(order.pk, uuid4(), is_helper=False):
        keep(order, part)
    assert done(order) == [0, 1, 2]
    assert CitizenList.objects.get().persons_done == CitizenList.objects.get().persons_found
