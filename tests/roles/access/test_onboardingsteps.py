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
def test_only_who_goes_through_an_operator_delegates(door: Door | None, steps: tuple[Step, ...]) -> None:
    assert required(door) == steps


def test_what_no_row_speaks_of_is_missing_in_order() -> None:
    assert missing(EVERY, []) == EVERY
    assert missing(EVERY, [OnboardingStep(step=Step.TERMS)]) == (Step.DELEGATION, Step.AGREEMENT)


def test_a_delegation_to_somebody_who_is_no_longer_the_operator_does_not_stand(settings: Settings) -> None:
    delegated = OnboardingStep(step=Step.DELEGATION, delegated_to="971032146")
    settings.FOLKEREGISTER_OPERATOR = "971032146"
    assert missing([Step.DELEGATION], [delegated]) == ()
    settings.FOLKEREGISTER_OPERATOR = "310000019"
    assert missing([Step.DELEGATION], [delegated]) == (Step.DELEGATION,)
