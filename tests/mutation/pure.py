"""A pytest plugin in place of tests/conftest.py, for tests of what is pure: no service is started, no model there."""

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, settings

from roles.policy import fieldplan, permitted

django_settings.configure(USE_TZ=True, TIME_ZONE="Europe/Oslo")

# The same examples each time, whichever mutant they meet. One that fails is enough: nobody reads the smallest.
settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mutation")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What one test had worked out would hide a mutant from the next."""
    fieldplan.plan_for.cache_clear()
    fieldplan.closed_fields.cache_clear()
    permitted.hidden_states.cache_clear()
