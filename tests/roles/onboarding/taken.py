"""Organisations that have taken every onboarding step, for tests of other subjects."""

from django.conf import settings
from django.utils import timezone

from roles.models import OnboardingStep, Organisation, Step


def in_use(organisation: Organisation) -> Organisation:
    """Returns the organisation after recording every step, so that it may ask the register through any door."""
    agreement = {"document": "Tjenesteavtale", "version": "1", "signer": "Kommunedirektør"}
    today, operator = timezone.localdate(), settings.FOLKEREGISTER_OPERATOR
    OnboardingStep.objects.create(organisation=organisation, step=Step.TERMS, done_on=today)
    OnboardingStep.objects.create(organisation=organisation, step=Step.DELEGATION, done_on=today, delegated_to=operator)
    OnboardingStep.objects.create(organisation=organisation, step=Step.AGREEMENT, done_on=today, **agreement)
    return organisation
