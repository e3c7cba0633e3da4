"""An organisation with so many employees that none of its pages lists them all, and an administrator."""

from django.test import Client

from roles.models import Employee
from tests.roles.colleagues import many_colleagues
from tests.roles.tenants import Tenant, tenant


def crowded(name: str) -> Tenant:
    """So many employees that none of its pages lists them."""
    made = tenant(name)
    many_colleagues(made.organisation)
    return made


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client
