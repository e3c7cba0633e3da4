"""Signed checkpoints: when they are due, who can make them, and which faults only they reveal."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connections
from pytest_django import Settings

from fiksreg.embedded.databases import SUPERUSER
from roles.audit import append, checkpoints
from roles.audit.chain import Reason
from roles.audit.checkpoints import sign_due
from roles.audit.models import AuditCheckpoint, AuditEntry
from roles.audit.shipping import ship
from roles.audit.signing import Checkpoint, ForgedCheckpoint, SignedCheckpoint, check_signature, sign
from roles.audit.verification import report, verify, verify_organisation
from tests.roles.audit.acts import lookup
from tests.roles.audit.signingkeys import new_keys
from tests.roles.audit.tampering import Tamperer
from tests.services import Services
from tests.waiting import until

pytestmark = pytest.mark.django_db
Superuser = psycopg.Connection[tuple[object, ...]]
POINT = Checkpoint(chain="0", seq=3, hash=b"h" * 32, signed_us=1_800_000_000_000_000)


@pytest.fixture
def clock(settings: Settings, tmp_path: Path) -> Path:
    """Makes this process the clock. Returns the path of its checkpoint file."""
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]
    settings.FIKSREG_CHECKPOINT_FILE = str(tmp_path / "checkpoints.jsonl")
    return tmp_path / "checkpoints.jsonl"


def keep(chain: str, seq: int | None, statement: str | None, signature: bytes | None) -> None:
    """Stores a checkpoint through the database function, as the clock does."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT audit_keep_checkpoint(%s, %s, %s, %s)", [chain, seq, statement, signature])


def put_in(superuser: Superuser, signed: SignedCheckpoint, chain: str, seq: int) -> None:
    """Stores a checkpoint without any check, as the database's superuser."""
    values = (chain, seq, signed.statement, signed.signature)
    superuser.execute("INSERT INTO audit_checkpoint VALUES (%s, %s, %s, %s)", values)


def hash_of(organisation: UUID, seq: int) -> bytes:
    return bytes(AuditEntry.objects.of_organisation(organisation).get(seq=seq).hash)


def kept(organisation: UUID) -> list[int]:
    return [checkpoint.seq for checkpoint in AuditCheckpoint.objects.filter(chain=str(organisation))]


def test_a_signed_checkpoint_says_what_was_signed() -> None:
    private, public = new_keys()
    assert check_signature(sign(POINT, private), [new_keys()[1], public]) == POINT


def test_a_checkpoint_signed_by_another_key_or_altered_afterwards_is_forged() -> None:
    private, public = new_keys()
    signed = sign(POINT, private)
    altered = SignedCheckpoint(signed.statement.replace('"seq":3', '"seq":4'), signed.signature)
    for forged in (sign(POINT, new_keys()[0]), altered):
        with pytest.raises(ForgedCheckpoint):
            check_signature(forged, [public])


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


