"""Two who change one case system at the same moment: a test for each lock, which fails without the lock."""

import pytest

from roles.casesystems.integrations import change_integration, has_password, renew_password
from roles.models import (
    Integration,
)
from tests.racing import race
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db


def test_a_password_that_is_renewed_stays_renewed_while_the_case_system_is_changed(nord: Tenant) -> None:
    integration = case_system(nord)
    password, _changed = race(
        lambda: renew_password(integration=integration, by=nord.administrator),
        lambda: change_integration(
            integration=integration,
            name="Nytt navn",
            maskinporten_organisation="310000019",
            is_active=False,
            by=nord.administrator,
        ),
    )
    found = Integration.objects.get()
    assert has_password(found, str(password))
    assert (found.name, found.is_active) == ("Nytt navn", False)
