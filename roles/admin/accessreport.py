"""The access report on a page and as files, for everybody who administers something in the organisation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from roles.access.permissions import Permission, requires
from roles.admin.base.keys import key_in
from roles.admin.base.pages import XLSX, file, page
from roles.admin.base.scoping import scope
from roles.admin.base.tables import Columns, page_of
from roles.models import Organisation, RoleAssignment
from roles.reviews.accessreport import AccessRow, access_report, as_csv, as_workbook

#: The content type of each kind of file, and the function that writes it.
_FILES: Final[Mapping[str, tuple[str, Callable[[Sequence[AccessRow]], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX, as_workbook),
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


@requires(Permission.ADMINISTER)
@require_safe
def report(request: HttpRequest) -> HttpResponseBase:
    """The access report of the organisation that ?virksomhet= names: each access, also those through groups. With
    ?fil=csv or ?fil=xlsx the report as a file."""
    mine = Organisation.objects.filter(pk__in=scope(request).may_look)
    organisation = _find_organisation(mine, request.GET.get("virksomhet", ""))
    rows = access_report(organisation)
    if kind := request.GET.get("fil"):
        return _as_file(organisation, rows, kind)
    table = page_of(rows, _COLUMNS, request.GET.get("side"))
    asked = {"organisation": organisation, "organisations": mine, "query": f"virksomhet={organisation.pk}&"}
    about = {**asked, "table": table, "now": timezone.now()}
    return page(request, "accessreport", about, title=_("Tilgangsrapport"), under=RoleAssignment)


def _find_organisation(mine: QuerySet[Organisation], asked: str) -> Organisation:
    """The organisation with this id, or the first one when no id is given. Raises Http404 for an id that is not among
    `mine`, whether it exists or not."""
    for organisation in mine:
        if not asked or organisation.pk == key_in(asked):
            return organisation
    raise Http404


def _as_file(organisation: Organisation, rows: Sequence[AccessRow], kind: str) -> HttpResponse:
    if kind not in _FILES:
        raise Http404
    content_type, written = _FILES[kind]
    name = f"tilganger-{organisation.organisation_number}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return file(written(rows), content_type, name)
