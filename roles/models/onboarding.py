"""What must stand before an organisation may ask the register: who did it, when, and who says so."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.employee import Employee
from roles.models.organisation import Organisation


class Step(models.TextChoices):
    """In the order they are taken."""

    TERMS = "TERMS", _("Skatteetatens vilkår")
    DELEGATION = "DELEGATION", _("Delegering i Altinn")
    AGREEMENT = "AGREEMENT", _("Tjenesteavtale")


class OnboardingStep(models.Model):
    """One step that is taken. Taken back by deleting the row; the log keeps what stood.

    document, version and signer: of the agreement. delegated_to: the number of the operator that was delegated to.
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
    """A delegation to somebody who is not the operator any more opens nothing."""
    return step != Step.DELEGATION or delegated_to == settings.FOLKEREGISTER_OPERATOR
