"""The onboarding steps of an organisation: the rows of their page and the forms."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from roles.access.onboardingsteps import required_of
from roles.admin.base.serviceforms import ServiceForm
from roles.models import Employee, OnboardingStep, Organisation, Step
from roles.onboarding.guidance import Guidance, guidance


class StepForm(ServiceForm):
    """The form that takes a step: the date; for the agreement also its name and who signed it."""

    done_on = forms.DateField(label=_("Dato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    document = forms.CharField(label=_("Avtale"), max_length=200)
    version = forms.CharField(label=_("Versjon"), max_length=50)
    signer = forms.CharField(label=_("Signert av"), max_length=200, help_text=_("Navn og stilling."))

    def __init__(self, data: Any = None, *, by: Employee, step: Step) -> None:
        super().__init__(data, by=by, prefix=step.value)
        if step != Step.AGREEMENT:
            for name in ("document", "version", "signer"):
                del self.fields[name]


class TakenBackForm(ServiceForm):
    """The form that takes a step back: the reason."""

    reason = forms.CharField(label=_("Hvorfor steget ikke lenger gjelder"), max_length=500)

    def __init__(self, data: Any = None, *, by: Employee, step: Step) -> None:
        super().__init__(data, by=by, prefix=f"{step.value}-back")


@dataclass(slots=True)
class StepRow:
    """One step on the page. taken: None while the step is missing. form: takes the step, or takes it back."""

    guidance: Guidance
    taken: OnboardingStep | None
    form: ServiceForm

    @property
    def step(self) -> Step:
        return self.guidance.step


def step_rows(organisation: Organisation, *, by: Employee) -> list[StepRow]:
    """The steps that the organisation's door requires, in order."""
    rows = organisation.onboarding_steps.select_related("recorded_by")
    taken = {row.step: row for row in rows if row.stands}
    return [_row(step, taken.get(step), by) for step in required_of(organisation.organisation_number)]


def _row(step: Step, taken: OnboardingStep | None, by: Employee) -> StepRow:
    form: ServiceForm = TakenBackForm(by=by, step=step) if taken else StepForm(by=by, step=step)
    return StepRow(guidance(step), taken, form)
