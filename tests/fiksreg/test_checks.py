"""What stops the start."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from pytest_django import Settings

from fiksreg.checks import NO_PERMISSION, every_view_declares_its_permission
from roles.access import Permission, requires


def forgotten(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@requires(Permission.LOGGED_IN)
def declared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Urls:
    """A URLconf with one view that declares nothing, below another one."""

    urlpatterns = [path("declared/", declared), path("below/", include([path("forgotten/", forgotten)]))]


def test_a_view_that_declares_no_permission_stops_the_start(settings: Settings) -> None:
    settings.ROOT_URLCONF = Urls
    (error,) = every_view_declares_its_permission()
    assert (error.id, error.is_serious()) == (NO_PERMISSION, True)
    assert "below/forgotten/" in error.msg


def test_the_web_process_does_not_start_with_it_either(settings: Settings) -> None:
    settings.ROOT_URLCONF = Urls
    with pytest.raises(ImproperlyConfigured, match="below/forgotten/"):
        runpy.run_module("fiksreg.wsgi")


def test_every_view_of_the_product_declares_its_permission() -> None:
    assert every_view_declares_its_permission() == []


@pytest.mark.parametrize("permission", [Permission.SEARCH, Permission.CITIZEN_LIST, Permission.LOGGED_IN])
def test_a_declared_permission_can_be_read_from_the_view(permission: Permission) -> None:
    assert getattr(requires(permission)(declared), "permission", None) is permission
