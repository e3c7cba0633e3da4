"""The catalogue in the administration: read by everybody who administers something, imported by the central ones."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.cataloguetext import parts_of, touched_rows
from roles.catalogue.differences import touched
from roles.catalogue.importing import confirm_upload, exported, preview, read_upload, store_upload
from roles.catalogue.sheetfaults import Unusable
from roles.catalogue.uploads import MOST_SECONDS, Busy
from roles.history.changes import Subject
from roles.models import CatalogueImport, LegalBasis
from roles.violations import PolicyViolation
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

    def get_urls(self) -> list[URLPattern]:
        """The way out of the catalogue as a workbook, and the way in."""
        guarded = self.admin_site.admin_view
        return [
            path("eksport/", guarded(require_safe(self.export)), name="roles_legalbasis_export"),
            path(
                "import/", guarded(require_http_methods(["GET", "POST"])(self.upload)), name="roles_legalbasis_import"
            ),
            path(
                "import/<uuid:key>/",
                guarded(require_http_methods(["GET", "POST"])(self.review)),
                name="roles_legalbasis_review",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's, with the way to the workbook."""
        return super().changelist_view(request, {**(extra_context or {}), "may_import": scope(request).central})

    def export(self, request: HttpRequest) -> HttpResponse:
        """The whole catalogue as a workbook."""
        del request
        name = f"lovhjemler-{timezone.localdate():%Y-%m-%d}.xlsx"
        return HttpResponse(exported(), _XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    def upload(self, request: HttpRequest) -> HttpResponseBase:
        """A workbook in: kept when there is nothing wrong in it, else everything that is."""
        _check_central(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._page(request, "import", {"form": form}, status=400 if form.is_bound else 200)
        file = form.cleaned_data["file"]
        try:
            contents = read_upload(file)
        except Busy:
            form.add_error("file", _("En annen fil leses inn akkurat nå. Prøv igjen om litt."))
            page = self._page(request, "import", {"form": form}, status=503)
            page.headers["Retry-After"] = str(MOST_SECONDS)
            return page
        except Unusable as unusable:
            wrong = {"form": form, "faults": unusable.faults, "file_name": file.name}
            return self._page(request, "import", wrong, status=400)
        stored = store_upload(contents=contents, file_name=file.name, by=employee_of(request))
        return redirect("admin:roles_legalbasis_review", stored.pk)

    def review(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """What would change and whom it would touch; and the button that does it."""
        _check_central(request)
        upload = CatalogueImport.objects.filter(pk=key).first()
        if upload is None:
            raise Http404
        try:
            return self._confirmed(request, upload) if request.method == "POST" else self._reviewed(request, upload)
        except PolicyViolation as violation:
            self.message_user(request, str(violation), messages.ERROR)
            return redirect("admin:roles_legalbasis_import")

    def _reviewed(self, request: HttpRequest, upload: CatalogueImport) -> HttpResponseBase:
        found = preview(upload).difference
        rows = {"parts": parts_of(found), "touched": touched_rows(touched(found))}
        return self._page(request, "review", {"upload": upload, "difference": found, **rows})

    def _confirmed(self, request: HttpRequest, upload: CatalogueImport) -> HttpResponseBase:
        confirm_upload(upload=upload, by=employee_of(request))
        self.message_user(request, _("Katalogen er endret. Endringene gjelder fra nå."), messages.SUCCESS)
        return redirect(_LIST)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        title = _("Importer lovhjemler")
        around = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/roles/legalbasis/{name}.html", around | context, status=status)


def _check_central(request: HttpRequest) -> None:
    if not scope(request).central:
        raise PermissionDenied


class UploadForm(forms.Form):
    """One workbook. What is in it is read elsewhere: the browser's word for its type says nothing."""

    file = forms.FileField(
        label=_("Arbeidsbok (.xlsx)"),
        allow_empty_file=True,
        help_text=_("Ett ark på samme form som eksporten. Filen er hele katalogen: det som ikke står i den, lukkes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
