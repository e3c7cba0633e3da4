"""The access report on a page and as files, for everybody who administers something in the organisation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from roles.admin.base.keys import key_in
from roles.admin.base.reporttable import Columns, table_of
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.models import Organisation, RoleAssignment
from roles.reviews.accessreport import AccessRow, access_report, as_csv, as_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a file is, and who writes it.
_FILES: Final[Mapping[str, tuple[str, Callable[[Sequence[AccessRow]], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (_XLSX, as_workbook),
}
_COLUMNS: Final[Columns[AccessRow]] = {
    _("Navn"): lambda row: row.name,
    _("Rolle"): lambda row: row.role,
    _("Tilgangstype"): lambda row: row.kind,
    _("Gjennom gruppe"): lambda row: row.group,
    _("Tjenesteområde"): lambda row: row.service_area,
    _("Gjelder fra"): lambda row: row.valid_from,
    _("Gjelder til"): lambda row: row.valid_to,
    _("Gitt av"): lambda row: row.given_by,
}


class AccessReportPages(ScopedAdmin[RoleAssignment]):
    """Beside the list of assignments: who has access, one by one, also through groups."""

    def get_urls(self) -> list[URLPattern]:
        """The report's address, of the organisation that ?virksomhet= names."""
        view = self.admin_site.admin_view(require_safe(self.report))
        return [path("rapport/", view, name="roles_roleassignment_report"), *super().get_urls()]

    def report(self, request: HttpRequest) -> HttpResponseBase:
        """A page, or with ?fil=csv or ?fil=xlsx a file."""
        mine = Organisation.objects.filter(pk__in=scope(request).may_look)
        organisation = _chosen(mine, request.GET.get("virksomhet", ""))
        rows = access_report(organisation)
        if kind := request.GET.get("fil"):
            return _file(organisation, rows, kind)
        table = table_of(rows, _COLUMNS, request.GET.get("side"))
        asked = {"organisation": organisation, "organisations": mine, "query": f"virksomhet={organisation.pk}&"}
        about = {**asked, "table": table, "now": timezone.now()}
        around = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Tilgangsrapport")}
        return render(request, "admin/roles/roleassignment/report.html", around | about)


def _chosen(mine: QuerySet[Organisation], asked: str) -> Organisation:
    """The one that is asked for, or the first. One that is not mine answers as one that never was."""
    for organisation in mine:
        if not asked or organisation.pk == key_in(asked):
            return organisation
    raise Http404


def _file(organisation: Organisation, rows: Sequence[AccessRow], kind: str) -> HttpResponse:
    if kind not in _FILES:
        raise Http404
    content_type, written = _FILES[kind]
    name = f"tilganger-{organisation.organisation_number}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(written(rows), content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
