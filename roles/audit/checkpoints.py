"""Checkpoints: what finds a cut end and a log written anew, since both leave a chain that hangs together.

The clock alone holds FIKSREG_CHECKPOINT_KEY. What it signs goes to FIKSREG_CHECKPOINT_FILE first (shipping.py) and into
the database beside the log. Each chain is signed by itself: one that is broken holds up none of the others.
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

# What stands past the head was put there by force. Those that grew least come first: a long one keeps none waiting.
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
    """A chain with entries past its last checkpoint, and that checkpoint as it stands in the database."""

    chain: str
    seq: int
    now_us: int
    statement: str | None
    signature: bytes | None

    def is_due(self) -> bool:
        last = self._last()
        if last is None or self.seq >= last.seq + EVERY_ENTRIES:
            return True
        # A checkpoint from the future: the database's clock was set back.
        return not last.signed_us <= self.now_us < last.signed_us + EVERY_SECONDS * 1_000_000

    def _last(self) -> Checkpoint | None:
        if self.statement is None or self.signature is None:
            return None
        return _opened_or_none(SignedCheckpoint(self.statement, bytes(self.signature)))


def sign_due() -> int:
    """Signs every chain that grew by EVERY_ENTRIES, or grew at all for EVERY_SECONDS. Returns how many were signed.

    Walks what was added since the last checkpoint first: what does not hold is logged as an error and never signed.
    Without a key, in every process but the clock, it signs nothing.
    """
    if not settings.FIKSREG_CHECKPOINT_KEY:
        return 0
    return sum(_sign(grown) for grown in _grown() if grown.is_due())


def signed_hashes(signed: Iterable[SignedCheckpoint], chain: str) -> tuple[dict[int, bytes], int]:
    """seq -> hash of a chain's checkpoints, and how many of them no known key signed, or speak of another chain.

    Nothing where no public key is set, since nothing can be told then.
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
    """Where the chain stands, if all that was added since its last good checkpoint holds."""
    start, head = _last_signed(log, chain), log.head(chain)
    rows, persons = log.rows(chain, after=start.seq), log.persons(chain, after=start.seq)
    fault = first_fault(start, rows, persons, Anchors(head))
    if fault:
        logger.error("audit chain %r is broken at %s: %s", chain, fault.seq, fault.reason)
        return None
    return head if head and head.seq > start.seq else None


def _last_signed(log: Snapshot, chain: str) -> Link:
    for one in log.newest_checkpoints(chain):
        checkpoint = _opened_or_none(one)
        if checkpoint and checkpoint.chain == chain:
            return Link(checkpoint.seq, checkpoint.hash)
        logger.error("audit chain %r has a checkpoint that is not ours", chain)
    return genesis(chain)


def _opened_or_none(signed: SignedCheckpoint) -> Checkpoint | None:
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
