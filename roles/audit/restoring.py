"""After a restore from a backup the log may be shorter than the checkpoints that were shipped of it: entries are lost.

Verification says so for ever, as it must. Who has found out why may say so in the log itself, and go on with a file of
checkpoints that holds what the log still holds. The old file is kept: it is what shows how much is gone.
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
from roles.audit.shipping import Shipped, shipped
from roles.audit.signing import SignedCheckpoint, decode_statement
from roles.audit.snapshots import snapshot
from roles.audit.verification import broken_chains


class NotARestore(Exception):
    """Something else than a lost end is wrong with the log; the text names it. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The entries of a chain that a checkpoint speaks of and the log no longer holds, first and last."""

    first: int
    last: int


def accept_restore(*, reason: str, by: Actor, into: Path) -> Mapping[str, Lost]:
    """Writes the checkpoints that the log still holds to a new file, and what is lost to the installation's chain.

    Raises NotARestore where anything but the ends of chains is wrong or nothing is; FileExistsError.
    """
    known = shipped()
    _refuse_other_faults()
    lost = _lost(known)
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


def _lost(known: Shipped) -> dict[str, Lost]:
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
