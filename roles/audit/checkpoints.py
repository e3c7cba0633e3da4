"""Signed checkpoints, which reveal a cut-off end and a rewritten log; both leave a chain that is sound in itself.

Only the clock process has FIKSREG_CHECKPOINT_KEY. A checkpoint is written to FIKSREG_CHECKPOINT_FILE first
(shipping.py), then to the database beside the log. Each chain is signed by itself, so a broken chain does not delay the
others.
"""

import logging
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import connections

from roles.audit.chain import Anchors, Link, first_fault, genesis
from roles.audit.shipping import ship
from roles.audit.signing import Checkpoint, ForgedCheckpoint, SignedCheckpoint, check_signature, public_key_of, sign
from roles.audit.snapshots import Snapshot, snapshot

logger = logging.getLogger(__name__)

EVERY_ENTRIES = 1000
EVERY_SECONDS = 60

# Checkpoints past the head are ignored: they are forged. Chains with few new entries come first, so that a long one
# delays none of them.
_GROWN = """
    SELECT head.chain, head.seq, now_us.value, last.statement, last.signature
    FROM public.audit_head AS head
    CROSS JOIN (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS value) AS now_us
    LEFT JOIN LATERAL (
        SELECT seq, statement, signature FROM public.audit_checkpoint
        WHERE chain = head.chain AND seq <= head.seq ORDER BY seq DESC LIMIT 1
    ) AS last ON true
    WHERE head.seq > coalesce(last.seq, 0)
    ORDER BY head.seq - coalesce(last.seq, 0), head.chain
"""


class _Grown(NamedTuple):
    """A chain with entries after its last checkpoint, and that checkpoint from the database (None when there is
    none)."""

    chain: str
    seq: int
    now_us: int
    statement: str | None
    signature: bytes | None

    def is_due(self) -> bool:
        last = self._last()
        if last is None or self.seq >= last.seq + EVERY_ENTRIES:
            return True
        # Also due when the last checkpoint lies in the future: the database's clock was set back.
        return not last.signed_us <= self.now_us < last.signed_us + EVERY_SECONDS * 1_000_000

    def _last(self) -> Checkpoint | None:
        if self.statement is None or self.signature is None:
            return None
        return _open_or_none(SignedCheckpoint(self.statement, bytes(self.signature)))


def sign_due() -> int:
    """Signs each chain with EVERY_ENTRIES new entries, or with any after EVERY_SECONDS. Returns how many were signed.

    The new entries are verified first; a broken chain is logged as an error and never signed. Without a key, as in
    every process but the clock, nothing is signed.
    """
    if not settings.FIKSREG_CHECKPOINT_KEY:
        return 0
    return sum(_sign(grown) for grown in _grown() if grown.is_due())


def signed_hashes(signed: Iterable[SignedCheckpoint], chain: str) -> tuple[dict[int, bytes], int]:
    """The signed hashes of a chain by seq, and how many of the checkpoints are forged.

    A checkpoint is forged when no known key signed it, when it names another chain, or when it contradicts another one.
    Returns ({}, 0) when no public key is set, because then signatures cannot be checked.
    """
    if not settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS:
        return {}, 0
    hashes, forged = dict[int, bytes](), 0
    for one in signed:
        try:
            checkpoint = check_signature(one, settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS)
        except ForgedCheckpoint:
            forged += 1
            continue
        agrees = checkpoint.chain == chain and hashes.setdefault(checkpoint.seq, checkpoint.hash) == checkpoint.hash
        forged += not agrees
    return hashes, forged


def _grown() -> list[_Grown]:
    with connections["default"].cursor() as cursor:
        cursor.execute(_GROWN)
        return [_Grown._make(row) for row in cursor.fetchall()]


def _sign(grown: _Grown) -> bool:
    try:
        with snapshot() as log:
            head = _sound_head(log, grown.chain)
        if head is None:
            return False
        _keep(sign(Checkpoint(grown.chain, head.seq, head.hash, grown.now_us), settings.FIKSREG_CHECKPOINT_KEY), head)
    except Exception:
        logger.exception("audit chain %r was not signed", grown.chain)
        connections["default"].close_if_unusable_or_obsolete()
        return False
    return True


def _sound_head(log: Snapshot, chain: str) -> Link | None:
    """The head of the chain, if there are entries since its last good checkpoint and all of them are sound; else
    None."""
    start, head = _last_signed(log, chain), log.head(chain)
    rows, persons = log.rows(chain, after=start.seq), log.persons(chain, after=start.seq)
    fault = first_fault(start, rows, persons, Anchors(head))
    if fault:
        logger.error("audit chain %r is broken at %s: %s", chain, fault.seq, fault.reason)
        return None
    return head if head and head.seq > start.seq else None


def _last_signed(log: Snapshot, chain: str) -> Link:
    for one in log.newest_checkpoints(chain):
        checkpoint = _open_or_none(one)
        if checkpoint and checkpoint.chain == chain:
            return Link(checkpoint.seq, checkpoint.hash)
        logger.error("audit chain %r has a checkpoint that is not ours", chain)
    return genesis(chain)


def _open_or_none(signed: SignedCheckpoint) -> Checkpoint | None:
    own = public_key_of(settings.FIKSREG_CHECKPOINT_KEY)
    try:
        return check_signature(signed, [own, *settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS])
    except ForgedCheckpoint:
        return None


def _keep(signed: SignedCheckpoint, head: Link) -> None:
    chain = check_signature(signed, [public_key_of(settings.FIKSREG_CHECKPOINT_KEY)]).chain
    ship(signed)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT public.audit_keep_checkpoint(%s, %s, %s, %s)", [chain, head.seq, signed.statement, signed.signature]
        )
