"""Integrations in the administration. A password is on one page once: where it was made."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from roles.access.liveroles import live_roles_of
from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.base.serviceforms import ServiceModelForm
from roles.admin.giving import give_to_chosen
from roles.casesystems.integrations import change_integration, create_integration, renew_password
from roles.casesystems.supplierinfo import SupplierInfo, facts, supplier_info
from roles.casesystems.supplierpdf import supplier_pdf
from roles.models import Integration


class IntegrationForm(ServiceModelForm[Integration]):
    """A name, and whose token it comes with."""

    class Meta:
        model = Integration
        fields = ["organisation", "name", "maskinporten_organisation", "is_active"]


class IntegrationAdmin(ScopedAdmin[Integration]):
    """Case systems of one's own organisation. One is never deleted: it is made inactive."""

    changeable = True
    form = IntegrationForm
    list_display = ["name", "organisation", "as_id", "maskinporten_organisation", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name", "maskinporten_organisation"]
    actions = ["give_role"]

    @admin.action(description=_("Gi en rolle"), permissions=["change"])
    def give_role(self, request: HttpRequest, chosen: QuerySet[Integration]) -> HttpResponse | None:
        """To all of them at once."""
        return give_to_chosen(self, request, chosen)

    def get_fields(self, request: HttpRequest, obj: Integration | None = None) -> Any:
        """A new one is active, and has its id and its roles afterwards."""
        del request
        new = ["organisation", "name", "maskinporten_organisation"]
        return new if obj is None else [*new, "is_active", "as_id", "password_set_at", "roles_held"]

    def get_readonly_fields(self, request: HttpRequest, obj: Integration | None = None) -> list[str]:
        """Whose it is never changes."""
        del request
        return [] if obj is None else ["organisation", "as_id", "password_set_at", "roles_held"]

    def get_urls(self) -> list[URLPattern]:
        """The pages where the password is renewed, and of what the supplier is told, also as a file."""
        guarded = self.admin_site.admin_view
        renewing = require_http_methods(["GET", "POST"])(self.renew)
        telling, writing = require_safe(self.supplier), require_safe(self.supplier_file)
        told = "<uuid:key>/leverandor/<uuid:role>/"
        return [
            path("<uuid:key>/passord/", guarded(renewing), name="roles_integration_password"),
            path(told, guarded(telling), name="roles_integration_supplier"),
            path(f"{told}pdf/", guarded(writing), name="roles_integration_supplier_pdf"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Integration, form: Any, change: bool) -> None:
        """The service writes and logs; a new password goes no further than to the answer of this request."""
        by, content = employee_of(request), form.cleaned_data
        if change:
            change_integration(integration=obj, by=by, **content)
        else:
            made, password = create_integration(by=by, **content)
            obj.pk, obj._state.adding = made.pk, False
            request.META[_SHOWN_ONCE] = password

    def response_add(
        self, request: HttpRequest, obj: Integration, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The password, this once."""
        del post_url_continue
        return self._page(request, obj, request.META[_SHOWN_ONCE])

    def renew(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Asks first: the case system is shut out until somebody gives it the new one."""
        integration = self.get_object(request, str(key))
        if integration is None:
            raise Http404
        if not self.has_change_permission(request, integration):
            raise PermissionDenied
        posted = request.method == "POST"
        password = renew_password(integration=integration, by=employee_of(request)) if posted else ""
        return self._page(request, integration, password)

    def supplier(self, request: HttpRequest, key: UUID, role: UUID) -> HttpResponse:
        """What to hand on to the supplier about one role. It holds no secret: who sees the integration sees this."""
        integration, info = self._told(request, key, role)
        around = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Informasjon til leverandør")}
        about = {"integration": integration, "info": info, "facts": facts(info)}
        return render(request, "admin/roles/integration/supplier.html", around | about)

    def supplier_file(self, request: HttpRequest, key: UUID, role: UUID) -> HttpResponse:
        """The same as a PDF."""
        _integration, info = self._told(request, key, role)
        name = f"leverandor-{info.integration_id!s:.8}-{info.role_id!s:.8}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(supplier_pdf(info, made_at=timezone.now()), "application/pdf", headers=headers)

    @admin.display(description="IntegrasjonId")
    def as_id(self, integration: Integration) -> SafeString:
        """What it sends with each call."""
        return format_html("<code>{}</code>", integration.pk)

    @admin.display(description=_("roller nå"))
    def roles_held(self, integration: Integration) -> SafeString:
        """Each with what the supplier needs to know about it."""
        rows = [
            (role.name, reverse("admin:roles_integration_supplier", args=[integration.pk, role.pk]), _TELL)
            for role in live_roles_of(integration)
        ]
        return format_html_join(", ", '{} – <a href="{}">{}</a>', rows) or escape(_("ingen"))

    def _told(self, request: HttpRequest, key: UUID, role: UUID) -> tuple[Integration, SupplierInfo]:
        integration = self.get_object(request, str(key))
        info = supplier_info(integration, role, base_url=settings.FIKSREG_BASE_URL) if integration else None
        if integration is None or info is None:
            raise Http404
        return integration, info

    def _page(self, request: HttpRequest, integration: Integration, password: str) -> HttpResponse:
        title = _("Passord for %(name)s") % {"name": integration.name}
        around = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context = {**around, "integration": integration, "password": password}
        return render(request, "admin/roles/integration/password.html", context)


_TELL = _("informasjon til leverandør")
_SHOWN_ONCE = "fiksreg.shown_once"
