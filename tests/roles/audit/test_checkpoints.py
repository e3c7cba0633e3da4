"""Signed checkpoints: when they are due, who can make them, and what they find that a chain alone cannot."""

import json
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from pytest_django import Settings

from roles.audit import append, checkpoints
from roles.audit.chain import Reason
from roles.audit.checkpoints import sign_due
from roles.audit.models import AuditCheckpoint
from roles.audit.signing import Checkpoint, ForgedCheckpoint, SignedCheckpoint, new_keys, opened, sign
from roles.audit.verification import verify, verify_organisation
from tests.roles.audit.acts import lookup
from tests.roles.audit.tampering import Tamperer

pytestmark = pytest.mark.django_db
Superuser = psycopg.Connection[tuple[object, ...]]
POINT = Checkpoint(chain="0", seq=3, hash=b"h" * 32, signed_us=1_800_000_000_000_000)


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Path:
    """This process is the clock; the path is where it ships checkpoints to."""
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]
    settings.FIKSREG_CHECKPOINT_FILE = str(tmp_path / "checkpoints.jsonl")
    return tmp_path / "checkpoints.jsonl"


def kept(organisation: UUID) -> list[int]:
    return [checkpoint.seq for checkpoint in AuditCheckpoint.objects.filter(chain=str(organisation))]


def test_a_signed_checkpoint_says_what_was_signed() -> None:
    private, public = new_keys()
    assert opened(sign(POINT, private), [new_keys()[1], public]) == POINT


def test_a_checkpoint_signed_by_another_key_or_altered_afterwards_is_forged() -> None:
    private, public = new_keys()
    signed = sign(POINT, private)
    altered = SignedCheckpoint(signed.statement.replace('"seq":3', '"seq":4'), signed.signature)
    for forged in (sign(POINT, new_keys()[0]), altered):
        with pytest.raises(ForgedCheckpoint):
            opened(forged, [public])


def test_every_chain_that_grew_is_signed_once(clock: Path, busy: UUID, neighbour: UUID) -> None:
    assert sign_due() == 2
    assert sign_due() == 0
    assert kept(busy) == kept(neighbour) == [6]


def test_a_chain_that_grew_again_is_due_after_the_interval_or_the_number_of_entries(
    clock: Path, busy: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_due()
    append(lookup(busy), on="audit")
    assert sign_due() == 0
    monkeypatch.setattr(checkpoints, "EVERY_SECONDS", 0)
    assert sign_due() == 1
    monkeypatch.undo()
    append(lookup(busy), on="audit")
    monkeypatch.setattr(checkpoints, "EVERY_ENTRIES", 1)
    assert sign_due() == 1
    assert kept(busy) == [6, 7, 8]


def test_a_process_without_the_key_signs_nothing(settings: Settings, busy: UUID) -> None:
    settings.FIKSREG_CHECKPOINT_KEY = ""
    assert sign_due() == 0
    assert kept(busy) == []


def test_what_does_not_hold_is_never_signed_and_is_said_aloud(
    clock: Path, superuser: Superuser, busy: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    seq = Tamperer(superuser, str(busy), Random(1)).edit()
    assert sign_due() == 1  # the neighbour's
    assert kept(busy) == []
    assert f"audit chain {busy} is broken at {seq}" in caplog.text


def test_the_shipped_file_finds_what_was_forgotten_in_the_database(
    clock: Path, superuser: Superuser, busy: UUID
) -> None:
    sign_due()
    tamperer = Tamperer(superuser, str(busy), Random(1))
    tamperer.rewrite()
    tamperer.forget_checkpoints()
    assert verify_organisation(busy).reason is Reason.REWRITTEN


def test_an_organisation_whose_whole_log_vanished_is_missed(clock: Path, superuser: Superuser, busy: UUID) -> None:
    sign_due()
    Tamperer(superuser, str(busy), Random(1)).remove_everything()
    verdict = verify()
    assert (verdict.organisation, verdict.seq, verdict.reason) == (str(busy), 1, Reason.TAIL_CUT)


def test_a_checkpoint_put_into_the_database_by_somebody_else_is_found(clock: Path, busy: UUID) -> None:
    forged = sign(Checkpoint(str(busy), 6, b"x" * 32, 1), new_keys()[0])
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT audit_keep_checkpoint(%s, %s, %s, %s)", [str(busy), 6, forged.statement, forged.signature]
        )
    assert verify_organisation(busy).reason is Reason.CHECKPOINT_FORGED


def test_one_organisations_checkpoint_does_not_serve_another(clock: Path, superuser: Superuser, busy: UUID) -> None:
    sign_due()
    superuser.execute("UPDATE audit_checkpoint SET chain = 'x' WHERE chain = %s", [str(busy)])
    assert verify().reason is Reason.CHECKPOINT_FORGED


@pytest.mark.parametrize("nonsense", ["7\n", "{}\n", '{"statement": "{}", "signature": "??"}\n'])
def test_nonsense_in_the_shipped_file_is_a_forgery(clock: Path, busy: UUID, nonsense: str) -> None:
    sign_due()
    clock.write_text(nonsense + clock.read_text())
    assert verify_organisation(busy).reason is Reason.CHECKPOINT_FORGED


def test_a_line_that_was_being_written_when_the_clock_was_killed_does_no_harm(clock: Path, busy: UUID) -> None:
    sign_due()
    with clock.open("a") as file:
        file.write('{"statement": "{')
    assert verify_organisation(busy).ok


def test_the_clock_goes_on_after_a_line_it_could_not_finish(
    clock: Path, busy: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_due()
    with clock.open("a") as file:
        file.write('{"statement": "{')
    append(lookup(busy), on="audit")
    monkeypatch.setattr(checkpoints, "EVERY_SECONDS", 0)
    sign_due()
    assert verify_organisation(busy).ok
    assert json.loads(json.loads(clock.read_text().splitlines()[-1])["statement"])["seq"] == 7


def test_what_an_older_key_signed_still_counts(
    clock: Path, settings: Settings, superuser: Superuser, busy: UUID
) -> None:
    sign_due()
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public, *settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS]
    assert verify_organisation(busy).ok
    Tamperer(superuser, str(busy), Random(1)).rewrite()
    assert verify_organisation(busy).reason is Reason.REWRITTEN


def test_the_file_is_not_for_everybody(clock: Path, busy: UUID) -> None:
    sign_due()
    assert clock.stat().st_mode & 0o007 == 0
