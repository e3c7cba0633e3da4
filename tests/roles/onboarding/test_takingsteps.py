"""Who may record onboarding steps, that it is logged, and that nobody has access until all steps are taken."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import Settings

from integrations.folkeregisteret.doors import SkatteetatenDoor
from roles.access import NotTakenIntoUse, access_for
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.models import AdministratorKind, Administratorship, Employee, OnboardingStep, Step, Use
from roles.onboarding.takingsteps import take_step, take_step_back
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
AGREEMENT = {"document": "Tjenesteavtale", "version": "2.1", "signer": "Kari Direktør"}


@pytest.fixture
def nord() -> Tenant:
    return newcomer("Nord")


@pytest.fixture
def sor() -> Tenant:
    return newcomer("Sør")


def newcomer(name: str) -> Tenant:
    """An organisation that has taken no step, with somebody who holds its role and its own administrator."""
    made = tenant(name)
    OnboardingStep.objects.filter(organisation=made.organisation).delete()
    give_role(role=made.role, employee=made.caseworker, by=made.administrator)
    return made


def owner(where: Tenant) -> Employee:
    Administratorship.objects.create(
        employee=where.administrator, organisation=where.organisation, kind=AdministratorKind.ORGANISATION
    )
    return where.administrator


def take(where: Tenant, step: Step, by: Employee, done_on: date = TODAY, **agreement: Any) -> None:
    take_step(organisation=where.organisation, step=step, by=by, done_on=done_on, **agreement)


def missing(where: Tenant) -> tuple[Step, ...]:
    with pytest.raises(NotTakenIntoUse) as refused:
        access_for(where.caseworker, where.role.pk, Use.SEARCH)
    return refused.value.missing


def last() -> AuditEntry:
    entry = AuditEntry.objects.order_by("seq").last()
    assert entry is not None
    return entry


def test_nobody_has_access_until_every_step_is_taken_and_then_only_in_that_organisation(
    nord: Tenant, sor: Tenant
) -> None:
    by = owner(nord)
    assert missing(nord) == (Step.TERMS, Step.AGREEMENT)
    take(nord, Step.TERMS, by)
    assert missing(nord) == (Step.AGREEMENT,)
    take(nord, Step.AGREEMENT, by, **AGREEMENT)
    assert access_for(nord.caseworker, nord.role.pk, Use.SEARCH).organisation_id == nord.organisation.pk
    assert missing(sor) == (Step.TERMS, Step.AGREEMENT)


def test_an_organisation_behind_an_operator_must_have_delegated_to_it(nord: Tenant, settings: Settings) -> None:
    by = owner(nord)
    take(nord, Step.TERMS, by)
    take(nord, Step.AGREEMENT, by, **AGREEMENT)
    number = nord.organisation.organisation_number
    settings.FOLKEREGISTER_DOORS = {number: SkatteetatenDoor("https://register.example", consumer_org=number)}
    assert missing(nord) == (Step.DELEGATION,)
    take(nord, Step.DELEGATION, by)
    assert access_for(nord.caseworker, None, Use.SEARCH)
    settings.FOLKEREGISTER_OPERATOR = "310000019"
    assert missing(nord) == (Step.DELEGATION,)


def test_a_step_taken_back_closes_at_once_and_both_are_logged(nord: Tenant) -> None:
    by = central_administrator()
    take(nord, Step.TERMS, by)
    take(nord, Step.AGREEMENT, by, **AGREEMENT)
    assert (last().event, last().fields["details"]["after"]["signer"]) == ("role:onboarding:taken", "Kari Direktør")
    take_step_back(organisation=nord.organisation, step=Step.AGREEMENT, by=by, reason="Sagt opp")
    assert missing(nord) == (Step.AGREEMENT,)
    assert (last().event, last().fields["details"]["reason"]) == ("role:onboarding:taken-back", "Sagt opp")
    assert last().fields["details"]["before"]["version"] == "2.1"


def test_recording_a_step_again_corrects_the_record(nord: Tenant) -> None:
    by = owner(nord)
    take(nord, Step.AGREEMENT, by, **AGREEMENT)
    take(nord, Step.AGREEMENT, by, **{**AGREEMENT, "version": "3"})
    assert nord.organisation.onboarding_steps.get().version == "3"
    assert [last().fields["details"][when]["version"] for when in ("before", "after")] == ["2.1", "3"]


def test_a_role_administrator_or_one_of_another_organisation_takes_no_step(nord: Tenant, sor: Tenant) -> None:
    before = AuditEntry.objects.count()
    for by in (nord.administrator, owner(sor), nord.caseworker):
        with pytest.raises(PolicyViolation):
            take(nord, Step.TERMS, by)
        with pytest.raises(PolicyViolation):
            take_step_back(organisation=nord.organisation, step=Step.TERMS, by=by, reason="x")
    assert AuditEntry.objects.count() == before
    assert not OnboardingStep.objects.exists()


@pytest.mark.parametrize("left_out", AGREEMENT)
def test_an_agreement_is_named_and_signed(nord: Tenant, left_out: str) -> None:
    with pytest.raises(PolicyViolation):
        take(nord, Step.AGREEMENT, owner(nord), **{**AGREEMENT, left_out: " "})
    with pytest.raises(IntegrityError):
        OnboardingStep.objects.create(
            organisation=nord.organisation, step=Step.AGREEMENT, done_on=TODAY, **{**AGREEMENT, left_out: ""}
        )


def test_a_step_is_neither_taken_in_the_future_nor_withdrawn_without_a_reason(nord: Tenant) -> None:
    by = owner(nord)
    with pytest.raises(PolicyViolation):
        take(nord, Step.TERMS, by, TODAY + timedelta(days=1))
    take(nord, Step.TERMS, by)
    with pytest.raises(PolicyViolation):
        take_step_back(organisation=nord.organisation, step=Step.TERMS, by=by, reason=" ")
    assert nord.organisation.onboarding_steps.count() == 1


def test_a_delegation_alone_names_the_operator_and_an_agreement_alone_who_signed(
    nord: Tenant, settings: Settings
) -> None:
    settings.FOLKEREGISTER_OPERATOR = "310000019"
    by = owner(nord)
    for step in Step:
        take(nord, step, by, **AGREEMENT)
    said = {row.step: (row.delegated_to, row.document, row.signer) for row in nord.organisation.onboarding_steps.all()}
    assert said == dict.fromkeys(Step, ("", "", "")) | {
        Step.DELEGATION: ("310000019", "", ""),
        Step.AGREEMENT: ("", "Tjenesteavtale", "Kari Direktør"),
    }


def test_a_holder_of_a_role_does_not_record_a_delegation_to_another_operator(nord: Tenant, settings: Settings) -> None:
    by = owner(nord)
    take(nord, Step.DELEGATION, by)
    settings.FOLKEREGISTER_OPERATOR = "310000019"
    holder = nord.caseworker
    Administratorship.objects.create(
        employee=holder, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    with pytest.raises(PolicyViolation):
        take(nord, Step.DELEGATION, holder)
    take(nord, Step.DELEGATION, by)
    assert nord.organisation.onboarding_steps.get().delegated_to == "310000019"
