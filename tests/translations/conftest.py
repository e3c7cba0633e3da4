"""The demo's two organisations, as a reader of nynorsk or English sees them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from roles.models import Employee

LogIn = Callable[[str, str], Client]


@pytest.fixture
def log_in(demo: None) -> LogIn:
    """(account, language) -> a browser logged in, in that language."""

    def browser(account: str, language: str) -> Client:
        client = Client()
        client.force_login(Employee.objects.get(display_name=account), backend="roles.login.backends.OidcBackend")
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return browser
