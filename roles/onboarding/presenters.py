"""The onboarding steps as the page shows them."""

from dataclasses import dataclass

from roles.access.onboardingsteps import required_of
from roles.models import OnboardingStep, Organisation, Step
from roles.onboarding.forms import StepForm, TakenBackForm
from roles.onboarding.guidance import Guidance, guidance


@dataclass(slots=True)
class StepRow:
    """One step. taken: its row, None while the step is missing. form: to record it. back: to withdraw it."""

    guidance: Guidance
    taken: OnboardingStep | None
    form: StepForm
    back: TakenBackForm

    @property
    def step(self) -> Step:
        return self.guidance.step


def step_rows(organisation: Organisation) -> list[StepRow]:
    """The steps that the organisation needs by its door to the register, in order."""
    taken = {row.step: row for row in organisation.onboarding_steps.select_related("recorded_by") if row.stands}
    return [
        StepRow(guidance(step), taken.get(step), StepForm(step=step), TakenBackForm(step=step))
        for step in required_of(organisation.organisation_number)
    ]
