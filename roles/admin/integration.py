"""The pages of integrations. A password is shown once, on the page where it was made."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roles.access.liveroles import live_roles_of
from roles.access.permissions import employee_of
from roles.access.requestdata import request_data
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.base.serviceforms import ServiceModelForm
from roles.admin.giving import give_to_chosen
from roles.admin.supplier import password_page
from roles.casesystems.integrations import change_integration, create_integration
from roles.models import Integration


class IntegrationForm(ServiceModelForm[Integration]):
    """The name, and the organisation whose Maskinporten token comes with a call."""

    class Meta:
        model = Integration
        fields = ["organisation", "name", "maskinporten_organisation", "is_active"]


class IntegrationAdmin(ScopedAdmin[Integration]):
    """Case systems of the organisations one administers. An integration is never deleted; it is made inactive."""

    changeable = True
    form = IntegrationForm
    list_display = ["name", "organisation", "as_id", "maskinporten_organisation", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name", "maskinporten_organisation"]
    actions = ["give_role"]

    @admin.action(description=_("Gi en rolle"), permissions=["change"])
    def give_role(self, request: HttpRequest, chosen: QuerySet[Integration]) -> HttpResponse | None:
        """Gives one role to all of the chosen integrations."""
        return give_to_chosen(self, request, chosen)

    def get_fields(self, request: HttpRequest, obj: Integration | None = None) -> Any:
        """The fields of the form. A new integration is active, and gets its id and its roles afterwards."""
        del request
        new = ["organisation", "name", "maskinporten_organisation"]
        return new if obj is None else [*new, "is_active", "as_id", "password_set_at", "roles_held"]

    def get_readonly_fields(self, request: HttpRequest, obj: Integration | None = None) -> list[str]:
        """The fields that cannot be filled in. The organisation never changes."""
        del request
        return [] if obj is None else ["organisation", "as_id", "password_set_at", "roles_held"]

    def save_model(self, request: HttpRequest, obj: Integration, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs. A new password is only kept for the answer to this
        request."""
        by, content = employee_of(request), form.cleaned_data
        if change:
            change_integration(integration=obj, by=by, **content)
        else:
            made, password = create_integration(by=by, **content)
            obj.pk, obj._state.adding = made.pk, False
            request_data(request).new_password = password

    def response_add(
        self, request: HttpRequest, obj: Integration, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page that shows the password, once."""
        del post_url_continue
        return password_page(request, obj, request_data(request).new_password)

    @admin.display(description="IntegrasjonId")
    def as_id(self, integration: Integration) -> SafeString:
        """The id that the integration sends with each call."""
        return format_html("<code>{}</code>", integration.pk)

    @admin.display(description=_("roller nå"))
    def roles_held(self, integration: Integration) -> SafeString:
        """The live roles, each with a link to what the supplier needs to know about it."""
        rows = [
            (role.name, reverse("admin:roles_integration_supplier", args=[integration.pk, role.pk]), _TELL)
            for role in live_roles_of(integration)
        ]
        return format_html_join(", ", '{} – <a href="{}">{}</a>', rows) or escape(_("ingen"))


_TELL = _("informasjon til leverandør")
