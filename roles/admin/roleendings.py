"""The pages that switch a role off or on, or delete it. Each first shows whom it touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import page
from roles.admin.base.scoping import check_may_change, find_row
from roles.admin.base.serviceforms import ReasonForm
from roles.granting.roles import delete_role, switch_role
from roles.granting.touches import touched_by
from roles.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One of the pages. slug: the last part of its address.

    of_active: True for a page about roles that are on, False for roles that are off, None for both.
    """

    slug: str
    title: Promise
    explained: Promise
    touched: Promise
    button: Promise
    done: Promise
    of_active: bool | None
    do: Callable[..., Role]

    def fits(self, role: Role) -> bool:
        """Whether the page can do anything to this role."""
        return self.of_active in (None, role.is_active)


#: Each page, by the last part of the name of its address.
ENDINGS: Final[Mapping[str, Ending]] = {
    "off": Ending(
        slug="sla-av",
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
        slug="sla-pa",
        title=_("Slå på rollen"),
        explained=_("Rollen gir det den er satt opp med, fra neste trykk av."),
        touched=_("De som får rollen igjen"),
        button=_("Slå på"),
        done=_("Rollen er slått på."),
        of_active=False,
        do=partial(switch_role, on=True),
    ),
    "end": Ending(
        slug="slett",
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


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: UUID, ending: str) -> HttpResponseBase:
    """Asks for a reason, then does it and redirects."""
    role, act = find_row(request, Role.objects.not_deleted(), key), ENDINGS[ending]
    if not act.fits(role):
        raise Http404
    check_may_change(request, role)
    form = ReasonForm(request.POST or None, by=employee_of(request))
    if form.send_to(partial(act.do, role=role)):
        messages.success(request, str(act.done))
        return redirect("admin:roles_role_changelist" if act.of_active is None else role_page(role))
    shown = {"role": role, "ending": act, "touched": touched_by(role), "form": form}
    return page(request, "ending", shown, title=act.title, under=role)


def ways_to_end(role: Role) -> list[tuple[str, Promise]]:
    """The address and the title of each page that fits the role."""
    fitting = ((name, ending) for name, ending in ENDINGS.items() if ending.fits(role))
    return [(reverse(f"admin:roles_role_{name}", args=[role.pk]), ending.title) for name, ending in fitting]


def role_page(role: Role) -> str:
    """The address of the role's form."""
    return reverse("admin:roles_role_change", args=[role.pk])
