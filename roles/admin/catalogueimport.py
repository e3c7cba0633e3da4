"""The catalogue as a workbook, out and in. A page shows what an import would change before anything changes."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import XLSX, file, page
from roles.admin.base.scoping import scope
from roles.admin.base.tables import Columns, Table
from roles.admin.cataloguetext import TouchedRow, parts_of, touched_rows
from roles.catalogue.differences import touched_roles
from roles.catalogue.importing import confirm_upload, export_catalogue, preview, read_upload, store_upload
from roles.catalogue.sheetfaults import Fault, Unusable
from roles.catalogue.uploads import MOST_SECONDS, Busy
from roles.models import CatalogueImport, LegalBasis
from roles.violations import PolicyViolation

_FAULTS: Columns[Fault] = {
    _("Ark"): lambda fault: fault.sheet,
    _("Rad"): lambda fault: fault.row,
    _("Kolonne"): lambda fault: fault.column,
    _("Hva som er galt"): lambda fault: fault.message,
}
_TOUCHED: Columns[TouchedRow] = {
    _("Rolle"): lambda row: row.role,
    _("Virksomhet"): lambda row: row.organisation,
    _("Mister"): lambda row: row.lost,
    _("Får"): lambda row: row.gained,
    _("Har rollen nå"): lambda row: row.holders,
}


class UploadForm(forms.Form):
    """A form with one workbook. The content decides what it is, since the browser's content type cannot be trusted."""

    file = forms.FileField(
        label=_("Arbeidsbok (.xlsx)"),
        allow_empty_file=True,
        help_text=_("Ett ark på samme form som eksporten. Filen er hele katalogen: det som ikke står i den, lukkes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


@requires(Permission.ADMINISTER)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as a workbook."""
    del request
    return file(export_catalogue(), XLSX, f"lovhjemler-{timezone.localdate():%Y-%m-%d}.xlsx")


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """The form for a workbook. A workbook without faults is kept for review; else the page lists all faults."""
    _check_central(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, "import", {"form": form}, status=400 if form.is_bound else 200)
    sent = form.cleaned_data["file"]
    try:
        contents = read_upload(sent)
    except Busy:
        return _come_back_page(request, form)
    except Unusable as unusable:
        wrong = {"form": UploadForm(), "faults": Table(_FAULTS, unusable.faults), "file_name": sent.name}
        return _page(request, "import", wrong, status=400)
    stored = store_upload(contents=contents, file_name=sent.name, by=employee_of(request))
    return redirect("admin:roles_legalbasis_review", stored.pk)


def _come_back_page(request: HttpRequest, form: UploadForm) -> HttpResponse:
    form.add_error("file", _("En annen fil leses inn akkurat nå. Prøv igjen om litt."))
    page = _page(request, "import", {"form": form}, status=503)
    page.headers["Retry-After"] = str(MOST_SECONDS)
    return page


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The page that shows what the import would change and which roles it touches, with the button that does it."""
    _check_central(request)
    stored = get_object_or_404(CatalogueImport, pk=key)
    try:
        return _confirm(request, stored) if request.method == "POST" else _review(request, stored)
    except PolicyViolation as violation:
        messages.error(request, str(violation))
        return redirect("admin:roles_legalbasis_import")


def _review(request: HttpRequest, stored: CatalogueImport) -> HttpResponseBase:
    found = preview(stored).difference
    rows = touched_rows(touched_roles(found))
    shown = {"parts": parts_of(found), "touched": Table(_TOUCHED, rows)}
    return _page(request, "import_review", {"upload": stored, "difference": found, **shown})


def _confirm(request: HttpRequest, stored: CatalogueImport) -> HttpResponseBase:
    confirm_upload(upload=stored, by=employee_of(request))
    messages.success(request, _("Katalogen er endret. Endringene gjelder fra nå."))
    return redirect("admin:roles_legalbasis_changelist")


def _page(request: HttpRequest, template: str, shown: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    return page(request, template, shown, title=_("Importer lovhjemler"), under=LegalBasis, status=status)


def _check_central(request: HttpRequest) -> None:
    if not scope(request).central:
        raise PermissionDenied
