"""accept_restore(): after a restore from a backup the log may be shorter than its shipped checkpoints say.

Verification then reports the lost entries every time, as it must. An operator who knows the cause can record it in the
log and continue with a new checkpoint file that names only entries the log still has. The old file is kept as the proof
of how much is lost.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from roles.actors import Actor
from roles.audit import Entry, Event, append
from roles.audit.chain import Reason
from roles.audit.checkpoints import signed_hashes
from roles.audit.shipping import Shipped, read_shipped
from roles.audit.signing import SignedCheckpoint, decode_statement
from roles.audit.snapshots import snapshot
from roles.audit.verification import broken_chains


class NotARestore(Exception):
    """The log has another fault than a lost end, or none; the text says which. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The first and the last number of the entries that a checkpoint names and the log no longer has."""

    first: int
    last: int


def accept_restore(*, reason: str, by: Actor, into: Path) -> Mapping[str, Lost]:
    """Writes the checkpoints of entries the log still has to the new file `into`, and logs the loss with `reason`.

    Returns the lost entries by chain. The entry goes to the installation's own chain. Raises NotARestore when the log
    has another fault or lost nothing, and FileExistsError.
    """
    known = read_shipped()
    _refuse_other_faults()
    lost = _lost_entries(known)
    if not lost:
        raise NotARestore("The log holds everything that was shipped.")
    _write(into, [one for chain, signed in known.by_chain.items() for one in signed if _is_held(one, lost.get(chain))])
    append(_entry(reason, by, lost), on="audit")
    return lost


def _refuse_other_faults() -> None:
    for verdict in broken_chains():
        if verdict.reason is not Reason.TAIL_CUT or verdict.forged:
            where = f"line {verdict.line}" if verdict.line else f"chain {verdict.organisation!r}"
            raise NotARestore(f"{where}: {verdict.reason}. A restore explains only a lost end.")


def _lost_entries(known: Shipped) -> dict[str, Lost]:
    lost = {}
    with snapshot() as log:
        for chain, signed in known.by_chain.items():
            head, hashes = log.head(chain), signed_hashes(signed, chain)[0]
            held, last = head.seq if head else 0, max(hashes, default=0)
            if last > held:
                lost[chain] = Lost(held + 1, last)
    return lost


def _is_held(signed: SignedCheckpoint, lost: Lost | None) -> bool:
    return lost is None or decode_statement(signed).seq < lost.first


def _write(path: Path, signed: list[SignedCheckpoint]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for one in signed:
            fields = {"statement": one.statement, "signature": base64.b64encode(one.signature).decode()}
            file.write(json.dumps(fields) + "\n")
        file.flush()
        os.fsync(descriptor)


def _entry(reason: str, by: Actor, lost: Mapping[str, Lost]) -> Entry:
    gone = {chain: {"first": each.first, "last": each.last} for chain, each in lost.items()}
    return Entry(
        event=Event.LOG_RESTORED, actor=by, organisation_id=None, details={"reason": reason.strip(), "lost": gone}
    )
