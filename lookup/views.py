"""Pages for looking up one person. Each: permission, form, one service call, page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integrations.folkeregisteret.criteria import SearchCriteria
from lookup import references
from lookup.addressbar import led_to
from lookup.forms import ReasonForm, RelatedForm, SearchForm
from lookup.personpage import presenters
from roles import disclosure
from roles.access import Access
from roles.access.permissions import Permission, requires
from roles.audit import Event
from roles.catalogue.openings import areas_opening
from roles.disclosure.denials import log_denial
from roles.limits import LimitReached, said, with_retry_after
from roles.violations import PolicyViolation

#: Where on a person page the address stands.
ADDRESS_PLACE = "adresse"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]


def by_reference(view: View[P]) -> View[P]:
    """A reference that is not theirs does not exist; one whose time is out is said in words.

    So is one whose role has since come to demand a purpose that was not typed.
    """

    @wraps(view)
    def answered(request: HttpRequest, access: Access, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, access, *args, **kwargs)
        except references.ReferenceUnknown as unknown:
            log_denial(request, access, Event.REFERENCE_REFUSED, is_anothers=unknown.is_anothers)
            raise Http404 from None
        except references.ReferenceExpired as expired:
            token = kwargs.get("token") if expired.may_renew else ""
            return render(request, "lookup/expired.html", {"token": token}, status=410)
        except PolicyViolation:
            return render(request, "lookup/expired.html", status=410)

    return answered


@requires(Permission.SEARCH)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, access: Access) -> HttpResponse:
    """The search form, and its answer: with htmx the page itself, else the way there."""
    form = SearchForm(request.POST if request.method == "POST" else None, access=access)
    if not form.is_valid():
        return render(request, "lookup/search.html", {"form": form})
    asked = access.for_purpose(form.cleaned_data["purpose"])
    asked = asked.opening_confidential_address(form.cleaned_data.get("reason", ""))
    try:
        disclosure.check_room(asked)
    except LimitReached as limit:
        form.add_error(None, said(limit))
        return with_retry_after(render(request, "lookup/search.html", {"form": form}), limit)
    return _answer(request, asked, form)


@requires(Permission.SEARCH)
@never_cache
@require_safe
@by_reference
def hits(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """The hits of a search by name and date of birth."""
    if request.method == "HEAD":
        references.check_search(access=access, token=token)
        return HttpResponse()
    return _hits_page(request, references.search(access=access, token=token), token)


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def wider(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """The same search among the dead and by earlier names."""
    del request
    return redirect("lookup:hits", references.open_wider_search(access=access, token=token))


@requires(Permission.SEARCH)
@never_cache
@require_safe
@by_reference
def person(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """One person, as the role may see them."""
    if request.method == "HEAD":
        references.check_person(access=access, token=token)
        return HttpResponse()
    return _person_page(request, references.look_up(access=access, token=token), token, ReasonForm())


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def related(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Goes on to somebody related to the person."""
    form = RelatedForm(request.POST)
    if not form.is_valid():
        raise Http404
    return redirect("lookup:person", references.open_related(access=access, token=token, **form.cleaned_data))


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def address(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Opens a confidential address, for a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _person_page(request, references.look_up(access=access, token=token), token, form)
    opened = references.open_address(access=access, token=token, **form.cleaned_data)
    return redirect(f"{reverse('lookup:person', args=[opened])}#{ADDRESS_PLACE}")


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def again(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Asks for the same person once more, for the same purpose, also when the page's time is out."""
    del request
    return redirect("lookup:person", references.open_again(access=access, token=token))


def _answer(request: HttpRequest, access: Access, form: SearchForm) -> HttpResponse:
    if number := form.cleaned_data["number"]:
        return _person_answer(request, access, number)
    criteria = SearchCriteria(navn=form.cleaned_data["name"], foedselsdato=form.cleaned_data["birth_date"])
    token = references.open_search(access=access, criteria=criteria)
    return led_to(
        request,
        reverse("lookup:hits", args=[token]),
        lambda: _hits_page(request, references.ask_many(access=access, criteria=criteria), token),
    )


def _person_answer(request: HttpRequest, access: Access, number: str) -> HttpResponse:
    token = references.open_person(access=access, number=number)
    return led_to(
        request,
        reverse("lookup:person", args=[token]),
        lambda: _person_page(request, references.ask(access=access, number=number), token, ReasonForm()),
    )


def _hits_page(request: HttpRequest, found: references.FoundMany, token: str) -> HttpResponse:
    return render(request, "lookup/hits.html", {"page": presenters.hit_list(found), "token": token})


def _person_page(request: HttpRequest, found: references.Found, token: str, form: ReasonForm) -> HttpResponse:
    if found.record is None:
        return render(request, "lookup/nobody.html", {"number": found.number})
    page = presenters.person_page(
        found.record,
        asked=found.number,
        today=timezone.localdate(),
        bases=found.access.legal_bases,
        areas=areas_opening(),
    )
    return render(request, "lookup/person.html", {"page": page, "token": token, "form": form, **_around(found)})


def _around(found: references.Found) -> dict[str, object]:
    """What a page about a person says of the lookup itself."""
    now = timezone.localtime()
    left = max(int((found.until - now).total_seconds()), 0)
    return {"access": found.access, "printed_at": now, "until": found.until, "seconds_left": left}
