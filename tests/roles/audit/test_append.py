"""append(): which entries it takes, on which connection, and what it stores."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import cast
from uuid import UUID

import psycopg
import pytest
from django.db import connections, transaction

from roles.actors import Actor
from roles.audit import LogBusy, MissingActor, Receipt, Subject, WrongConnection, append
from roles.audit.models import AuditEntry, AuditSubject
from roles.audit.verification import verify_organisation
from tests.roles.audit.acts import CASEWORKER, NUMBER, OLDER_NUMBER, batch, change, lookup, numbers
from tests.services import Services

pytestmark = pytest.mark.django_db


class Interrupted(Exception):
    """Stands for any error after the entry."""


@pytest.fixture
def impatience(superuser: "psycopg.Connection[tuple[object, ...]]") -> Iterator[None]:
    """Shortens the wait for a chain, which is four seconds."""
    superuser.execute("ALTER FUNCTION audit_append SET lock_timeout = '20ms'")
    yield
    superuser.execute("ALTER FUNCTION audit_append SET lock_timeout = '4s'")


def entries_of(organisation_id: UUID | None) -> list[AuditEntry]:
    return list(AuditEntry.objects.of_organisation(organisation_id))


def test_entries_of_an_organisation_are_numbered_from_one_whatever_the_neighbour_does(
    organisation: UUID, neighbour: UUID
) -> None:
    receipts = [append(lookup(whose), on="audit") for whose in (organisation, neighbour, organisation)]
    assert [receipt.seq for receipt in receipts] == [1, 1, 2]
    assert [receipt.chain for receipt in receipts] == [str(organisation), str(neighbour), str(organisation)]


def test_an_act_without_an_organisation_goes_to_the_chain_of_the_installation() -> None:
    assert append(change(None), on="audit").chain == "0"


@pytest.mark.parametrize("nobody", [None, Actor(kind="system", id="", label="")])
def test_an_act_without_an_actor_is_not_logged(organisation: UUID, nobody: Actor | None) -> None:
    with pytest.raises(MissingActor):
        append(replace(lookup(organisation), actor=cast(Actor, nobody)), on="audit")
    assert entries_of(organisation) == []


def test_a_disclosure_is_committed_when_append_returns(organisation: UUID) -> None:
    with suppress(Interrupted), transaction.atomic():
        append(lookup(organisation), on="audit")
        raise Interrupted
    assert len(entries_of(organisation)) == 1


def test_a_change_and_its_entry_fall_together(organisation: UUID) -> None:
    with suppress(Interrupted), transaction.atomic():
        append(change(organisation), on="default")
        raise Interrupted
    assert entries_of(organisation) == []


def test_a_change_is_refused_outside_a_transaction(organisation: UUID) -> None:
    with pytest.raises(WrongConnection):
        append(change(organisation), on="default")


def test_a_disclosure_is_refused_in_a_transaction_that_would_commit_it_later(organisation: UUID) -> None:
    with transaction.atomic(using="audit"), pytest.raises(WrongConnection):
        append(lookup(organisation), on="audit")


def test_a_disclosure_is_refused_while_a_logged_change_is_open(organisation: UUID) -> None:
    with transaction.atomic():
        append(change(organisation), on="default")
        with pytest.raises(WrongConnection):
            append(lookup(organisation), on="audit")
    assert append(lookup(organisation), on="audit").seq == 2


def test_a_disclosure_is_let_through_once_the_open_change_was_taken_back(organisation: UUID) -> None:
    with transaction.atomic():
        with suppress(Interrupted), transaction.atomic():
            append(change(organisation), on="default")
            raise Interrupted
        assert append(lookup(organisation), on="audit").seq == 1


def test_a_chain_that_another_process_holds_too_long_is_said_to_be_busy(
    organisation: UUID, impatience: None, running: Services
) -> None:
    append(lookup(organisation), on="audit")
    with running.postgres.connect("postgres", "fiksreg") as holder, holder.transaction():
        holder.execute("SELECT FROM audit_head WHERE chain = %s FOR UPDATE", [str(organisation)])
        with pytest.raises(LogBusy):
            append(lookup(organisation), on="audit")
    assert append(lookup(organisation), on="audit").seq == 2


def test_sixteen_threads_on_one_chain_leave_no_gap_and_break_nothing(organisation: UUID) -> None:
    def ten_lookups(_thread: int) -> list[Receipt]:
        try:
            return [append(lookup(organisation), on="audit") for _ in range(10)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        receipts = [receipt for ten in pool.map(ten_lookups, range(16)) for receipt in ten]
    assert sorted(receipt.seq for receipt in receipts) == list(range(1, 161))
    assert verify_organisation(organisation).ok


def test_a_change_that_waits_to_commit_makes_the_next_entry_wait_and_follow(organisation: UUID) -> None:
    def disclose() -> int:
        try:
            return append(lookup(organisation), on="audit").seq
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            append(change(organisation), on="default")
            waiting = pool.submit(disclose)
        assert waiting.result(timeout=10) == 2
    assert [entry.event for entry in entries_of(organisation)] == ["role:role:changed", "lookup:person:answered"]


def test_no_number_stands_anywhere_in_the_log_but_in_a_sealed_box(organisation: UUID) -> None:
    append(replace(lookup(organisation), subject=Subject(NUMBER, OLDER_NUMBER), purpose=f"Om {NUMBER}"), on="audit")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT e::text || s::text FROM audit_entry e JOIN audit_subject s USING (chain, seq)")
        (text,) = cursor.fetchone()
    assert NUMBER not in text
    assert OLDER_NUMBER not in text
    assert NUMBER.encode().hex() not in text


def test_the_sealed_box_opens_to_both_numbers_for_the_same_organisation(organisation: UUID) -> None:
    append(replace(lookup(organisation), subject=Subject(f"{OLDER_NUMBER[:6]} {OLDER_NUMBER[6:]}", NUMBER)), on="audit")
    assert AuditSubject.objects.get(chain=str(organisation)).numbers(organisation) == (OLDER_NUMBER, NUMBER)


def test_many_persons_are_one_entry_with_a_row_each_in_their_order(organisation: UUID) -> None:
    receipt = batch(organisation, numbers(1000))
    rows = AuditSubject.objects.filter(chain=receipt.chain, seq=receipt.seq)
    assert [row.numbers(organisation)[0] for row in rows] == numbers(1000)
    assert len(entries_of(organisation)) == 1


def test_an_entry_of_an_actor_carries_the_time_of_the_database(organisation: UUID) -> None:
    append(lookup(organisation), on="audit")
    append(lookup(organisation), on="audit")
    first, second = entries_of(organisation)
    assert first.recorded_at < second.recorded_at
    assert first.actor_id == CASEWORKER.id
