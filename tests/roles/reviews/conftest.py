"""Two organisations for every test of accesses."""

import pytest

from tests.roles.tenants import Tenant, tenant


@pytest.fixture
def nord() -> Tenant:
    return tenant("Nord")


@pytest.fixture
def soer() -> Tenant:
    return tenant("Sør")
