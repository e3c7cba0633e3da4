"""Verification of the audit log: every chain against itself, its head and its signed checkpoints."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from roles.audit import checkpoints
from roles.audit.chain import Anchors, Reason, first_fault, genesis
from roles.audit.entries import chain_of
from roles.audit.shipping import Shipped, read_shipped
from roles.audit.snapshots import Snapshot, snapshot


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one chain, on the tables or on one line of the checkpoint file.

    organisation: the chain's name ("0" is the installation's); None, like seq and reason, when nothing is broken. seq:
    the first entry that cannot be trusted; None when only a checkpoint was forged, which says nothing about an entry.
    forged: how many of the chain's checkpoints are forged. line: the broken line of the checkpoint file.
    """

    ok: bool
    organisation: str | None = None
    seq: int | None = None
    reason: Reason | None = None
    forged: int = 0
    line: int | None = None


WHOLE = Verdict(ok=True)


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on everything that is broken."""

    broken: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        return not self.broken

    def as_json(self) -> dict[str, Any]:
        """A dict with ok, organisation, seq and reason of the first broken verdict, and all of them under `broken`."""
        first = self.broken[0] if self.broken else WHOLE
        top = {"ok": self.ok, "organisation": first.organisation, "seq": first.seq, "reason": first.reason}
        return {**top, "broken": [_without_ok(verdict) for verdict in self.broken]}


def report() -> Report:
    """The report on the whole log. Reads all of it once, in one snapshot, in constant memory."""
    return Report(tuple(broken_chains()))


def verify() -> Verdict:
    """The verdict on the first broken chain, or WHOLE."""
    return next(broken_chains(), WHOLE)


def verify_organisation(organisation_id: UUID | None) -> Verdict:
    """The verdict on one organisation's chain; for None on the installation's."""
    chain, known = chain_of(organisation_id), read_shipped()
    with snapshot() as log:
        return _verdict(log, chain, known)


def broken_chains() -> Iterator[Verdict]:
    """A verdict for each broken chain, then for the tables, then for each unreadable line of the checkpoint file."""
    known = read_shipped()  # read before the snapshot, so that the snapshot has every entry that was shipped
    with snapshot() as log:
        for chain in sorted({*log.chains(), *known.by_chain}):
            verdict = _verdict(log, chain, known)
            if not verdict.ok:
                yield verdict
        if log.is_altered():
            yield Verdict(ok=False, reason=Reason.TABLES_ALTERED)
    for line in known.nonsense:
        yield Verdict(ok=False, reason=Reason.CHECKPOINT_UNREADABLE, line=line)


def _verdict(log: Snapshot, chain: str, known: Shipped) -> Verdict:
    """The verdict on one chain. A forged checkpoint hides no other fault: the good checkpoints are still used."""
    signed, forged = checkpoints.signed_hashes([*log.checkpoints(chain), *known.of(chain)], chain)
    anchors = Anchors(log.head(chain), signed)
    fault = first_fault(genesis(chain), log.rows(chain), log.persons(chain), anchors)
    if fault:
        return Verdict(ok=False, organisation=chain, seq=fault.seq, reason=fault.reason, forged=forged)
    if forged:
        return Verdict(ok=False, organisation=chain, reason=Reason.CHECKPOINT_FORGED, forged=forged)
    return WHOLE


def _without_ok(verdict: Verdict) -> dict[str, Any]:
    return {name: value for name, value in asdict(verdict).items() if name != "ok"}
