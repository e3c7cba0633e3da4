"""The pages where a role is switched off or on again, or deleted: each shows first what it touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.base.serviceforms import ReasonForm
from roles.granting.roles import delete_role, switch_role
from roles.granting.touches import touched_by
from roles.models import Role
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One of the pages. of_active: of a role that is on, of one that is off, or (None) of both."""

    title: Promise
    explained: Promise
    touched: Promise
    button: Promise
    done: Promise
    of_active: bool | None
    do: Callable[..., Role]

    def fits(self, role: Role) -> bool:
        """Whether there is anything for it to do."""
        return self.of_active in (None, role.is_active)


#: By the last part of the address, which is the end of its name too.
ENDINGS: Final[Mapping[str, Ending]] = {
    "off": Ending(
        title=_("Slå av rollen"),
        explained=_(
            "Rollen gir ingen noe fra neste trykk av. Tildelingene blir stående, og gjelder igjen når rollen slås på."
        ),
        touched=_("De som mister rollen"),
        button=_("Slå av"),
        done=_("Rollen er slått av."),
        of_active=True,
        do=partial(switch_role, on=False),
    ),
    "on": Ending(
        title=_("Slå på rollen"),
        explained=_("Rollen gir det den er satt opp med, fra neste trykk av."),
        touched=_("De som får rollen igjen"),
        button=_("Slå på"),
        done=_("Rollen er slått på."),
        of_active=False,
        do=partial(switch_role, on=True),
    ),
    "end": Ending(
        title=_("Slett rollen"),
        explained=_(
            "Rollen og alle tildelingene av den avsluttes nå. Det kan ikke angres. Loggen beholder det som er gjort."
        ),
        touched=_("De som mister rollen"),
        button=_("Slett"),
        done=_("Rollen er slettet."),
        of_active=None,
        do=delete_role,
    ),
}


class RoleEndingPages(ScopedAdmin[Role]):
    """Beside the form of a role."""

    def get_urls(self) -> list[URLPattern]:
        """A page for each ending."""
        return [*(self._url(name) for name in ENDINGS), *super().get_urls()]

    def _url(self, name: str) -> URLPattern:
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.end))
        return path(f"<uuid:key>/{_SLUGS[name]}/", view, {"ending": name}, name=f"roles_role_{name}")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's, with the ways to the endings that fit."""
        role = self.get_object(request, object_id)
        fitting = [(name, ending) for name, ending in ENDINGS.items() if role and ending.fits(role)]
        ways = [(reverse(f"admin:roles_role_{name}", args=[role.pk]), ending.title) for name, ending in fitting if role]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "endings": ways})

    def end(self, request: HttpRequest, key: UUID, ending: str) -> HttpResponseBase:
        """Asks for a reason, and does it."""
        role, act = self.get_object(request, str(key)), ENDINGS[ending]
        if role is None or not act.fits(role):
            raise Http404
        if not self.has_change_permission(request, role):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid() and self._done(request, role, act, form):
            return redirect("admin:roles_role_changelist" if act.of_active is None else role_page(role))
        about = {"opts": self.opts, "title": act.title, "role": role, "ending": act, "touched": touched_by(role)}
        around = {**self.admin_site.each_context(request), **about, "form": form}
        return render(request, "admin/roles/role/ending.html", around)

    def _done(self, request: HttpRequest, role: Role, act: Ending, form: ReasonForm) -> bool:
        try:
            act.do(role=role, by=employee_of(request), reason=form.cleaned_data["reason"])
        except PolicyViolation as violation:
            form.add_error(None, str(violation))
            return False
        self.message_user(request, str(act.done), messages.SUCCESS)
        return True


def role_page(role: Role) -> str:
    """The address of its form."""
    return reverse("admin:roles_role_change", args=[role.pk])


_SLUGS: Final = {"off": "sla-av", "on": "sla-pa", "end": "slett"}
