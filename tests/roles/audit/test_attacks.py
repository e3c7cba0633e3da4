"""Attacks on the log by its owner, and by a superuser who removed its constraints: verification names each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from pytest_django import Settings

from fiksreg.embedded.databases import OWNER
from roles.audit import append
from roles.audit.chain import Reason
from roles.audit.checkpoints import sign_due
from roles.audit.models import AuditEntry
from roles.audit.verification import report, verify, verify_organisation
from tests.roles.audit.acts import lookup
from tests.roles.audit.signingkeys import new_keys
from tests.services import Services

pytestmark = pytest.mark.django_db
Connection = psycopg.Connection[tuple[object, ...]]
TABLES = ("audit_entry", "audit_subject", "audit_head")
KEYS = {
    "audit_entry": sql.SQL("chain, seq"),
    "audit_subject": sql.SQL("chain, seq, ordinal"),
    "audit_head": sql.SQL("chain"),
    "audit_checkpoint": sql.SQL("chain, seq"),
}

#: A copy of an entry at another place in its chain.
COPY: LiteralString = """
    INSERT INTO audit_entry (chain, seq, recorded_us, body, subjects_digest, prev_hash, hash)
    SELECT chain, %(seq)s, recorded_us, body, subjects_digest, prev_hash, hash FROM audit_entry
    WHERE chain = %(chain)s AND seq = 2
"""


@pytest.fixture
def owner(running: Services, db: None) -> Iterator[Connection]:
    """A connection as the tables' owner: triggers fire, but it can INSERT without the functions."""
    with running.postgres.connect(OWNER, "fiksreg") as connection:
        yield connection


@contextmanager
def without_constraints(superuser: Connection, table: LiteralString, column: str) -> Iterator[None]:
    """Removes the table's key and the column's NOT NULL, if one is named. The test empties the table after use."""
    names = {"table": sql.Identifier(table), "key": sql.Identifier(f"{table}_pkey"), "column": sql.Identifier(column)}
    superuser.execute(sql.SQL("ALTER TABLE {table} DROP CONSTRAINT {key}").format(**names))
    if column:
        superuser.execute(sql.SQL("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL").format(**names))
    try:
        yield
    finally:
        superuser.execute(sql.SQL("DELETE FROM {table}").format(**names))
        if column:
            superuser.execute(sql.SQL("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL").format(**names))
        superuser.execute(
            sql.SQL("ALTER TABLE {table} ADD PRIMARY KEY ({columns})").format(columns=KEYS[table], **names)
        )


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> None:
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]


@pytest.mark.parametrize(
    ("seq", "found"),
    [
        (0, (1, Reason.ENTRY_INSERTED)),
        (-1, (1, Reason.ENTRY_INSERTED)),
        (-(2**63), (1, Reason.ENTRY_INSERTED)),
        (7, (7, Reason.LINK_BROKEN)),
        (9, (7, Reason.ENTRY_MISSING)),
        (2**63 - 1, (7, Reason.ENTRY_MISSING)),
    ],
)
def test_an_entry_the_owner_put_in_at_any_number_is_found(
    owner: Connection, busy: UUID, neighbour: UUID, seq: int, found: tuple[int, Reason]
) -> None:
    sign_due()
    owner.execute(COPY, {"chain": str(busy), "seq": seq})
    verdict = verify_organisation(busy)
    assert (verdict.seq, verdict.reason) == found
    assert verify_organisation(neighbour).ok


@pytest.mark.parametrize("seq", [0, -1, -(2**63)])
def test_an_entry_put_in_before_the_first_is_found_by_the_clock_too(
    owner: Connection, busy: UUID, caplog: pytest.LogCaptureFixture, seq: int
) -> None:
    """The clock verifies from its last checkpoint, but also reads entries before the first."""
    sign_due()
    owner.execute(COPY, {"chain": str(busy), "seq": seq})
    for _ in range(1000):
        append(lookup(busy), on="audit")
    assert sign_due() == 0
    assert f"audit chain '{busy}' is broken" in caplog.text


