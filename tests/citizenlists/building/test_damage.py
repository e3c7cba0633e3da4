"""A list with missing or altered files says so, can be built again by one button, and is never sent in part."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import StreamingHttpResponse

from citizenlists import storage, tasks
from citizenlists.building import checkpoints
from citizenlists.models import FINAL, CheckpointKind, CitizenList, Failure, State
from citizenlists.orders import lifecycle
from citizenlists.storage import FRAME_BYTES, Unreadable
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.racing import paused, race
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

FAMILIES = (1950, 2016)
NUMBER = "Fødselsnummer eller d-nummer"


@pytest.fixture
def ready(school: Caseworker, register: Register) -> CitizenList:
    order = school.order(born=FAMILIES)
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY
    return order


def again(school: Caseworker, order: CitizenList) -> int:
    return int(school.client.post(f"/innbyggerlister/{order.pk}/lag-paa-nytt/").status_code)


def kept(order: CitizenList, prefix: str) -> Path:
    return next(path for path in storage.folder_of(order.pk).iterdir() if path.name.startswith(prefix))


def flip(path: Path, place: int = -1) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def receive(answer: StreamingHttpResponse, got: bytearray) -> None:
    """As a browser would, piece by piece."""
    for piece in answer.streaming_content:
        got += piece


DAMAGES: list[tuple[str, Callable[[Path], Any]]] = [
    ("list-", Path.unlink),
    ("list-", flip),
    ("list-", cut),
    ("identifiers-", Path.unlink),
    ("identifiers-", flip),
    ("marks-", Path.unlink),
    ("marks-", flip),
]


@pytest.mark.parametrize(("which", "damage"), DAMAGES)
def test_a_damaged_list_says_so_and_nothing_of_it_is_sent(
    ready: CitizenList, school: Caseworker, which: str, damage: Callable[[Path], Any]
) -> None:
    damage(kept(ready, which))
    refused = school.download(ready.pk)
    assert refused.status_code == 410
    assert "skadet eller borte" in body(refused).decode()
    assert "Lag listen på nytt" in body(refused).decode()
    ready.refresh_from_db()
    assert (ready.state, ready.failure, bytes(ready.sealed_key)) == (State.FAILED, Failure.FILE_DAMAGED, b"")
    assert not storage.folder_of(ready.pk).exists()
    entries = AuditEntry.objects.of_intent(ready.intent_id)
    assert entries.filter(event="list:file:damaged").count() == 1
    assert not entries.filter(event="list:file:downloaded").exists()


def test_a_damaged_list_is_built_again_at_one_press(ready: CitizenList, school: Caseworker) -> None:
    before = table(body(school.download(ready.pk)))
    kept(ready, "list-").unlink()
    school.download(ready.pk)
    assert "Lag listen på nytt" in body(school.status(ready.pk)).decode()
    assert again(school, ready) == 302
    ready.refresh_from_db()
    assert (ready.state, ready.failure, ready.checkpoints.count()) == (State.ORDERED, "", 0)
    tasks.build(str(ready.pk))
    assert table(body(school.download(ready.pk))) == before
    taken_up = AuditEntry.objects.of_intent(ready.intent_id).filter(event="list:order:taken-up-again")
    assert [entry.fields["actor"]["label"] for entry in taken_up] == ["Saksbehandler skole"]


def test_two_presses_build_a_list_again_once(
    ready: CitizenList, school: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    CitizenList.objects.update(state=State.FAILED, failure=Failure.FAULT, rebuilt=True)

    def take_up() -> bool:
        try:
            lifecycle.take_up_again(access=school.access(), order=ready)
        except lifecycle.NotNow:
            return False
        return True

    with paused(monkeypatch, lifecycle.outbox, "ring") as pause:
        first, second = race(pause, take_up, take_up)
    assert (first.result(), second.result()) == (True, False)
    assert AuditEntry.objects.filter(event="list:order:taken-up-again").count() == 1
    assert not CitizenList.objects.get().rebuilt  # the page does not say why an earlier one was made again


@pytest.mark.parametrize(
    "state", [State.ORDERED, State.BUILDING, State.READY, State.CANCELLED, State.EXPIRED, State.DELETED]
)
def test_only_a_failed_list_is_taken_up_again(school: Caseworker, state: State) -> None:
    order = school.order()
    CitizenList.objects.update(state=state)
    assert again(school, order) == 302
    assert CitizenList.objects.get().state == state


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failed_list_is_offered_again_unless_the_role_no_longer_gives_it(
    school: Caseworker, failure: Failure
) -> None:
    order = school.order()
    CitizenList.objects.update(state=State.FAILED, failure=failure)
    offered = failure not in FINAL
    assert ("Lag listen på nytt" in body(school.status(order.pk)).decode()) is offered
    again(school, order)
    assert (CitizenList.objects.get().state == State.ORDERED) is offered


def test_a_list_the_role_no_longer_covers_is_not_taken_up_again(school: Caseworker) -> None:
    order = school.order()
    CitizenList.objects.update(state=State.FAILED, failure=Failure.FAULT)
    school.role.elements = ["navn"]
    school.role.save()
    assert again(school, order) == 409
    assert CitizenList.objects.get().state == State.FAILED


def test_a_failed_list_does_not_exist_for_anybody_without_its_role(
    school: Caseworker, office: Caseworker, neighbour: Caseworker
) -> None:
    order = school.order()
    CitizenList.objects.update(state=State.FAILED, failure=Failure.FAULT)
    assert [again(other, order) for other in (office, neighbour)] == [404, 404]
    assert CitizenList.objects.get().state == State.FAILED


def test_a_list_altered_while_it_is_sent_breaks_off_short_of_its_announced_length(
    ready: CitizenList, school: Caseworker
) -> None:
    big = b"\x07" * (9 * FRAME_BYTES)
    storage.vault(ready.pk, ready.sealed_key).write(ready.file_name, big)
    CitizenList.objects.update(file_size=len(big))
    answer = school.download(ready.pk)
    assert isinstance(answer, StreamingHttpResponse)
    flip(kept(ready, "list-"))
    got = bytearray()
    with pytest.raises(Unreadable):
        receive(answer, got)
    assert 0 < len(got) < len(big)
    assert big.startswith(got)
    assert int(answer["Content-Length"]) == len(big)
    assert AuditEntry.objects.of_intent(ready.intent_id).filter(event="list:file:damaged").count() == 1


def test_a_disk_that_cannot_be_read_now_loses_no_list(
    ready: CitizenList, school: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        refused = school.download(ready.pk)
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert "ikke gått tapt" in body(refused).decode()
    assert school.download(ready.pk).status_code == 200


def test_a_whole_store_that_is_away_loses_no_list(ready: CitizenList, school: Caseworker, files: Path) -> None:
    files.rename(files.with_name("away"))
    assert school.download(ready.pk).status_code == 503
    files.with_name("away").rename(files)
    assert school.download(ready.pk).status_code == 200


@pytest.mark.parametrize("damage", [Path.unlink, flip, cut])
def test_a_batch_of_numbers_that_is_damaged_is_seen_before_publishing(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], Any]
) -> None:
    order = school.order(born=FAMILIES)
    check = checkpoints.check_identifiers

    def damaged_just_before(order: CitizenList, vault: storage.Vault) -> None:
        monkeypatch.setattr(checkpoints, "check_identifiers", check)
        damage(kept(order, "identifiers-"))
        check(order, vault)

    monkeypatch.setattr(checkpoints, "check_identifiers", damaged_just_before)
    tasks.build(str(order.pk))
    assert CitizenList.objects.get().state == State.BUILDING
    tasks.build(str(order.pk))
    assert CitizenList.objects.get().state == State.READY
    assert school.download(order.pk).status_code == 200


def test_once_published_nothing_of_the_rows_stays_but_the_marks(ready: CitizenList, school: Caseworker) -> None:
    rows = ready.checkpoints.filter(kind=CheckpointKind.ROWS)
    named = set(ready.checkpoints.values_list("file_name", flat=True))
    assert {path.name for path in storage.folder_of(ready.pk).iterdir()} == named | {ready.file_name}
    assert all(row.file_name.startswith("marks-") for row in rows)
    vault = storage.vault(ready.pk, ready.sealed_key)
    chunks = list(checkpoints.chunks(ready, vault))
    assert sum(len(chunk.rows) for chunk in chunks) == ready.rows
    assert {row.cells for chunk in chunks for row in chunk.rows} == {()}
    assert any(row.households for chunk in chunks for row in chunk.rows)


def test_a_list_that_is_taken_back_leaves_no_file_but_the_numbers(ready: CitizenList) -> None:
    lifecycle.withdraw_file(order=ready)
    left = {path.name for path in storage.folder_of(ready.pk).iterdir()}
    assert left == set(ready.checkpoints.values_list("file_name", flat=True))
    assert all(name.startswith("identifiers-") for name in left)
