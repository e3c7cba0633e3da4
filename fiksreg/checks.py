"""System checks that must pass before the first request is answered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from roles.access.permissions import Permission

NO_PERMISSION = "fiksreg.E001"
UNCOMPILED = "fiksreg.E002"
UNNAMED_PROXY = "fiksreg.W001"


@register("fiksreg")
def every_view_declares_its_permission(
    app_configs: Sequence[AppConfig] | None = None, **_options: object
) -> list[CheckMessage]:
    """fiksreg.E001 for each URL whose view declares no permission, so that a forgotten one stops the start."""
    del app_configs
    return [
        Error(
            f"The view of {route!r} declares no permission.",
            hint="Put @requires(Permission....) from roles.access on it.",
            id=NO_PERMISSION,
        )
        for route, view in views_of(get_resolver().url_patterns)
        if not isinstance(getattr(view, "permission", None), Permission)
    ]


@register("fiksreg")
def every_catalogue_is_compiled(
    app_configs: Sequence[AppConfig] | None = None, **_options: object
) -> list[CheckMessage]:
    """fiksreg.E002 for each catalogue that was not compiled: its language would silently be bokmål."""
    del app_configs
    return [
        Error(
            f"{source} is not compiled.",
            hint="`make catalogues` compiles it; the image does so when it is built.",
            id=UNCOMPILED,
        )
        for folder in map(Path, settings.LOCALE_PATHS)
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
    ]


@register("fiksreg", deploy=True)
def the_proxies_are_named(app_configs: Sequence[AppConfig] | None = None, **_options: object) -> list[CheckMessage]:
    """fiksreg.W001 behind a proxy that no setting names: all clients would then have the proxy's address."""
    del app_configs
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is None or settings.FIKSREG_TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "FIKSREG_BEHIND_TLS_PROXY is True, and FIKSREG_TRUSTED_PROXIES names no proxy.",
            hint="Name it: limits by address hold for everybody together until then.",
            id=UNNAMED_PROXY,
        )
    ]


def assert_every_view_declares_its_permission() -> None:
    """Raises ImproperlyConfigured with the errors of the check. For the web server, which runs no system checks."""
    if errors := every_view_declares_its_permission():
        raise ImproperlyConfigured(" ".join(f"{error.id}: {error.msg}" for error in errors))


def views_of(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    """All pairs of (route, view) below these URL patterns."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
