"""Checkpoints: what finds a cut end and a log written anew, since both leave a chain that hangs together.

The clock alone holds FIKSREG_CHECKPOINT_KEY. What it signs goes to FIKSREG_CHECKPOINT_FILE first (put it where the
database's administrators cannot write) and into the database beside the log.
"""

import base64
import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections

from roles.audit.chain import Anchors, Link, first_fault, genesis
from roles.audit.reading import Snapshot, snapshot
from roles.audit.signing import Checkpoint, ForgedCheckpoint, SignedCheckpoint, opened, sign

logger = logging.getLogger(__name__)

EVERY_ENTRIES = 1000
EVERY_SECONDS = 60

_DUE = """
    SELECT head.chain, head.seq, head.hash, now_us.value,
           coalesce(last.seq, 0), decode(last.statement::jsonb ->> 'hash', 'hex')
    FROM audit_head AS head
    CROSS JOIN (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS value) AS now_us
    LEFT JOIN LATERAL (
        SELECT seq, statement FROM audit_checkpoint WHERE chain = head.chain ORDER BY seq DESC LIMIT 1
    ) AS last ON true
    WHERE head.seq >= coalesce(last.seq, 0) + %s
       OR (head.seq > coalesce(last.seq, 0)
           AND now_us.value >= coalesce((last.statement::jsonb ->> 'signed_us')::bigint, 0) + %s)
    ORDER BY head.chain
"""


class _Due(NamedTuple):
    chain: str
    seq: int
    hash: bytes
    now_us: int
    last_seq: int
    last_hash: bytes | None

    @property
    def start(self) -> Link:
        return genesis(self.chain) if self.last_hash is None else Link(self.last_seq, bytes(self.last_hash))

    @property
    def head(self) -> Link:
        return Link(self.seq, bytes(self.hash))


def sign_due() -> int:
    """Signs every chain that grew by EVERY_ENTRIES, or grew at all for EVERY_SECONDS. Returns how many were signed.

    Walks what was added since the last checkpoint first: what does not hold is logged as an error and never signed.
    Without a key, in every process but the clock, it signs nothing.
    """
    if not settings.FIKSREG_CHECKPOINT_KEY:
        return 0
    with snapshot() as log:
        due = [row for row in _due() if _holds(log, row)]
    for row in due:
        _keep(sign(Checkpoint(row.chain, row.seq, bytes(row.hash), row.now_us), settings.FIKSREG_CHECKPOINT_KEY), row)
    return len(due)


def signed_hashes(signed: Iterable[SignedCheckpoint], chain: str) -> dict[int, bytes]:
    """seq -> hash of a chain's checkpoints; nothing where no public key is set, since nothing can be told then.

    Raises ForgedCheckpoint for one that no known key signed, or that speaks of another chain.
    """
    if not settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS:
        return {}
    checkpoints = [opened(one, settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS) for one in signed]
    if any(checkpoint.chain != chain for checkpoint in checkpoints):
        raise ForgedCheckpoint
    return {checkpoint.seq: checkpoint.hash for checkpoint in checkpoints}


def shipped() -> dict[str, list[SignedCheckpoint]]:
    """What FIKSREG_CHECKPOINT_FILE holds, by the chain each claims to be of. Raises ForgedCheckpoint for nonsense."""
    by_chain: dict[str, list[SignedCheckpoint]] = defaultdict(list)
    for fields in _shipped_lines():
        try:
            signed = SignedCheckpoint(fields["statement"], base64.b64decode(fields["signature"], validate=True))
            by_chain[json.loads(signed.statement)["chain"]].append(signed)
        except (ValueError, KeyError, TypeError):
            raise ForgedCheckpoint from None
    return dict(by_chain)


def _due() -> list[_Due]:
    with connections["default"].cursor() as cursor:
        cursor.execute(_DUE, [EVERY_ENTRIES, EVERY_SECONDS * 1_000_000])
        return [_Due._make(row) for row in cursor.fetchall()]


def _holds(log: Snapshot, due: _Due) -> bool:
    after = due.start.seq
    rows, persons = log.rows(due.chain, after=after), log.persons(due.chain, after=after)
    fault = first_fault(due.start, rows, persons, Anchors(due.head))
    if fault:
        logger.error("audit chain %s is broken at %s: %s", due.chain, fault.seq, fault.reason)
    return fault is None


def _keep(signed: SignedCheckpoint, due: _Due) -> None:
    _ship(signed)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT audit_keep_checkpoint(%s, %s, %s, %s)", [due.chain, due.seq, signed.statement, signed.signature]
        )


def _ship(signed: SignedCheckpoint) -> None:
    if not settings.FIKSREG_CHECKPOINT_FILE:
        return
    fields = {"statement": signed.statement, "signature": base64.b64encode(signed.signature).decode()}
    descriptor = os.open(settings.FIKSREG_CHECKPOINT_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "ab") as file:
        file.write(b"\n" + json.dumps(fields).encode() + b"\n")  # the line before may have no end
        file.flush()
        os.fsync(descriptor)


def _shipped_lines() -> Iterator[Any]:
    path = Path(settings.FIKSREG_CHECKPOINT_FILE) if settings.FIKSREG_CHECKPOINT_FILE else None
    if path is None or not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):  # not whole: the clock was killed while it wrote this line
            yield json.loads(line)
