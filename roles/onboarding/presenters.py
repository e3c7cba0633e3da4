"""The steps as the page shows them."""

from dataclasses import dataclass

from roles.access.onboardingsteps import required_of
from roles.models import OnboardingStep, Organisation, Step
from roles.onboarding.forms import StepForm, TakenBackForm
from roles.onboarding.guidance import Guidance, guidance


@dataclass(slots=True)
class StepRow:
    """taken: None while the step is missing. form and back: to take it, and to take it back."""

    guidance: Guidance
    taken: OnboardingStep | None
    form: StepForm
    back: TakenBackForm

    @property
    def step(self) -> Step:
        return self.guidance.step


def step_rows(organisation: Organisation) -> list[StepRow]:
    """Those that the organisation's door asks for, in order."""
    taken = {row.step: row for row in organisation.onboarding_steps.select_related("recorded_by") if row.stands}
    return [
        StepRow(guidance(step), taken.get(step), StepForm(step=step), TakenBackForm(step=step))
        for step in required_of(organisation.organisation_number)
    ]
