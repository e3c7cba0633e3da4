"""The onboarding steps that an organisation must take before it may ask the register."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.employee import Employee
from roles.models.organisation import Organisation


class Step(models.TextChoices):
    """The onboarding steps, in the order they are taken."""

    TERMS = "TERMS", _("Skatteetatens vilkår")
    DELEGATION = "DELEGATION", _("Delegering i Altinn")
    AGREEMENT = "AGREEMENT", _("Tjenesteavtale")


class OnboardingStep(models.Model):
    """A step that was taken. It is withdrawn by deleting the row; the log keeps its content.

    document, version, signer: of the agreement. delegated_to: organisation number of the operator that got the
    delegation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="onboarding_steps")
    step = models.CharField(max_length=20, choices=Step)
    done_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=50, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    delegated_to = models.CharField(max_length=9, blank=True)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "step"], name="onboarding_step_once"),
            models.CheckConstraint(
                condition=~models.Q(step="AGREEMENT")
                | ~(models.Q(document="") | models.Q(version="") | models.Q(signer="")),
                name="onboarding_agreement_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_step_display()}"

    @property
    def stands(self) -> bool:
        return step_stands(self.step, self.delegated_to)


def step_stands(step: str, delegated_to: str) -> bool:
    """Whether a recorded step counts. A delegation counts only if it names today's operator."""
    return step != Step.DELEGATION or delegated_to == settings.FOLKEREGISTER_OPERATOR
