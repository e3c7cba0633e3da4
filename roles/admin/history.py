"""The history of one row as a page shows it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from roles.history.reading import Subject, changes_in, lines

_ON_A_PAGE = 50


def history_page(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """The lines of the page that is asked for, and the way to the others."""
    page = Paginator(changes_in(subject), _ON_A_PAGE).get_page(request.GET.get("side"))
    return {"title": _("Historikk"), "page": page, "lines": lines(page.object_list, subject)}
