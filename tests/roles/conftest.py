"""Two organisations; an identity provider, and a browser that logs in through it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from roles.login import providerkeys
from tests.roles import provider as providers
from tests.roles.provider import CLIENT_ID, Browser, Provider
from tests.roles.tenants import Tenant, tenant


@pytest.fixture
def nord(db: None) -> Tenant:
    return tenant("Nord")


@pytest.fixture
def soer(db: None) -> Tenant:
    return tenant("Sør")


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    providerkeys.keys_at.cache_clear()  # another test's provider may have had this one's port
    with providers.running() as provider:
        settings.OIDC_ISSUER = provider.issuer
        settings.OIDC_RP_CLIENT_ID = CLIENT_ID
        settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{provider.issuer}/authorize"
        settings.OIDC_OP_TOKEN_ENDPOINT = f"{provider.issuer}/token"
        settings.OIDC_OP_JWKS_ENDPOINT = f"{provider.issuer}/jwks"
        settings.OIDC_OP_USER_ENDPOINT = f"{provider.issuer}/userinfo"
        yield provider


@pytest.fixture
def browser(client: Client, provider: Provider) -> Browser:
    return Browser(client, provider)
