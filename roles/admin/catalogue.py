"""The pages of the catalogue: every administrator may read it, central administrators import it."""

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
    """The legal bases, which are the same for every organisation. The catalogue changes as a whole, by an import or by
    its files."""

    list_display = ["statute", "section", "note", "kind", "confidential", "status", "valid_to"]
    list_filter = ["kind", "confidential", "text_read", "status", "areas"]
    search_fields = ["statute", "section", "note"]
    readonly_fields = ["opened_elements", "content_of_section", "read_in"]
    fields = [
        *("statute", "section", "note", "url", "kind", "content_of_section", "text_read", "read_in", "status"),
        *("valid_from", "valid_to"),
        *("confidential", "for_every_area", "areas", "opened_elements"),
    ]

    @admin.display(description=_("opplysninger"))
    def opened_elements(self, basis: LegalBasis) -> str:
        """The names of the elements that the basis opens."""
        return ", ".join(element_name(key) for key in ELEMENTS if key in basis.elements)

    @admin.display(description=_("hva paragrafen sier"))
    def content_of_section(self, basis: LegalBasis) -> str:
        """What the section says, in bokmål as the catalogue has it."""
        return format_html('<span lang="nb">{}</span>', basis.says)

    @admin.display(description=_("lest utgave"))
    def read_in(self, basis: LegalBasis) -> str:
        """The edition that was read, in bokmål as the catalogue has it."""
        return format_html('<span lang="nb">{}</span>', basis.version)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LegalBasis]:
        """All bases, for every administrator."""
        return super(ScopedAdmin, self).get_queryset(request)

    def history_of(self, request: HttpRequest, obj: LegalBasis) -> Subject:
        """The entries in the log about this basis, for every administrator."""
        del request
        return Subject(None, obj.key, ("role:catalogue:",))

    def has_view_permission(self, request: HttpRequest, obj: LegalBasis | None = None) -> bool:
        """Whether one administers anything."""
        del obj
        return scope(request).anything

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with a link to the workbook."""
        return super().changelist_view(request, {**(extra_context or {}), "may_import": scope(request).central})
