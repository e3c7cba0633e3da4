"""The steps, taken and taken back. Atomic, checked against what `by` administers, and logged."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.access.administration import administers
from roles.audit import JSON, Entry, Event, append
from roles.granting.widening import widen
from roles.models import Employee, OnboardingStep, Organisation, Role, Step
from roles.violations import PolicyViolation


def may_take_steps(organisation: Organisation, by: Employee) -> bool:
    """The organisation's own administrator and the central one; who only gives roles may look."""
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
    """The step as taken; said again, it corrects what was said. Raises PolicyViolation."""
    _check_may(organisation, by)
    _check(step, done_on, (document, version, signer))
    current = _current(organisation, step)
    before = _described(current)
    if current is None or not current.stands:
        widen(Role.objects.filter(organisation=organisation), by=by)
    row = current or OnboardingStep(organisation=organisation, step=step)
    row.done_on, row.recorded_by, row.recorded_at = done_on, by, timezone.now()
    if step == Step.AGREEMENT:
        row.document, row.version, row.signer = document.strip(), version.strip(), signer.strip()
    row.delegated_to = settings.FOLKEREGISTER_OPERATOR if step == Step.DELEGATION else ""
    row.save()
    _log(Event.ONBOARDING_STEP_TAKEN, organisation, by, {"before": before, "after": _described(row)})
    return row


@transaction.atomic
def take_step_back(*, organisation: Organisation, step: Step, by: Employee, reason: str) -> None:
    """From now on nobody in the organisation looks anybody up. Raises PolicyViolation."""
    _check_may(organisation, by)
    if not reason.strip():
        raise PolicyViolation(_("Skriv hvorfor steget ikke lenger gjelder."), about="reason")
    if (row := _current(organisation, step)) is None:
        return
    details: Mapping[str, JSON] = {"before": _described(row), "after": None, "reason": reason.strip()}
    row.delete()
    _log(Event.ONBOARDING_STEP_TAKEN_BACK, organisation, by, details)


def _current(organisation: Organisation, step: Step) -> OnboardingStep | None:
    """Locked by its organisation, since there may be no row of its own yet."""
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


def _described(row: OnboardingStep | None) -> Mapping[str, JSON] | None:
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


def _log(event: Event, organisation: Organisation, by: Employee, details: Mapping[str, JSON]) -> None:
    append(Entry(event=event, actor=actor_of(by), organisation_id=organisation.pk, details=details), on="default")
