"""Pages of our own in the administration: in the product's look, with breadcrumbs, beside Django's lists and forms."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

#: The content type of a workbook (.xlsx).
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One link of the breadcrumbs."""

    label: str
    address: str


def page(
    request: HttpRequest,
    template: str,
    shown: Mapping[str, object],
    *,
    title: str | Promise,
    under: Model | type[Model],
    status: int = 200,
) -> HttpResponse:
    """The page made from a template. shown: the template's values. under: the row that the page is about, or the model
    whose list the breadcrumbs end with."""
    about = {**shown, "title": title, "crumbs": _crumbs(under)}
    return render(request, f"admin/roles/{template}.html", about, status=status)


def file(contents: bytes, content_type: str, name: str) -> HttpResponse:
    """A response that the browser saves as a file with this name."""
    return HttpResponse(contents, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _crumbs(under: Model | type[Model]) -> list[Crumb]:
    opts = under._meta
    named = f"admin:{opts.app_label}_{opts.model_name}"
    front = Crumb(_("Administrasjon"), reverse("admin:index"))
    rows = Crumb(capfirst(str(opts.verbose_name_plural)), reverse(f"{named}_changelist"))
    row = [Crumb(str(under), reverse(f"{named}_change", args=[under.pk]))] if isinstance(under, Model) else []
    return [front, rows, *row]
