"""The catalogue in the administration: read by everybody who administers something, imported by the central ones."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.history.changes import Subject
from roles.models import LegalBasis
from roles.vocabulary import element_name

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LIST = "admin:roles_legalbasis_changelist"


class LegalBasisAdmin(ScopedAdmin[LegalBasis]):
    """The same for every organisation. It changes as a whole, by an import or by its files."""

    list_display = ["statute", "section", "note", "kind", "confidential", "status", "valid_to"]
    list_filter = ["kind", "confidential", "text_read", "status", "areas"]
    search_fields = ["statute", "section", "note"]
    readonly_fields = ["opened", "said", "read_in"]
    fields = [
        *("statute", "section", "note", "url", "kind", "said", "text_read", "read_in", "status"),
        *("valid_from", "valid_to"),
        *("confidential", "for_every_area", "areas", "opened"),
    ]

    @admin.display(description=_("opplysninger"))
    def opened(self, basis: LegalBasis) -> str:
        """What it opens, in the words of the pages."""
        return ", ".join(element_name(key) for key in ELEMENTS if key in basis.elements)

    @admin.display(description=_("hva paragrafen sier"))
    def said(self, basis: LegalBasis) -> str:
        """In bokmål, as the catalogue has it."""
        return format_html('<span lang="nb">{}</span>', basis.says)

    @admin.display(description=_("lest utgave"))
    def read_in(self, basis: LegalBasis) -> str:
        """As said."""
        return format_html('<span lang="nb">{}</span>', basis.version)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LegalBasis]:
        """Everybody's."""
        return super(ScopedAdmin, self).get_queryset(request)

    def history_of(self, request: HttpRequest, obj: LegalBasis) -> Subject:
        """Everybody's."""
        del request
        return Subject(None, obj.key, ("role:catalogue:",))

    def has_view_permission(self, request: HttpRequest, obj: LegalBasis | None = None) -> bool:
        """Everybody who administers something."""
        del obj
        return scope(request).anything

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's, with the way to the workbook."""
        return super().changelist_view(request, {**(extra_context or {}), "may_import": scope(request).central})