def test_a_broken_chain_is_never_signed_and_an_error_is_logged(
    clock: Path, superuser: Superuser, busy: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    seq = Tamperer(superuser, str(busy), Random(1)).edit()
    assert sign_due() == 1  # the neighbour's
    assert kept(busy) == []
    assert f"audit chain '{busy}' is broken at {seq}" in caplog.text


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


def test_a_checkpoint_put_into_the_database_by_somebody_else_is_found(
    clock: Path, superuser: Superuser, busy: UUID
) -> None:
    put_in(superuser, sign(Checkpoint(str(busy), 6, b"x" * 32, 1), new_keys()[0]), str(busy), 6)
    assert verify_organisation(busy).reason is Reason.CHECKPOINT_FORGED


def test_one_organisations_checkpoint_does_not_serve_another(clock: Path, superuser: Superuser, busy: UUID) -> None:
    sign_due()
    superuser.execute("UPDATE audit_checkpoint SET chain = 'x' WHERE chain = %s", [str(busy)])
    assert verify().reason is Reason.CHECKPOINT_FORGED


NONSENSE = [
    b"7",
    b"{}",
    b'{"statement": "{}", "signature": "??"}',
    b'{"statement": "{}", "signature": ""}',
    b'{"statement": "\\ud800", "signature": ""}',
    b'{"statement": 7, "signature": []}',
    b'{"statement": "{\\"chain\\": 7}", "signature": ""}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"9" * 10_000,
    b"\xff\xfe\x00",
    b"\x00",
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=[repr(line[:20]) for line in NONSENSE])
def test_a_nonsense_line_of_the_shipped_file_is_named_and_hides_nothing(
    clock: Path, superuser: Superuser, busy: UUID, neighbour: UUID, nonsense: bytes
) -> None:
    sign_due()
    Tamperer(superuser, str(neighbour), Random(1)).forget_checkpoints()
    Tamperer(superuser, str(neighbour), Random(1)).rewrite()
    clock.write_bytes(nonsense + b"\n" + clock.read_bytes())
    assert verify_organisation(busy).ok
    rewritten, line = report().broken
    assert (rewritten.organisation, rewritten.reason) == (str(neighbour), Reason.REWRITTEN)
    assert (line.organisation, line.line, line.reason) == (None, 1, Reason.CHECKPOINT_UNREADABLE)


def test_a_forged_line_of_the_shipped_file_speaks_against_its_own_chain_alone(
    clock: Path, superuser: Superuser, busy: UUID, neighbour: UUID
) -> None:
    sign_due()
    forged = sign(Checkpoint(str(busy), 6, b"x" * 32, 1), new_keys()[0])
    ship(forged)
    assert [(each.organisation, each.reason) for each in report().broken] == [
        (str(busy), Reason.CHECKPOINT_FORGED),
    ]
    seq = Tamperer(superuser, str(busy), Random(1)).edit()
    (verdict,) = report().broken
    assert (verdict.organisation, verdict.seq, verdict.forged) == (str(busy), seq, 1)


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


def test_a_checkpoint_signed_by_an_older_key_still_counts(
    clock: Path, settings: Settings, superuser: Superuser, busy: UUID
) -> None:
    sign_due()
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public, *settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS]
    assert verify_organisation(busy).ok
    Tamperer(superuser, str(busy), Random(1)).rewrite()
    assert verify_organisation(busy).reason is Reason.REWRITTEN


def test_the_checkpoint_file_is_not_readable_by_everybody(clock: Path, busy: UUID) -> None:
    sign_due()
    assert clock.stat().st_mode & 0o007 == 0


def true_fields(organisation: UUID, seq: int) -> dict[str, object]:
    """The fields of a true checkpoint of this entry, for a test to alter."""
    point = Checkpoint(str(organisation), seq, hash_of(organisation, seq), 1_800_000_000_000_000)
    fields: dict[str, object] = json.loads(sign(point, new_keys()[0]).statement)
    return fields


ALTERED: list[dict[str, object]] = [
    {"chain": "0"},
    {"chain": None},
    {"seq": 5},
    {"seq": "6"},
    {"seq": None},
    {"hash": "00" * 32},
    {"hash": "zz"},
    {"hash": None},
    {"key": "X"},
    {"key": None},
    {"key": 1234567890123456},
    {"signed_us": "1800000000000000"},
    {"signed_us": 1.5},
    {"signed_us": -1},
    {"signed_us": 10**30},
    {"signed_us": None},
    {"more": 1},
]


@pytest.mark.parametrize("changes", ALTERED, ids=str)
def test_the_database_keeps_no_checkpoint_that_is_not_true_of_the_entry(
    clock: Path, busy: UUID, changes: dict[str, object]
) -> None:
    statement = json.dumps({**true_fields(busy, 6), **changes})
    with pytest.raises(DatabaseError, match="not true of entry"):
        keep(str(busy), 6, statement, b"s" * 64)
    assert kept(busy) == []


@pytest.mark.parametrize(
    "statement", [None, "", "junk", "7", "null", "[]", '"text"', "{}", "{", '{"seq": NaN}', "[" * 10_000, '"\\u0000"']
)
def test_the_database_keeps_no_junk(clock: Path, busy: UUID, statement: str | None) -> None:
    with pytest.raises(DatabaseError):
        keep(str(busy), 6, statement, b"s" * 64)
    assert kept(busy) == []


@pytest.mark.parametrize("signature", [None, b"", b"s", b"s" * 65])
def test_the_database_keeps_nothing_with_what_cannot_be_a_signature(
    clock: Path, busy: UUID, signature: bytes | None
) -> None:
    with pytest.raises(DatabaseError, match="not true of entry"):
        keep(str(busy), 6, json.dumps(true_fields(busy, 6)), signature)