@pytest.mark.parametrize(
    ("seq", "ordinal", "found_at"), [(0, 1, 1), (-5, 1, 1), (2, 2, 2), (6, 0, 6), (6, -1, 6), (7, 1, 6), (2**62, 1, 6)]
)
def test_a_person_the_owner_put_in_anywhere_is_found(
    owner: Connection, busy: UUID, seq: int, ordinal: int, found_at: int
) -> None:
    owner.execute("INSERT INTO audit_subject VALUES (%s, %s, %s, 'a', NULL, 's')", [str(busy), seq, ordinal])
    verdict = verify_organisation(busy)
    assert (verdict.seq, verdict.reason) == (found_at, Reason.SUBJECTS_ALTERED)


@pytest.mark.parametrize("seq", [0, 1, -1, 5])
def test_a_head_without_a_chain_is_found(owner: Connection, busy: UUID, seq: int) -> None:
    owner.execute("INSERT INTO audit_head VALUES ('invented', %s, 'x')", [seq])
    (verdict,) = report().broken
    assert (verdict.organisation, verdict.seq) == ("invented", 1)


@pytest.mark.parametrize("name", ["", "\n", "'; --", "\x1b[2J", "x" * 2000, "æøå", "%s"])
def test_a_chain_of_any_name_is_walked_like_the_others(
    owner: Connection, busy: UUID, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    owner.execute("INSERT INTO audit_subject VALUES (%s, 1, 1, 'a', NULL, 's')", [name])
    assert sign_due() == 2
    (verdict,) = report().broken
    assert (verdict.organisation, verdict.seq) == (name, 1)


DONE_TO_A_WHOLE_CHAIN: list[tuple[LiteralString, Reason, int | None]] = [
    ("DELETE FROM audit_head WHERE chain = %(chain)s", Reason.HEAD_ALTERED, 6),
    ("UPDATE audit_head SET hash = 'x' WHERE chain = %(chain)s", Reason.HEAD_ALTERED, 6),
    ("UPDATE audit_head SET seq = 3 WHERE chain = %(chain)s", Reason.ENTRY_INSERTED, 4),
    ("UPDATE audit_head SET seq = -3 WHERE chain = %(chain)s", Reason.ENTRY_INSERTED, 1),
    ("UPDATE audit_head SET seq = 9 WHERE chain = %(chain)s", Reason.TAIL_CUT, 7),
    ("DELETE FROM audit_entry WHERE chain = %(chain)s", Reason.TAIL_CUT, 1),
    ("DELETE FROM audit_subject WHERE chain = %(chain)s", Reason.SUBJECTS_ALTERED, 1),
    ("UPDATE audit_entry SET seq = seq + 1000 WHERE chain = %(chain)s", Reason.ENTRY_MISSING, 1),
    ("UPDATE audit_entry SET seq = -seq WHERE chain = %(chain)s", Reason.ENTRY_INSERTED, 1),
    ("UPDATE audit_subject SET ordinal = -ordinal WHERE chain = %(chain)s", Reason.SUBJECTS_ALTERED, 6),
]


@pytest.mark.parametrize(("statement", "reason", "seq"), DONE_TO_A_WHOLE_CHAIN)
def test_an_alteration_of_a_whole_chain_is_found(
    superuser: Connection, busy: UUID, statement: LiteralString, reason: Reason, seq: int | None
) -> None:
    superuser.execute(statement, {"chain": str(busy)})
    (verdict,) = report().broken
    assert (verdict.organisation, verdict.reason, verdict.seq) == (str(busy), reason, seq)


def test_a_renamed_chain_is_found_as_one_missing_and_one_invented_chain(superuser: Connection, busy: UUID) -> None:
    sign_due()
    for table in map(sql.Identifier, TABLES):
        superuser.execute(sql.SQL("UPDATE {} SET chain = 'elsewhere' WHERE chain = %s").format(table), [str(busy)])
    found = {(each.organisation, each.seq, each.reason) for each in report().broken}
    assert found == {("elsewhere", 1, Reason.LINK_BROKEN), (str(busy), 1, Reason.TAIL_CUT)}


def test_two_chains_that_changed_names_are_both_found(superuser: Connection, busy: UUID, neighbour: UUID) -> None:
    rename: LiteralString = "UPDATE {} SET chain = %s WHERE chain = %s"
    for table in map(sql.Identifier, TABLES):
        for before, after in ((str(busy), "x"), (str(neighbour), str(busy)), ("x", str(neighbour))):
            superuser.execute(sql.SQL(rename).format(table), [after, before])
    assert {each.organisation for each in report().broken} == {str(busy), str(neighbour)}


#: The table, the column that may be NULL, the alteration, and the reason that verification gives.
LAWLESS: list[tuple[LiteralString, str, LiteralString, Reason]] = [
    ("audit_head", "hash", "UPDATE audit_head SET hash = NULL", Reason.HEAD_ALTERED),
    ("audit_head", "seq", "UPDATE audit_head SET seq = NULL", Reason.ENTRY_INSERTED),
    ("audit_entry", "hash", "UPDATE audit_entry SET hash = NULL", Reason.ENTRY_ALTERED),
    ("audit_entry", "prev_hash", "UPDATE audit_entry SET prev_hash = NULL", Reason.LINK_BROKEN),
    ("audit_entry", "recorded_us", "UPDATE audit_entry SET recorded_us = NULL", Reason.ENTRY_ALTERED),
    ("audit_entry", "subjects_digest", "UPDATE audit_entry SET subjects_digest = NULL", Reason.SUBJECTS_ALTERED),
    ("audit_subject", "asked_hash", "UPDATE audit_subject SET asked_hash = NULL", Reason.SUBJECTS_ALTERED),
    ("audit_subject", "sealed", "UPDATE audit_subject SET sealed = NULL", Reason.SUBJECTS_ALTERED),
    ("audit_entry", "seq", "UPDATE audit_entry SET seq = NULL", Reason.ENTRY_INSERTED),
    ("audit_subject", "seq", "UPDATE audit_subject SET seq = NULL", Reason.SUBJECTS_ALTERED),
    ("audit_head", "", "INSERT INTO audit_head SELECT * FROM audit_head", Reason.HEAD_ALTERED),
    ("audit_subject", "", "INSERT INTO audit_subject SELECT * FROM audit_subject", Reason.SUBJECTS_ALTERED),
    ("audit_entry", "", COPY.replace("%(seq)s", "2"), Reason.ENTRY_INSERTED),
    ("audit_checkpoint", "signature", "UPDATE audit_checkpoint SET signature = NULL", Reason.CHECKPOINT_FORGED),
    ("audit_checkpoint", "statement", "UPDATE audit_checkpoint SET statement = NULL", Reason.CHECKPOINT_FORGED),
]


@pytest.mark.parametrize("attack", LAWLESS)
def test_an_alteration_that_needs_the_constraints_gone_is_found_and_nothing_else(
    superuser: Connection, busy: UUID, attack: tuple[LiteralString, str, LiteralString, Reason]
) -> None:
    table, column, statement, reason = attack
    sign_due()
    with without_constraints(superuser, table, column):
        where = " WHERE chain = %(chain)s" if "%(chain)s" not in statement else ""
        superuser.execute(statement + where, {"chain": str(busy)})
        (verdict,) = report().broken
        assert (verdict.organisation, verdict.reason) == (str(busy), reason)


def test_rows_of_no_chain_are_found(superuser: Connection, busy: UUID) -> None:
    with without_constraints(superuser, "audit_entry", "chain"):
        superuser.execute(COPY.replace("chain, %(seq)s", "NULL, 1"), {"chain": str(busy)})
        assert [each.reason for each in report().broken] == [Reason.TABLES_ALTERED]
        assert sign_due() == 2


def test_columns_that_are_searched_by_but_no_longer_made_from_the_body_are_found(
    superuser: Connection, busy: UUID
) -> None:
    superuser.execute("BEGIN")
    superuser.execute("ALTER TABLE audit_entry ALTER COLUMN actor_id DROP EXPRESSION")
    superuser.execute("COMMIT")
    try:
        assert verify().reason is Reason.TABLES_ALTERED
    finally:
        superuser.execute("ALTER TABLE audit_entry DROP COLUMN actor_id")
        superuser.execute(
            "ALTER TABLE audit_entry ADD COLUMN actor_id text NOT NULL"
            " GENERATED ALWAYS AS (body::jsonb #>> '{actor,id}') STORED"
        )
        superuser.execute("CREATE INDEX audit_entry_actor ON audit_entry (chain, actor_id, seq)")


def test_rows_hidden_from_the_reader_are_an_error_and_not_a_shorter_log(superuser: Connection, busy: UUID) -> None:
    superuser.execute("ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY")
    superuser.execute("CREATE POLICY hide ON audit_entry USING (seq > 0)")
    try:
        with pytest.raises(Exception, match="row-level security"):
            verify()
    finally:
        superuser.execute("DROP POLICY hide ON audit_entry")
        superuser.execute("ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY")


def test_an_append_after_the_heads_row_was_taken_is_refused_and_overwrites_nothing(
    superuser: Connection, busy: UUID
) -> None:
    superuser.execute("DELETE FROM audit_head WHERE chain = %s", [str(busy)])
    with pytest.raises(Exception, match="duplicate key"):
        append(lookup(busy), on="audit")
    assert AuditEntry.objects.of_organisation(busy).count() == 6


ODD_BODIES = [
    '{"event":"e","actor":{"id":"a"},"x":1e400}',
    '{"event":"e","event":"f","actor":{"id":"a"}}',
    ' {"event" : "e", "actor" : {"id" : "a"}} ',
    '{"event":"e","actor":{"id":"a"},"organisation":"another"}',
    '{"event":["e"],"actor":{"id":{"a":1}},"intent":"not an id"}',
    '{"event":"\\u00e6","actor":{"id":"æ"}}',
]


@pytest.mark.parametrize("body", ODD_BODIES)
def test_a_body_the_database_took_is_verified_byte_for_byte(busy: UUID, running: Services, body: str) -> None:
    with psycopg.connect(running.environment["DATABASE_URL"], autocommit=True) as runtime:
        runtime.execute("SELECT audit_append(%s, %s, '{}', '{}', '{}', '{}')", [str(busy), body])
    assert verify().ok


ODD_CALLS: list[LiteralString] = [
    "SELECT audit_append(NULL, '{\"event\":\"e\",\"actor\":{\"id\":\"a\"}}', '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', NULL, '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '', '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '{}', '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '[]', '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '{\"event\":null,\"actor\":{\"id\":\"a\"}}', '{}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '{\"event\":\"e\",\"actor\":{\"id\":\"a\"}}', '{NULL}', '{NULL}', '{NULL}', '{NULL}')",
    "SELECT audit_append('0', '{\"event\":\"e\",\"actor\":{\"id\":\"a\"}}', '{a}', '{}', '{}', '{}')",
    "SELECT audit_append('0', '{\"event\":\"e\",\"actor\":{\"id\":\"a\"}}', '{a}', '{}', '{b,c}', '{}')",
]


@pytest.mark.parametrize("call", ODD_CALLS)
def test_an_odd_call_of_the_one_door_is_refused_and_leaves_the_log_whole(
    busy: UUID, running: Services, call: LiteralString
) -> None:
    with (
        psycopg.connect(running.environment["DATABASE_URL"], autocommit=True) as runtime,
        pytest.raises(psycopg.Error),
    ):
        runtime.execute(call)
    assert verify().ok
    assert append(lookup(None), on="audit").seq == 1
