"""The administration's site: our layout, our login, and only employees who administer something."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from roles.access.administration import administers
from roles.access.permissions import Permission, declare, requires
from roles.admin.base.declared import DeclaredAdmin, check_readable
from roles.admin.base.rooms import in_rooms
from roles.admin.rolelosstext import notices
from roles.models import Employee

#: Views of Django's that we leave out: passwords, links to the pages of objects, and the search through any relation.
_LEFT_OUT = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site", "autocomplete"})


@requires(Permission.PUBLIC)
def login(request: HttpRequest) -> HttpResponseBase:
    """Redirects to the product's login. An employee who is logged in gets the page for a missing permission."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect("login")


@requires(Permission.PUBLIC)
def logout(request: HttpRequest) -> HttpResponseBase:
    """The product's logout."""
    del request
    return redirect("logout")


class AdministrationSite(AdminSite):
    """The site. It asks Administratorship; there is no superuser flag."""

    site_header = _("Roller og tilganger")
    site_title = "Fiksreg"
    index_title = _("Administrasjon")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this employee administers anything."""
        return isinstance(request.user, Employee) and administers(request.user).anything

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Registers pages. Raises ImproperlyConfigured for one that does not inherit DeclaredAdmin."""
        if admin_class is None or not issubclass(admin_class, DeclaredAdmin):
            raise ImproperlyConfigured("a page of the administration that answers to any lookup")
        super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        """Django's wrapper of each view. It also refuses requests that no page of ours can have sent."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def readable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check_readable(request)
            return guarded(request, *args, **kwargs)

        return readable

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page, with the elements that roles have lost and that nobody has marked as read."""
        looks_at = administers(request.user).may_look if isinstance(request.user, Employee) else frozenset()
        return super().index(request, {**(extra_context or {}), "losses": notices(looks_at)})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The front page: there is only one application."""
        del app_label
        return self.index(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists, sorted under the headings of ROOMS."""
        return in_rooms(super().get_app_list(request, app_label))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses. Each view declares the permission that admin_view() requires."""
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in _LEFT_OUT]
        _declare_all(kept)
        ways = [path("login/", login, name="login"), path("logout/", logout, name="logout")]
        return [*ways, path("roles/", include("roles.admin.urls")), *kept]


def _declare_all(patterns: Iterable[URLPattern | URLResolver]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _declare_all(pattern.url_patterns)
        else:
            declare(pattern.callback, Permission.ADMINISTER)
