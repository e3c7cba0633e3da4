"""The audit log of everything that was disclosed or changed: append-only, hash-chained per organisation. append() is
the only function that writes to it; changed() calls it for a change.

Disclosures are written on="audit", a connection that commits each entry at once, so that a question stays logged even
if the disclosure fails later. Changes are written on="default", as the last statement in their own transaction: a
change and its entry are committed together or not at all.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, cast
from uuid import UUID

from django.db import OperationalError, connections, transaction
from psycopg.errors import LockNotAvailable, QueryCanceled

from roles.actors import Actor, actor_of
from roles.audit.canonical import canonical
from roles.audit.entries import (
    JSON,
    Entry,
    Event,
    LogBusy,
    MissingActor,
    Outcome,
    Receipt,
    Subject,
    WrongConnection,
    chain_of,
)
from roles.audit.subjects import Columns, columns

if TYPE_CHECKING:
    from roles.models import Employee

__all__ = [
    "JSON",
    "Entry",
    "Event",
    "LogBusy",
    "MissingActor",
    "Outcome",
    "Receipt",
    "Subject",
    "WrongConnection",
    "append",
    "changed",
]

Connection = Literal["audit", "default"]
_APPEND = "SELECT audit_append(%s, %s, %s::bytea[], %s::bytea[], %s::bytea[], %s::text[])"


def append(entry: Entry, *, subjects: Sequence[Subject] = (), on: Connection) -> Receipt:
    """Appends one entry to its chain, in one round trip, and returns its place there.

    subjects: the persons of an act about many, in addition to entry.subject. on="audit": committed when this returns.
    on="default": committed with the caller's transaction. Raises MissingActor, WrongConnection or LogBusy. Whenever it
    raises, nothing was logged and nothing may be disclosed.
    """
    if not entry.actor or not entry.actor.id:
        raise MissingActor(entry.event.value)
    _refuse_wrong_connection(on)
    persons = [*([entry.subject] if entry.subject else []), *subjects]
    chain = chain_of(entry.organisation_id)
    if on == "default":
        # Checked now, not at commit: with thousands of rows the check takes long, and every lookup of the organisation
        # would wait for it once this transaction holds the lock of the chain.
        connections["default"].check_constraints()
    try:
        seq = _execute(on, chain, canonical(entry), columns(entry.organisation_id, persons))
    finally:
        if on == "audit":
            connections["audit"].close()  # back into its pool, so that no thread holds one while it waits
    if on == "default":
        transaction.on_commit(_change_is_open, using="default")
    return Receipt(chain, seq)


class Told(TypedDict, total=False):
    """The names and ids before and after a change, and the typed reason. Missing keys are left out of the entry."""

    before: JSON
    after: JSON
    reason: str


def changed(
    event: Event,
    *,
    by: "Actor | Employee",
    organisation: UUID | None,
    role_id: UUID | None = None,
    service_area: str = "",
    bases: tuple[str, ...] = (),
    outcome: Outcome | None = None,
    request_id: str = "",
    details: Mapping[str, JSON] | None = None,
    **told: Unpack[Told],
) -> Receipt:
    """Logs a change. Must be the last statement in the transaction of the change, so that both are committed or
    neither.

    organisation: id of the organisation whose chain the entry goes to; None means the installation's own chain. bases:
    keys of the role's legal bases. details: further details beside before, after and reason. Raises as append() does.
    """
    entry = Entry(
        event=event,
        actor=by if isinstance(by, Actor) else actor_of(by),
        organisation_id=organisation,
        role_id=role_id,
        service_area=service_area,
        legal_bases=bases,
        outcome=outcome,
        request_id=request_id,
        details={**cast("Mapping[str, JSON]", told), **(details or {})},
    )
    return append(entry, on="default")


def _execute(on: Connection, chain: str, body: str, persons: Columns) -> int:
    try:
        with connections[on].cursor() as cursor:
            cursor.execute(_APPEND, (chain, body, *persons))
            (seq,) = cursor.fetchone()
            return int(seq)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | QueryCanceled):
            raise LogBusy("the chain is held by another transaction") from error
        raise


def _refuse_wrong_connection(on: Connection) -> None:
    if on == "default" and not connections["default"].in_atomic_block:
        raise WrongConnection("a change is logged in its own transaction: none is open")
    if on == "audit" and connections["audit"].in_atomic_block:
        raise WrongConnection("a disclosure is committed at once: a transaction is open on the audit connection")
    if on == "audit" and _has_open_change():
        raise WrongConnection("never a disclosure while a change is open: they would wait for each other's chain head")


def _change_is_open() -> None:
    """Does nothing. While it is registered in run_on_commit, the transaction holds PostgreSQL's lock on a chain
    head."""


def _has_open_change() -> bool:
    return any(callback is _change_is_open for _, callback, *_ in connections["default"].run_on_commit)
