"""A list waits when the register, the disk or the database fails for a while; it does not fail at once."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, InternalError, OperationalError
from django.db.models.functions import Now
from django.utils import timezone

from citizenlists import storage, tasks
from citizenlists.building import build, checkpoints
from citizenlists.models import CitizenList, Failure, State
from citizenlists.orders import leases, lifecycle
from citizenlists.tasks import PATIENCE
from roles.audit import LogBusy
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

CHILDREN = (2015, 2016)


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def stopped_for(order: CitizenList, time: timedelta) -> None:
    CitizenList.objects.filter(pk=order.pk).update(stalled_since=Now() - time)


def full(*_arguments: Any, **_options: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def order(school: Caseworker, register: Register) -> CitizenList:
    return school.order(born=CHILDREN)


def test_an_extract_that_is_not_ready_is_waited_for_and_not_taken_for_its_end(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(build, "POLL_FOR", 0.0)
        patch.setattr("roles.disclosure.extract_batch", lambda *_: None)
        waiting = built(order)
    assert (waiting.state, waiting.attempt, waiting.extract_complete) == (State.BUILDING, 0, False)
    assert waiting.checkpoints.count() == 0
    assert built(order).rows > 0


def test_a_worker_asks_for_an_extract_again_before_it_lets_go(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, asked = build.disclosure.extract_batch, list[int]()

    def late(access: Any, job: str, number: int) -> list[str] | None:
        asked.append(number)
        return None if len(asked) < 3 else original(access, job, number)

    monkeypatch.setattr("roles.disclosure.extract_batch", late)
    assert built(order).state == State.READY
    assert asked[:3] == [0, 0, 0]


@pytest.mark.parametrize("refuses", ["open", "mkdir", "fsync", "replace"])
def test_a_disk_that_refuses_for_a_while_costs_no_attempt_and_leaves_nothing_half(
    order: CitizenList, files: Path, monkeypatch: pytest.MonkeyPatch, refuses: str
) -> None:
    place = {"open": storage.os, "fsync": storage.os, "mkdir": Path, "replace": Path}[refuses]
    for _ in range(leases.MAX_ATTEMPTS + 2):
        with monkeypatch.context() as patch:
            patch.setattr(place, refuses, full)
            waiting = built(order)
        assert (waiting.state, waiting.failure, waiting.attempt) == (State.BUILDING, "", 0)
        assert not list(files.rglob("*.part"))
    assert built(order).state == State.READY


def test_a_disk_that_refuses_for_longer_than_the_patience_fails_the_order_in_words(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.os, "fsync", full)
    stopped_for(order, PATIENCE + timedelta(seconds=1))
    failed = built(order)
    assert (failed.state, failed.failure) == (State.FAILED, Failure.STORAGE_AWAY)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, InternalError, LogBusy])
def test_a_database_that_refuses_for_a_while_costs_no_attempt(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "keep_chunk", refuse)
        waiting = built(order)
    assert (waiting.state, waiting.attempt) == (State.BUILDING, 0)
    assert waiting.stalled_since is not None
    assert built(order).state == State.READY


def test_patience_counts_from_the_first_trouble_and_not_from_the_order(order: CitizenList, register: Register) -> None:
    CitizenList.objects.filter(pk=order.pk).update(ordered_at=Now() - 2 * PATIENCE)
    with register.failing("503", operation="bulk"):
        waiting = built(order)
    assert (waiting.state, waiting.failure) == (State.BUILDING, "")


def test_a_list_built_again_long_after_its_order_bears_trouble_as_any_other(
    order: CitizenList, register: Register
) -> None:
    assert built(order).state == State.READY
    CitizenList.objects.filter(pk=order.pk).update(ordered_at=Now() - 2 * PATIENCE, stalled_since=Now() - 2 * PATIENCE)
    lifecycle.withdraw_file(order=CitizenList.objects.get(pk=order.pk))
    with register.failing("503", operation="bulk"):
        assert built(order).state == State.BUILDING
    assert built(order).state == State.READY


def test_the_first_trouble_is_remembered_through_the_next(order: CitizenList, register: Register) -> None:
    with register.failing("503", operation="bulk"):
        first = built(order).stalled_since
        assert built(order).stalled_since == first


def test_patience_begins_anew_once_something_is_done(
    order: CitizenList, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", 5)
    stopped_for(order, PATIENCE + timedelta(hours=1))
    assert built(order).stalled_since is None


def test_a_register_that_is_away_for_longer_than_the_patience_fails_the_order(
    order: CitizenList, register: Register
) -> None:
    with register.failing("503", operation="bulk"):
        built(order)
        stopped_for(order, PATIENCE - timedelta(minutes=1))
        assert built(order).state == State.BUILDING
        stopped_for(order, PATIENCE + timedelta(seconds=1))
        failed = built(order)
    assert (failed.state, failed.failure) == (State.FAILED, Failure.REGISTER_AWAY)


@pytest.mark.parametrize("operation", ["extract", "batch", "bulk"])
@pytest.mark.parametrize("answer", ["403", "400", "406", "404", "redirect", "wrong-type"])
def test_one_odd_answer_does_not_end_a_list(
    order: CitizenList, register: Register, answer: str, operation: str
) -> None:
    with register.failing(answer, operation=operation):
        waiting = built(order)
    assert (waiting.state, waiting.failure) == (State.BUILDING, "")
    finished = built(order)
    assert (finished if finished.state == State.READY else built(order)).state == State.READY


def test_an_answer_that_stays_odd_ends_the_list_after_five_attempts_with_its_reason(
    order: CitizenList, register: Register
) -> None:
    with register.failing("403", operation="bulk"):
        assert built(order).attempt == 0  # the numbers came first, and they are kept
        states = [built(order).state for _ in range(leases.MAX_ATTEMPTS)]
    assert states == [State.BUILDING] * 4 + [State.FAILED]
    assert CitizenList.objects.get().failure == Failure.REGISTER_REFUSED


def test_attempts_after_an_odd_answer_stand_further_and_further_apart(order: CitizenList, register: Register) -> None:
    pauses = []
    with register.failing("403", operation="extract"):
        for _ in range(3):
            pauses.append(built(order).doorbell.ring_at - timezone.now())
    assert timedelta(seconds=15) < pauses[0] < pauses[1] < pauses[2]


def test_a_fault_of_ours_is_tried_five_times_and_then_said(order: CitizenList, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("citizenlists.building.build.write_file", fail)
    assert built(order).attempt == 0
    states = [built(order).state for _ in range(leases.MAX_ATTEMPTS)]
    assert states == [State.BUILDING] * 4 + [State.FAILED]
    assert CitizenList.objects.get().failure == Failure.FAULT


def test_a_list_that_has_to_begin_anew_again_and_again_fails(
    order: CitizenList, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_arguments: Any) -> None:
        raise storage.Unreadable

    monkeypatch.setattr(checkpoints, "check_identifiers", damaged)
    states = [built(order).state for _ in range(leases.MAX_ATTEMPTS)]
    assert states == [State.BUILDING] * 4 + [State.FAILED]


def test_unfinished_files_of_a_killed_worker_are_removed_when_the_next_one_begins(
    order: CitizenList, files: Path
) -> None:
    folder = files / str(order.pk)
    folder.mkdir(parents=True)
    for name in ("rows-0-0.part", "list-0", "rows-7-0"):
        (folder / name).write_bytes(b"left behind")
    built(order)
    assert not {path.name for path in folder.iterdir()} & {"rows-0-0.part", "list-0", "rows-7-0"}


def test_a_worker_that_lost_its_claim_removes_no_file_of_the_next_one(order: CitizenList, files: Path) -> None:
    leases.claim(order.pk, owner="late")
    late = CitizenList.objects.get(pk=order.pk)
    folder = files / str(order.pk)
    folder.mkdir(parents=True)
    (folder / f"rows-0-{late.fence + 1}.part").write_bytes(b"the next one's")
    checkpoints.tidy(late)
    assert [path.name for path in folder.iterdir()] == [f"rows-0-{late.fence + 1}.part"]


def test_the_log_tells_why_an_order_failed(order: CitizenList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.os, "fsync", full)
    stopped_for(order, PATIENCE + timedelta(seconds=1))
    built(order)
    (entry,) = AuditEntry.objects.of_intent(order.intent_id).filter(event="list:order:failed")
    assert entry.fields["details"]["reason"] == "storage-away"
