"""Groups tied to the identity provider's, and logins that say who is in them."""

from django.test import Client

from roles.models import Employee, Group
from roles.people.groups import create_group
from tests.roles.provider import KNOWN_AS, Browser, Provider
from tests.roles.tenants import Tenant

ID = "7c1f5a3e-0000-4000-8000-00000000000a"
ANOTHER_ID = "7c1f5a3e-0000-4000-8000-00000000000b"


def employed(where: Tenant, provider: Provider) -> Employee:
    """Whom the provider logs in, employed by the tenant."""
    return Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt Ansattsen", organisation=where.organisation
    )


def group(where: Tenant, name: str = "Opptak", external_id: str = ID) -> Group:
    return create_group(
        organisation=where.organisation, name=name, members=[], external_id=external_id, by=where.administrator
    )


def log_in(browser: Browser, **claims: object) -> None:
    """Anew each time: who is logged in is not asked again."""
    browser.provider.claims = claims
    assert Browser(Client(), browser.provider).log_in() == 302
