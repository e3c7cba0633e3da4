"""The system checks that stop the start."""

import runpy
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from pytest_django import Settings

from fiksreg.checks import (
    NO_PERMISSION,
    UNCOMPILED,
    UNNAMED_PROXY,
    every_catalogue_is_compiled,
    every_view_declares_its_permission,
    the_proxies_are_named,
)
from roles.access.permissions import Permission, requires


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


@pytest.mark.parametrize(("proxies", "warns"), [([], True), ([ip_network("10.0.0.0/8")], False)])
def test_a_proxy_that_is_not_named_is_warned_about(settings: Settings, proxies: list[object], *, warns: bool) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.FIKSREG_TRUSTED_PROXIES = proxies
    assert [message.id for message in the_proxies_are_named()] == [UNNAMED_PROXY] * warns
    settings.SECURE_PROXY_SSL_HEADER = None
    assert the_proxies_are_named() == []


def test_a_catalogue_that_is_not_compiled_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    assert every_catalogue_is_compiled() == []
    (folder / "django.po").touch()
    (error,) = every_catalogue_is_compiled()
    assert (error.id, error.is_serious()) == (UNCOMPILED, True)
    (folder / "django.mo").touch()
    assert every_catalogue_is_compiled() == []
