"""The log of everything anybody saw or changed: append-only, hash-chained per organisation. append() is its one door,
and changed() is how a change comes to it.

Disclosures go on="audit", a connection that commits each entry at once: what was asked stays logged whatever fails
later. Changes go on="default", last in their own transaction: a change and its entry stand or fall together.
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
    """Puts one entry at the end of its chain, in one round trip, and returns where it stands.

    subjects: the persons of an act that is about many, beside entry.subject. on="audit": committed when this returns.
    on="default": committed with the caller's transaction. Raises MissingActor, WrongConnection or LogBusy; whatever it
    raises, nothing was logged and nothing may leave.
    """
    if not entry.actor or not entry.actor.id:
        raise MissingActor(entry.event.value)
    _refuse_wrong_connection(on)
    persons = [*([entry.subject] if entry.subject else []), *subjects]
    chain = chain_of(entry.organisation_id)
    if on == "default":
        # Else PostgreSQL would look at a change's foreign keys when it commits: with thousands of rows every lookup of
        # the organisation would wait meanwhile, for the chain that is taken here.
        connections["default"].check_constraints()
    try:
        seq = _execute(on, chain, canonical(entry), columns(entry.organisation_id, persons))
    finally:
        if on == "audit":
            connections["audit"].close()  # back into its pool: nobody waits for anything with one of it in hand
    if on == "default":
        transaction.on_commit(_change_is_open, using="default")
    return Receipt(chain, seq)


class Told(TypedDict, total=False):
    """Names and ids before and after, and the reason that was typed. What is not given does not stand in the entry."""

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
    """Logs a change as the last thing in its own transaction: they stand or fall together.

    organisation: the id of the one whose log it goes to; None is the installation's own. bases: keys of the role's
    legal bases. details: what the entry tells beside before, after and reason. Raises as append() does.
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
    """Marks a transaction that holds a chain head: it stands in run_on_commit exactly as long as PostgreSQL's lock."""


def _has_open_change() -> bool:
    return any(callback is _change_is_open for _, callback, *_ in connections["default"].run_on_commit)
