"""The pages of roles."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.firstnames import first_names
from roles.admin.base.generics import ModelForm
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.roleendings import ways_to_end
from roles.admin.roleforms import NewRoleForm, RoleForm
from roles.granting.roles import change_role, create_role
from roles.models import Role, RoleAssignment, Use
from roles.models.validity import live_at
from roles.policy.fieldpolicy import opened_by
from roles.vocabulary import element_name

_NEW = [(None, {"fields": ["organisation", "service_area", "name", "description"]})]
_WHOLE = [
    (None, {"fields": ["name", "description", "organisation", "service_area", "holders"]}),
    (_("Lovhjemler og opplysninger"), {"fields": ["legal_bases", "elements"]}),
    (_("Bruk"), {"fields": ["uses", "case_reference_required", "confidential_addresses"]}),
    (_("Gyldighet"), {"fields": ["is_active", "valid_from", "valid_to"]}),
]
_IN_WORDS = ("bases_named", "elements_named", "uses_named")
#: The fields for those who may only look: as words, not as they are stored.
_READ = [
    _WHOLE[0],
    (_("Lovhjemler og opplysninger"), {"fields": ["bases_named", "elements_named"]}),
    (_("Bruk"), {"fields": ["uses_named", "case_reference_required", "confidential_addresses"]}),
    _WHOLE[3],
]
_WHY = (None, {"fields": ["reason"]})


class RoleAdmin(ScopedAdmin[Role]):
    """A role is made in two steps: first where it belongs, then its legal bases and elements. A new role opens
    nothing."""

    changeable = True
    list_display = ["name", "organisation", "service_area", "is_active", "valid_to"]
    list_filter: ClassVar = ["is_active", ("service_area", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name"]
    list_select_related = ["organisation", "service_area"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        """The roles that are not deleted."""
        return super().get_queryset(request).filter(deleted_at=None)

    def get_fieldsets(self, request: HttpRequest, obj: Role | None = None) -> Any:
        """The groups of fields: of the first step, of the second, or for reading."""
        if obj is None:
            return _NEW
        return [*_WHOLE, _WHY] if self.has_change_permission(request, obj) else _READ

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> list[str]:
        """The fields that cannot be filled in. The organisation and the service area never change; a role is switched
        on and off on a page of its own."""
        del request
        return [] if obj is None else ["organisation", "service_area", "holders", "is_active", *_IN_WORDS]

    def get_form(self, request: HttpRequest, obj: Role | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The class of the form of this step."""
        if obj is None:
            kwargs["form"] = NewRoleForm
        elif self.has_change_permission(request, obj):
            kwargs["form"] = RoleForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Role, form: ModelForm[Role], change: bool) -> None:
        """Sends the form to the service, which writes and logs. The row is then the one the service wrote."""
        by, content = employee_of(request), form.cleaned_data
        if change:
            change_role(role=obj, by=by, **content)
        else:
            made = create_role(by=by, **content)
            obj.pk, obj._state.adding = made.pk, False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Does nothing: the service has written the legal bases."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The form's page, with links to the endings that fit the role."""
        role = self.get_object(request, object_id)
        ways = ways_to_end(role) if role else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "endings": ways})

    def response_add(self, request: HttpRequest, obj: Role, post_url_continue: str | None = None) -> HttpResponse:
        """Redirects to the second step."""
        del post_url_continue
        self.message_user(request, _("Rollen er laget. Velg nå lovhjemler, opplysninger og bruk."), messages.SUCCESS)
        return redirect("admin:roles_role_change", obj.pk)

    @admin.display(description=_("Lovhjemler"))
    def bases_named(self, role: Role) -> str:
        """The legal bases that the role rests on. Those that nobody has confirmed are marked."""
        return ", ".join(basis.cited for basis in role.legal_bases.all()) or "–"

    @admin.display(description=_("Opplysninger"))
    def elements_named(self, role: Role) -> SafeString | str:
        """Each chosen element, with the legal bases of the role that open it today."""
        today, bases = timezone.localdate(), list(role.legal_bases.with_area_codes())
        opening = {
            key: ", ".join(basis.cited for basis in bases if key in opened_by(basis, role.service_area, today))
            for key in role.elements
        }
        rows = ((element_name(key), cited or _("åpnes ikke")) for key, cited in opening.items())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows)) if opening else "–"

    @admin.display(description=_("Bruk"))
    def uses_named(self, role: Role) -> str:
        """The uses of the role."""
        return ", ".join(str(Use(use).label) for use in role.uses) or "–"

    @admin.display(description=_("Gitt til"))
    def holders(self, role: Role) -> SafeString:
        """The holders of the role now: the first names and the number of the others, with a link to give it to one
        more."""
        names = first_names(_live(role).select_related("employee", "group", "integration"), name=_holder)
        url = f"{reverse('admin:roles_roleassignment_add')}?role={role.pk}"
        return format_html('{} &nbsp; <a href="{}">{}</a>', names, url, _("Gi rollen til noen"))


def _holder(assignment: RoleAssignment) -> str:
    return str(assignment.holder)


def _live(role: Role) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(live_at(timezone.now()), role=role)
