"""Queries on the log of one organisation, by person, actor, intent and time."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections
from pytest_django import Settings

from roles.audit import Outcome, Subject, append
from roles.audit.models import AuditEntry, EntryQuerySet
from tests.roles.audit.acts import (
    ADMINISTRATOR,
    CASEWORKER,
    NUMBER,
    OLDER_NUMBER,
    OTHER_NUMBER,
    batch,
    lookup,
    numbers,
)

pytestmark = pytest.mark.django_db


def seqs(entries: EntryQuerySet) -> list[int]:
    return [entry.seq for entry in entries]


def test_an_organisation_sees_its_own_log_alone(organisation: UUID, neighbour: UUID) -> None:
    append(lookup(organisation), on="audit")
    append(lookup(neighbour), on="audit")
    append(lookup(None), on="audit")
    assert [entry.chain for entry in AuditEntry.objects.of_organisation(organisation)] == [str(organisation)]
    assert [entry.chain for entry in AuditEntry.objects.of_organisation(None)] == ["0"]


def test_a_person_is_found_in_lookups_and_in_batches(organisation: UUID, neighbour: UUID) -> None:
    append(lookup(organisation, NUMBER), on="audit")
    append(lookup(organisation, OTHER_NUMBER), on="audit")
    batch(organisation, [*numbers(20), NUMBER])
    batch(organisation, numbers(20))
    append(lookup(neighbour, NUMBER), on="audit")
    assert seqs(AuditEntry.objects.about(organisation, NUMBER)) == [1, 3]


def test_a_person_with_a_new_number_is_found_by_either(organisation: UUID) -> None:
    append(replace(lookup(organisation), subject=Subject(OLDER_NUMBER, NUMBER)), on="audit")
    append(lookup(organisation, NUMBER), on="audit")
    assert seqs(AuditEntry.objects.about(organisation, NUMBER)) == [1, 2]
    assert seqs(AuditEntry.objects.about(organisation, OLDER_NUMBER)) == [1]


def test_a_number_is_found_however_it_was_spaced(organisation: UUID) -> None:
    append(lookup(organisation, f"{NUMBER[:6]} {NUMBER[6:]}"), on="audit")
    assert seqs(AuditEntry.objects.about(organisation, f" {NUMBER} ")) == [1]


def test_a_person_is_still_found_after_the_master_key_was_rotated(organisation: UUID, settings: Settings) -> None:
    append(lookup(organisation), on="audit")
    settings.FIKSREG_MASTER_KEYS = [b"n" * 32, *settings.FIKSREG_MASTER_KEYS]
    append(lookup(organisation), on="audit")
    assert seqs(AuditEntry.objects.about(organisation, NUMBER)) == [1, 2]


def test_what_one_employee_did_and_what_belongs_to_one_act(organisation: UUID) -> None:
    intent = uuid4()
    append(replace(lookup(organisation), intent_id=intent), on="audit")
    append(replace(lookup(organisation), actor=ADMINISTRATOR, intent_id=intent), on="audit")
    append(lookup(organisation), on="audit")
    log = AuditEntry.objects.of_organisation(organisation)
    assert seqs(log.by_actor(CASEWORKER.id)) == [1, 3]
    assert seqs(log.of_intent(intent)) == [1, 2]


def test_entries_are_found_from_a_time_to_just_before_another(organisation: UUID) -> None:
    for _ in range(3):
        append(lookup(organisation), on="audit")
    log = AuditEntry.objects.of_organisation(organisation)
    first, _second, third = log
    assert seqs(log.between(first.recorded_at, third.recorded_at)) == [1, 2]
    assert seqs(log.between(third.recorded_at, third.recorded_at + timedelta(microseconds=1))) == [3]


def test_the_body_comes_back_as_fields(organisation: UUID) -> None:
    act = replace(
        lookup(organisation),
        role_id=uuid4(),
        service_area="BARNEHAGE",
        legal_bases=("barnehageloven-20", "folkeregisterloven-10-1"),
        elements_asked=frozenset({"navn", "foedsel"}),
        elements_delivered=("navn",),
        flags=("same-surname",),
        criteria={"name": "c0ffee"},
        purpose="2026/17",
        request_id="req-1",
        outcome=Outcome.DELIVERED,
    )
    append(act, on="audit")
    fields = AuditEntry.objects.of_organisation(organisation).get().fields
    assert fields["elements_asked"] == ["foedsel", "navn"]
    assert fields["elements_delivered"] == ["navn"]
    assert fields["role"] == str(act.role_id)
    assert (fields["purpose"], fields["criteria"], fields["request"]) == ("2026/17", {"name": "c0ffee"}, "req-1")
    assert "details" not in fields


def test_no_question_reads_more_of_the_log_than_its_answer(organisation: UUID) -> None:
    log = AuditEntry.objects.of_organisation(organisation)
    questions = [
        AuditEntry.objects.about(organisation, NUMBER),
        log.by_actor(CASEWORKER.id),
        log.of_intent(uuid4()),
    ]
    with connections["default"].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")  # the tables are too small for the planner to care
        plans = [question.explain() for question in questions]
    assert [index for plan, index in zip(plans, ("asked", "actor", "intent"), strict=True) if index not in plan] == []
    assert [plan for plan in plans if "Seq Scan" in plan] == []
