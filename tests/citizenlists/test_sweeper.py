"""The clock's work on finished lists and left-over files."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now

from citizenlists import storage, sweeper, tasks
from citizenlists.models import CitizenList, State
from fiksreg import clock
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(school: Caseworker, register: Register) -> CitizenList:
    order = school.order(born=(2015, 2016))
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY
    return order


def test_a_list_is_kept_until_its_time_is_out(ready: CitizenList, school: Caseworker) -> None:
    assert sweeper.expire() == 0
    assert school.download(ready.pk).status_code == 200


def test_a_list_whose_time_is_out_loses_its_file_and_its_key_and_that_is_logged(
    ready: CitizenList, school: Caseworker, files: Path
) -> None:
    CitizenList.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert sweeper.expire() == 1
    ready.refresh_from_db()
    assert (ready.state, bytes(ready.sealed_key)) == (State.EXPIRED, b"")
    assert list(files.iterdir()) == []
    assert school.download(ready.pk).status_code == 404
    assert AuditEntry.objects.of_intent(ready.intent_id).filter(event="list:file:expired").count() == 1
    assert "Utløpt" in body(school.status(ready.pk)).decode()


def test_a_list_whose_time_is_out_cannot_be_downloaded_before_the_clock_comes_round(
    ready: CitizenList, school: Caseworker
) -> None:
    CitizenList.objects.update(expires_at=Now())
    assert school.download(ready.pk).status_code == 404


def test_folders_no_order_needs_are_removed_and_others_kept(ready: CitizenList, files: Path) -> None:
    gone = uuid.uuid4()
    storage.folder_of(gone).mkdir()
    (files / "not-ours").mkdir()
    assert sweeper.clear() == 1
    assert {folder.name for folder in files.iterdir()} == {str(ready.pk), "not-ours"}


def test_every_chore_of_the_clock_can_be_done_twice(ready: CitizenList) -> None:
    for chore in [*clock.chores(), *clock.chores()]:
        chore.run()
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_a_list_is_kept_for_a_week(ready: CitizenList) -> None:
    assert ready.expires_at is not None
    assert ready.ended_at is not None
    assert ready.expires_at - ready.ended_at == timedelta(days=7)


def test_files_that_a_killed_worker_left_beside_a_finished_list_are_removed(ready: CitizenList, files: Path) -> None:
    folder = files / str(ready.pk)
    kept = {path.name for path in folder.iterdir()}
    (folder / f"rows-3-{ready.fence}").write_bytes(b"left behind")
    (folder / f"list-{ready.fence}.part").write_bytes(b"left behind")
    sweeper.clear()
    assert {path.name for path in folder.iterdir()} == kept
