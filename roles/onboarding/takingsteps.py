"""Recording and withdrawing onboarding steps. Each change is atomic, checked against what `by` administers, and
logged."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.audit import JSON, Event
from roles.granting.widening import widen
from roles.models import Employee, OnboardingStep, Organisation, Role, Step
from roles.violations import PolicyViolation


def may_take_steps(organisation: Organisation, by: Employee) -> bool:
    """Whether `by` is a central administrator or one of the organisation. A role administrator may only look."""
    rights = administers(by)
    return rights.central or organisation.pk in rights.may_appoint


@transaction.atomic
def take_step(
    *,
    organisation: Organisation,
    step: Step,
    by: Employee,
    done_on: date,
    document: str = "",
    version: str = "",
    signer: str = "",
) -> OnboardingStep:
    """Records the step; when it is recorded already, corrects the record. Raises PolicyViolation.

    document, version, signer: of the agreement; ignored for other steps.
    """
    _check_may(organisation, by)
    _check(step, done_on, (document, version, signer))
    current = _lock_step(organisation, step)
    before = _log_details(current)
    if current is None or not current.stands:
        widen(Role.objects.filter(organisation=organisation), by=by)
    row = current or OnboardingStep(organisation=organisation, step=step)
    row.done_on, row.recorded_by, row.recorded_at = done_on, by, timezone.now()
    if step == Step.AGREEMENT:
        row.document, row.version, row.signer = document.strip(), version.strip(), signer.strip()
    row.delegated_to = settings.FOLKEREGISTER_OPERATOR if step == Step.DELEGATION else ""
    row.save()
    audit.changed(
        Event.ONBOARDING_STEP_TAKEN, by=by, organisation=organisation.pk, before=before, after=_log_details(row)
    )
    return row


@transaction.atomic
def take_step_back(*, organisation: Organisation, step: Step, by: Employee, reason: str) -> None:
    """Withdraws the step, so that nobody in the organisation can look up persons. Raises PolicyViolation."""
    _check_may(organisation, by)
    if not reason.strip():
        raise PolicyViolation(_("Skriv hvorfor steget ikke lenger gjelder."), about="reason")
    if (row := _lock_step(organisation, step)) is None:
        return
    before = _log_details(row)
    row.delete()
    audit.changed(
        Event.ONBOARDING_STEP_TAKEN_BACK,
        by=by,
        organisation=organisation.pk,
        before=before,
        after=None,
        reason=reason.strip(),
    )


def _lock_step(organisation: Organisation, step: Step) -> OnboardingStep | None:
    """The step's row or None. Locks the organisation instead of the row, which may not exist yet."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return OnboardingStep.objects.filter(organisation=organisation, step=step).first()


def _check_may(organisation: Organisation, by: Employee) -> None:
    if not may_take_steps(organisation, by):
        raise PolicyViolation(_("Du kan ikke føre inn steg for denne virksomheten."))


def _check(step: Step, done_on: date, agreement: tuple[str, str, str]) -> None:
    if done_on > timezone.localdate():
        raise PolicyViolation(_("Datoen kan ikke være fram i tid."), about="done_on")
    if step == Step.AGREEMENT and not all(text.strip() for text in agreement):
        raise PolicyViolation(_("Skriv hvilken avtale det er, versjonen og hvem som signerte."))


def _log_details(row: OnboardingStep | None) -> Mapping[str, JSON] | None:
    if row is None:
        return None
    return {
        "step": row.step,
        "done_on": row.done_on.isoformat(),
        "document": row.document,
        "version": row.version,
        "signer": row.signer,
        "delegated_to": row.delegated_to,
    }
