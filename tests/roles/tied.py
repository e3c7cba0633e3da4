"""Groups tied to groups at the identity provider, and logins whose claims name their members."""

from django.test import Client

from roles.models import Employee, Group
from roles.people.groups import create_group
from tests.roles.provider import KNOWN_AS, Browser, Provider
from tests.roles.tenants import Tenant

ID = "7c1f5a3e-0000-4000-8000-00000000000a"
ANOTHER_ID = "7c1f5a3e-0000-4000-8000-00000000000b"


def employed(where: Tenant, provider: Provider) -> Employee:
    """The employee of the tenant whom the provider logs in."""
    return Employee.objects.create_employee(
        issuer=provider.issuer, subject=KNOWN_AS, display_name="Ansatt Ansattsen", organisation=where.organisation
    )


def group(where: Tenant, name: str = "Opptak", external_id: str = ID) -> Group:
    return create_group(
        organisation=where.organisation, name=name, members=[], external_id=external_id, by=where.administrator
    )


def log_in(browser: Browser, **claims: object) -> None:
    """Logs in with a new session each time, because a logged-in employee is not sent to the provider again."""
    browser.provider.claims = claims
    assert Browser(Client(), browser.provider).log_in() == 302
