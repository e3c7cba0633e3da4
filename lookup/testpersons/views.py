"""The page Testpersoner. A search can be shared as an address, unless it holds a number."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrations.http.errors import PartyError
from integrations.tenor.hits import Hits
from integrations.tenor.namedpersons import NamedPerson
from integrations.tenor.search import QueryRefused
from lookup.testpersons import asking, presenters
from lookup.testpersons.criteria import Criteria
from lookup.testpersons.filters import USEFUL_FIELDS
from lookup.testpersons.forms import CriteriaForm
from roles.access import Access
from roles.access.permissions import Permission, requires

_HITS_ON_PAGE: Final = "treff"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a search: hits; before a search, the named persons; neither when the query was refused.

    silent: Tenor did not answer.
    """

    hits: Hits | None = None
    named: tuple[NamedPerson, ...] = ()
    silent: bool = False


@requires(Permission.SEARCH)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, access: Access) -> HttpResponse:
    """The search with its hits, or the named test persons. A POST is redirected to an address when its criteria may
    stand in one."""
    del access
    if request.method == "HEAD":
        return HttpResponse()  # Tenor is not asked for a page without a body
    sent = request.method == "POST"
    form = CriteriaForm(request.POST if sent else request.GET, shared=not sent)
    if not form.is_valid():
        return _page(request, form, Criteria(filters=form.chosen), Answer())
    criteria = form.criteria()
    if sent and criteria.may_stand_in_an_address:
        return redirect(_address_of(criteria))
    return _page(request, form, criteria, _answer(form, criteria))


def _address_of(criteria: Criteria) -> str:
    if criteria.are_empty:
        return reverse("testpersons:search")
    return f"{reverse('testpersons:search')}?{criteria.address()}#{_HITS_ON_PAGE}"


def _answer(form: CriteriaForm, criteria: Criteria) -> Answer:
    try:
        if criteria.are_empty:
            return Answer(named=asking.named_persons())
        return Answer(hits=asking.find(criteria))
    except QueryRefused as refused:
        if criteria.kql:
            form.refuse_query(criteria.typed_place(refused.place))
        return Answer(silent=not criteria.kql)
    except PartyError:
        return Answer(silent=True)


def _page(request: HttpRequest, form: CriteriaForm, criteria: Criteria, answer: Answer) -> HttpResponse:
    context = {
        "form": form,
        "topics": presenters.topics(criteria.filters),
        "chips": presenters.chips(criteria),
        "state": presenters.state(criteria),
        "share_url": request.build_absolute_uri(_address_of(criteria)) if criteria.may_stand_in_an_address else "",
        "fields": USEFUL_FIELDS,
        "page": presenters.hit_page(answer.hits, criteria) if answer.hits else None,
        "named": answer.named,
        "silent": answer.silent,
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if answer.silent else HTTPStatus.OK
    return render(request, "lookup/testpersons/search.html", context, status=status)
