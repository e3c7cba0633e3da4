"""Organisations that have taken every step, for tests about something else."""

from django.conf import settings
from django.utils import timezone

from roles.models import OnboardingStep, Organisation, Step


def in_use(organisation: Organisation) -> Organisation:
    """The same one, which may ask the register whatever its door."""
    agreement = {"document": "Tjenesteavtale", "version": "1", "signer": "Kommunedirektør"}
    today, operator = timezone.localdate(), settings.FOLKEREGISTER_OPERATOR
    OnboardingStep.objects.create(organisation=organisation, step=Step.TERMS, done_on=today)
    OnboardingStep.objects.create(organisation=organisation, step=Step.DELEGATION, done_on=today, delegated_to=operator)
    OnboardingStep.objects.create(organisation=organisation, step=Step.AGREEMENT, done_on=today, **agreement)
    return organisation
