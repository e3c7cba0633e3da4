"""What is known of a request is known of that one alone."""

import gc
import weakref

import pytest
from django.test import Client, RequestFactory

from roles.access.requestdata import ProviderLogin, request_data


def test_what_is_known_of_a_request_is_known_of_no_other() -> None:
    mine, theirs = RequestFactory().get("/"), RequestFactory().get("/")
    request_data(mine).provider_login = ProviderLogin("sub", "sid")
    assert request_data(mine).provider_login == ProviderLogin("sub", "sid")
    assert request_data(theirs).provider_login is None


def test_it_is_gone_with_the_request() -> None:
    request = RequestFactory().get("/")
    request_data(request).new_password = "once"
    there = weakref.ref(request)
    del request
    gc.collect()
    assert there() is None


@pytest.mark.django_db
def test_a_client_sets_nothing_of_it(client: Client) -> None:
    answer = client.get("/", headers={"X-Request-ID": "trace-12345678"})
    known = request_data(answer.wsgi_request)
    assert (known.request_id, known.held_roles) == (answer.headers["X-Request-ID"], [])
