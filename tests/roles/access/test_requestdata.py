"""What the server knows about a request belongs to that request alone."""

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


def test_what_is_known_of_a_request_is_deleted_with_it() -> None:
    request = RequestFactory().get("/")
    request_data(request).new_password = "once"
    there = weakref.ref(request)
    del request
    gc.collect()
    assert there() is None


@pytest.mark.django_db
def test_a_client_cannot_set_what_is_known_of_a_request(client: Client) -> None:
    answer = client.get("/", headers={"X-Request-ID": "trace-12345678"})
    assert request_data(answer.wsgi_request).request_id == answer.headers["X-Request-ID"] != "trace-12345678"
