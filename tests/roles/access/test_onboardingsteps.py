"""Which steps an organisation needs by its door, and which rows make a step stand."""

import pytest
from pytest_django import Settings

from integrations.folkeregisteret.doors import Door, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from roles.access.onboardingsteps import missing, required
from roles.models import OnboardingStep, Step

ADDRESS = "https://register.example"
BY_FIKS = FiksDoor(
    address=ADDRESS, roles={RightsPackage.WITH_LEGAL_BASIS: "r"}, integration_id="i", integration_password="p"
)
EVERY = (Step.TERMS, Step.DELEGATION, Step.AGREEMENT)
BUT_DELEGATION = (Step.TERMS, Step.AGREEMENT)


@pytest.mark.parametrize(
    ("door", "steps"),
    [
        (None, BUT_DELEGATION),
        (SkatteetatenDoor(ADDRESS), BUT_DELEGATION),
        (SkatteetatenDoor(ADDRESS, consumer_org="310000027"), EVERY),
        (BY_FIKS, EVERY),
    ],
)
def test_only_an_organisation_with_an_operator_needs_the_delegation_step(
    door: Door | None, steps: tuple[Step, ...]
) -> None:
    assert required(door) == steps


def test_steps_without_a_row_are_missing_in_order() -> None:
    assert missing(EVERY, []) == EVERY
    assert missing(EVERY, [OnboardingStep(step=Step.TERMS)]) == (Step.DELEGATION, Step.AGREEMENT)


def test_a_delegation_to_a_former_operator_does_not_count(settings: Settings) -> None:
    delegated = OnboardingStep(step=Step.DELEGATION, delegated_to="971032146")
    settings.FOLKEREGISTER_OPERATOR = "971032146"
    assert missing([Step.DELEGATION], [delegated]) == ()
    settings.FOLKEREGISTER_OPERATOR = "310000019"
    assert missing([Step.DELEGATION], [delegated]) == (Step.DELEGATION,)
