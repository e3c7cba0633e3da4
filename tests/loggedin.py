"""A browser in which an employee is logged in, without the identity provider."""

import time

from django.test import Client

from roles.models import Employee


def logged_in(employee: Employee) -> Client:
    """A client whose session was opened now."""
    client = Client()
    client.force_login(employee, backend="roles.login.backends.OidcBackend")
    session = client.session
    session["opened_at"] = session["seen_at"] = time.time()
    session.save()
    return client
