"""The download of a list's file."""

import logging
from collections.abc import Iterator
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from citizenlists.ageing import in_words
from citizenlists.download import Aged, ChangedSince, Download, Withdrawn, open_download
from citizenlists.models import CitizenList
from citizenlists.orders import lifecycle
from citizenlists.orders.rights import RoleChanged
from citizenlists.storage import Unreadable
from citizenlists.views.oforder import of_order
from roles.access import Access
from roles.access.permissions import Permission, requires
from roles.audit import Event
from roles.disclosure.denials import log_denial
from roles.violations import PolicyViolation

logger = logging.getLogger(__name__)

#: In the address of a download: the list is wanted also when somebody on it has moved.
TAKEN_AGED = "likevel"


@requires(Permission.CITIZEN_LIST)
@require_GET
@of_order
def download(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponseBase:
    """The file itself."""
    try:
        return _file(order, access, open_download(order=order, access=access, takes_it_aged=TAKEN_AGED in request.GET))
    except lifecycle.NotNow:
        raise Http404 from None
    except Unreadable:
        lifecycle.give_up_damaged(order=order, access=access)
        return render(request, "citizenlists/withheld.html", {"order": order, "damaged": True}, status=410)
    except OSError:
        logger.exception("the files of list %s cannot be read", order.pk)
        return _later(request, order)
    except (ChangedSince, lifecycle.DownloadsSpent, RoleChanged, PolicyViolation) as problem:
        log_denial(request, access, Event.FILE_REFUSED, order=str(order.pk), reason=type(problem).__name__)
        return render(request, "citizenlists/withheld.html", _withheld(order, problem), status=409)


def _withheld(order: CitizenList, problem: Exception) -> dict[str, object]:
    changes = in_words(problem.changes) if isinstance(problem, ChangedSince) else ""
    return {
        "order": order,
        "changes": changes,
        "withdrawn": isinstance(problem, Withdrawn),
        "aged": isinstance(problem, Aged),
        "spent": isinstance(problem, lifecycle.DownloadsSpent),
        "taken_aged": TAKEN_AGED,
        "form_id": uuid4(),
    }


def _later(request: HttpRequest, order: CitizenList) -> HttpResponse:
    response = render(request, "citizenlists/withheld.html", {"order": order, "later": True}, status=503)
    response["Retry-After"] = "60"
    return response


def _file(order: CitizenList, access: Access, download: Download) -> StreamingHttpResponse:
    content = _noticing_damage(order, access, download.content)
    response = StreamingHttpResponse(content, content_type=download.content_type)
    response["Content-Disposition"] = f'attachment; filename="{download.file_name}"'
    response["Content-Length"] = str(download.size)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _noticing_damage(order: CitizenList, access: Access, content: Iterator[bytes]) -> Iterator[bytes]:
    """The content. When a file is found damaged while it is sent, the order fails and the content stops before the
    announced length, so that the receiver sees that it is not whole."""
    try:
        yield from content
    except Unreadable:
        lifecycle.give_up_damaged(order=order, access=access)
        raise
