"""Whether the log is whole: every chain against itself, its head and its signed checkpoints."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from roles.audit import checkpoints
from roles.audit.chain import Anchors, Reason, first_fault, genesis
from roles.audit.entries import chain_of
from roles.audit.reading import Snapshot, snapshot
from roles.audit.signing import ForgedCheckpoint, SignedCheckpoint

_Shipped = dict[str, list[SignedCheckpoint]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """organisation: the chain's name ("0" is the installation's); None, like seq and reason, when nothing is broken.

    seq: the first entry that cannot be trusted; None when a checkpoint was forged, which says nothing about an entry.
    """

    ok: bool
    organisation: str | None = None
    seq: int | None = None
    reason: Reason | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


WHOLE = Verdict(ok=True)


def verify() -> Verdict:
    """The first broken chain of the log, or WHOLE. Reads all of it once, in one snapshot, in constant memory."""
    return next(broken_chains(), WHOLE)


def verify_organisation(organisation_id: UUID | None) -> Verdict:
    """The verdict on one organisation's chain; None is the installation's."""
    chain, shipped = chain_of(organisation_id), _shipped()
    with snapshot() as log:
        return _verdict(log, chain, shipped)


def broken_chains() -> Iterator[Verdict]:
    """A verdict for each broken chain."""
    shipped = _shipped()  # before the snapshot, which then holds whatever was shipped
    with snapshot() as log:
        for chain in sorted({*log.chains(), *(shipped or {})}):
            verdict = _verdict(log, chain, shipped)
            if not verdict.ok:
                yield verdict


def _shipped() -> _Shipped | None:
    try:
        return checkpoints.shipped()
    except ForgedCheckpoint:
        return None


def _verdict(log: Snapshot, chain: str, shipped: _Shipped | None) -> Verdict:
    try:
        signed = checkpoints.signed_hashes([*log.checkpoints(chain), *_of_chain(shipped, chain)], chain)
    except ForgedCheckpoint:
        return Verdict(ok=False, organisation=chain, reason=Reason.CHECKPOINT_FORGED)
    anchors = Anchors(log.head(chain), signed)
    fault = first_fault(genesis(chain), log.rows(chain), log.persons(chain), anchors)
    return Verdict(ok=False, organisation=chain, seq=fault.seq, reason=fault.reason) if fault else WHOLE


def _of_chain(shipped: _Shipped | None, chain: str) -> list[SignedCheckpoint]:
    if shipped is None:
        raise ForgedCheckpoint
    return shipped.get(chain, [])
