"""changed(): the entry of a change holds what the caller gave, and nothing else."""

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from roles import audit
from roles.actors import DOOR, actor_of
from roles.audit import Event, Outcome, WrongConnection
from roles.audit.models import AuditEntry
from roles.models import Employee
from tests.roles.audit.acts import NUMBER

pytestmark = pytest.mark.django_db


def told(organisation: UUID) -> dict[str, object]:
    (entry,) = AuditEntry.objects.of_organisation(organisation)
    return dict(entry.fields)


def test_only_what_the_caller_gives_stands_in_the_entry(organisation: UUID) -> None:
    with transaction.atomic():
        audit.changed(Event.ONBOARDING_STEP_TAKEN, by=DOOR, organisation=organisation, before=None)
    assert told(organisation)["details"] == {"before": None}


def test_a_change_tells_before_after_reason_and_what_it_has_beside(organisation: UUID) -> None:
    with transaction.atomic():
        audit.changed(
            Event.ROLE_DELETED,
            by=DOOR,
            organisation=organisation,
            before={"name": "A"},
            after={"name": "B"},
            reason="Ferdig",
            details={"ended": ["x"]},
        )
    assert told(organisation)["details"] == {
        "before": {"name": "A"},
        "after": {"name": "B"},
        "reason": "Ferdig",
        "ended": ["x"],
    }


def test_the_role_it_is_about_and_how_it_ended_stand_where_every_entry_has_them(organisation: UUID) -> None:
    role = uuid4()
    with transaction.atomic():
        audit.changed(
            Event.ROLE_CHANGED,
            by=DOOR,
            organisation=organisation,
            role_id=role,
            service_area="BARNEHAGE",
            bases=("b", "a"),
            outcome=Outcome.DENIED,
            request_id="bcdf",
        )
    fields = told(organisation)
    assert [fields[name] for name in ("role", "service_area", "legal_bases", "outcome", "request")] == [
        str(role),
        "BARNEHAGE",
        ["a", "b"],
        "denied",
        "bcdf",
    ]


def test_an_employee_who_changes_something_is_named_by_our_own_id_and_never_by_a_number(organisation: UUID) -> None:
    employee = Employee.objects.create_employee(issuer="https://idp.example", subject="s", display_name=NUMBER)
    with transaction.atomic():
        audit.changed(Event.GROUP_CREATED, by=employee, organisation=organisation)
    assert told(organisation)["actor"] == {"kind": "employee", "id": str(employee.pk), "label": employee.code}
    assert actor_of(employee).label == employee.code


def test_a_change_falls_with_its_entry_and_is_refused_where_it_could_not(organisation: UUID) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        audit.changed(Event.GROUP_CHANGED, by=DOOR, organisation=organisation)
        raise ZeroDivisionError
    assert list(AuditEntry.objects.of_organisation(organisation)) == []
    with pytest.raises(WrongConnection):
        audit.changed(Event.GROUP_CHANGED, by=DOOR, organisation=organisation)