@pytest.mark.parametrize("seq", [None, -1, 0, 7, 2**62])
def test_the_database_keeps_no_checkpoint_of_an_entry_that_is_not_there(
    clock: Path, busy: UUID, seq: int | None
) -> None:
    with pytest.raises(DatabaseError, match="not true of entry"):
        keep(str(busy), seq, json.dumps({**true_fields(busy, 6), "seq": seq}), b"s" * 64)


def test_the_database_keeps_no_checkpoint_older_than_the_newest(clock: Path, busy: UUID) -> None:
    sign_due()
    for seq in (5, 6):
        with pytest.raises(DatabaseError, match="as new as entry"):
            keep(str(busy), seq, json.dumps(true_fields(busy, seq)), b"s" * 64)


def test_of_two_clocks_that_keep_a_checkpoint_at_once_the_older_one_is_refused(
    clock: Path, busy: UUID, running: Services
) -> None:
    """The second waits for the first to commit, and sees what it kept."""
    with running.postgres.connect(SUPERUSER, "fiksreg") as first, ThreadPoolExecutor(1) as pool:
        with first.transaction():
            call = "SELECT audit_keep_checkpoint(%s, %s, %s, %s)"
            first.execute(call, [str(busy), 6, json.dumps(true_fields(busy, 6)), b"s" * 64])
            second = pool.submit(in_a_session_of_its_own, keep, str(busy), 5, json.dumps(true_fields(busy, 5)))
            until(lambda: is_waited_for(running))
            assert not second.done()
        assert "as new as entry 5" in second.result(timeout=10)
    assert kept(busy) == [6]


def in_a_session_of_its_own(do: Callable[..., None], *values: object) -> str:
    """Calls `do` on connections of its own. Returns the error of the database, "" when it gave none."""
    try:
        do(*values, b"s" * 64)
    except DatabaseError as error:
        return str(error)
    finally:
        connections.close_all()
    return ""


def is_waited_for(running: Services) -> bool:
    with running.postgres.connect(SUPERUSER, "fiksreg") as watcher:
        return bool(watcher.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall())


JUNK = ["junk", "", "{}", '{"hash": "zz", "signed_us": "x"}', "[" * 50_000]


@pytest.mark.parametrize("statement", JUNK, ids=[statement[:20] for statement in JUNK])
def test_junk_among_the_checkpoints_of_one_chain_stops_the_signing_of_none(
    clock: Path, superuser: Superuser, busy: UUID, neighbour: UUID, statement: str
) -> None:
    places = (-3, 2, 6, 2**62)
    for seq in places:
        put_in(superuser, SignedCheckpoint(statement, b"x"), str(busy), seq)
    append(lookup(busy), on="audit")
    assert sign_due() == 2
    assert 6 in kept(neighbour)
    assert 7 in kept(busy)
    assert [(each.organisation, each.reason, each.forged) for each in report().broken] == [
        (str(busy), Reason.CHECKPOINT_FORGED, len(places))
    ]


def test_junk_hides_neither_another_chain_nor_the_first_bad_entry_of_its_own(
    clock: Path, superuser: Superuser, busy: UUID, neighbour: UUID
) -> None:
    sign_due()
    put_in(superuser, SignedCheckpoint("junk", b""), str(busy), 3)
    expected = {(str(one), Tamperer(superuser, str(one), Random(2)).edit()) for one in (busy, neighbour)}
    assert {(each.organisation, each.seq) for each in report().broken} == expected


def test_a_checkpoint_signed_before_the_databases_clock_was_set_back_does_not_put_the_next_one_off(
    clock: Path, settings: Settings, superuser: Superuser, busy: UUID
) -> None:
    far = Checkpoint(str(busy), 5, hash_of(busy, 5), 99_999_999_999_999_999)
    put_in(superuser, sign(far, settings.FIKSREG_CHECKPOINT_KEY), str(busy), 5)
    sign_due()
    assert kept(busy) == [5, 6]
    assert verify().ok


def test_a_chain_whose_checkpoint_cannot_be_kept_stops_none_of_the_others(
    clock: Path, busy: UUID, neighbour: UUID, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(signed: SignedCheckpoint) -> None:
        if str(busy) in signed.statement:
            raise OSError("disk full")

    monkeypatch.setattr(checkpoints, "ship", refuse)
    assert sign_due() == 1
    assert kept(neighbour) == [6]
    assert f"audit chain '{busy}' was not signed" in caplog.text
