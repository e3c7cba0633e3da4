"""The pages for looking up one person. Each checks the permission, validates the form, calls one service and
renders."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from lookup import lastpurposes, lastsearch, references
from lookup.addressbar import is_answered_here, page_or_redirect, stay_here
from lookup.forms import AgainForm, ReasonForm, RelatedForm, WayForm
from lookup.hitlist import hit_page
from lookup.personpage import presenters
from lookup.personpage.copies import copies
from lookup.personpage.family import family_view
from lookup.personpage.parts import PersonPage
from lookup.printout import printout
from lookup.sealedreferences import ReferenceExpired, ReferenceUnknown
from lookup.searchfields import criteria_of, read_fields
from lookup.searchform import SearchForm
from lookup.searchpages import with_form, with_short_form
from lookup.today import NotOfToday, open_again, own_lookups
from lookup.understanding import parse_text
from roles import disclosure
from roles.access import Access
from roles.access.permissions import Permission, requires
from roles.audit import Event
from roles.catalogue.openings import areas_opening
from roles.disclosure.denials import log_denial
from roles.disclosure.searchslips import slip_of
from roles.limits import LimitReached, whole_message, with_retry_after
from roles.policy.permitted import PermittedRecord
from roles.violations import PolicyViolation

#: The id of the address on a person page.
ADDRESS_PLACE = "adresse"
_FILE: Final = 'inline; filename="oppslag.pdf"'

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]


def by_reference(view: View[P]) -> View[P]:
    """A view that answers an unknown reference, or another employee's, with Http404 and a log entry; an expired one
    with a page that says so.

    A reference in a role that has since come to require a purpose counts as expired.
    """

    @wraps(view)
    def answered(request: HttpRequest, access: Access, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, access, *args, **kwargs)
        except ReferenceUnknown as unknown:
            log_denial(request, access, Event.REFERENCE_REFUSED, is_anothers=unknown.is_anothers)
            raise Http404 from None
        except ReferenceExpired as expired:
            token = kwargs.get("token") if expired.may_renew else ""
            return render(request, "lookup/expired.html", {"token": token}, status=410)
        except PolicyViolation:
            return render(request, "lookup/expired.html", status=410)

    return answered


@requires(Permission.SEARCH)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, access: Access) -> HttpResponse:
    """The search form. A POST answers with htmx by the page itself, otherwise by a redirect to it."""
    if request.method != "POST":
        typed = lastsearch.last_search(request.session, access, timezone.now())
        return render(request, "lookup/search.html", with_form(request, access, typed=typed, takes_focus=True))
    today = timezone.localdate()
    sent, meant = read_fields(request.POST.dict(), today=today)
    form = SearchForm(sent, access=access, meant=meant)
    if not form.is_valid():
        return _refused(request, access, form)
    asked = access.for_purpose(form.cleaned_data["purpose"])
    asked = asked.opening_confidential_address(form.cleaned_data.get("reason", ""))
    try:
        return _answer(request, asked, form)
    except LimitReached as limit:
        stay_here(request)
        form.add_error(None, whole_message(limit))
        return with_retry_after(render(request, "lookup/search.html", with_form(request, access, form)), limit)


@requires(Permission.SEARCH)
@never_cache
@require_safe
@by_reference
def hits(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """The hits of a search."""
    if request.method == "HEAD":
        references.check_search(access=access, token=token)
        return HttpResponse()
    return _hits_page(request, references.search(access=access, token=token), token)


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def wider(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Opens the same search widened in one way: dead persons, earlier or similar names, without the date."""
    form = WayForm(request.POST)
    if not form.is_valid():
        raise Http404
    return redirect("lookup:hits", references.open_wider_search(access=access, token=token, **form.cleaned_data))


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
@require_safe
@by_reference
def printed(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """The person as a PDF. The file's name does not reveal whom it is about."""
    if request.method == "HEAD":
        references.check_person(access=access, token=token)
        return HttpResponse()
    found = references.print_out(access=access, token=token)
    if found.record is None:
        return render(request, "lookup/nobody.html", {"number": found.number})
    paper = printout(_present(found, found.record), access=found.access, made_at=timezone.localtime())
    return HttpResponse(paper, headers={"Content-Type": "application/pdf", "Content-Disposition": _FILE})


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def related(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Opens a person who is related to this one."""
    form = RelatedForm(request.POST)
    if not form.is_valid():
        raise Http404
    return redirect("lookup:person", references.open_related(access=access, token=token, **form.cleaned_data))


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def address(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Opens the person's confidential address, for a reason."""
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
    """Asks for the same person again, for the same purpose, also when the reference has expired."""
    del request
    return redirect("lookup:person", references.open_again(access=access, token=token))


@requires(Permission.SEARCH)
@never_cache
@require_GET
@by_reference
def in_role(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Looks the same person up in the role that was just chosen."""
    del request
    return redirect("lookup:person", references.open_in_role(access=access, token=token))


@requires(Permission.SEARCH)
@never_cache
@require_POST
@by_reference
def mistaken(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """Logs that it was the wrong person, and leaves the page."""
    references.mark_mistaken(access=access, token=token)
    messages.success(request, _("Oppslaget er merket som feil person i loggen."))
    return redirect("lookup:search")


@requires(Permission.SEARCH)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest, access: Access) -> HttpResponse:
    """The employee's own lookups of today. POST opens one of them again, as a new lookup."""
    if request.method != "POST":
        context = with_short_form(request, access) | {"lookups": own_lookups(access, timezone.now())}
        return render(request, "lookup/today.html", context)
    form = AgainForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        return redirect("lookup:person", open_again(access=access, now=timezone.now(), **form.cleaned_data))
    except NotOfToday:
        raise Http404 from None


def _answer(request: HttpRequest, access: Access, form: SearchForm) -> HttpResponse:
    """Raises LimitReached, also where the answer is only the way to a page that would refuse."""
    if not is_answered_here(request):
        disclosure.check_room(access)
    lastpurposes.keep_purpose(session=request.session, access=access)
    if number := form.cleaned_data["number"]:
        return _person_answer(request, access, number)
    criteria, typed = criteria_of(form.cleaned_data, today=timezone.localdate()), form.typed
    lastsearch.keep_search(session=request.session, access=access, typed=typed, now=timezone.now())
    token = references.open_search(access=access, criteria=criteria, typed=typed)
    return page_or_redirect(
        request,
        reverse("lookup:hits", args=[token]),
        lambda: _hits_page(request, references.ask_many(access=access, criteria=criteria, typed=typed), token),
    )


def _person_answer(request: HttpRequest, access: Access, number: str) -> HttpResponse:
    token = references.open_person(access=access, number=number)
    return page_or_redirect(
        request,
        reverse("lookup:person", args=[token]),
        lambda: _person_page(request, references.ask(access=access, number=number), token, ReasonForm()),
    )


def _hits_page(request: HttpRequest, found: references.FoundMany, token: str) -> HttpResponse:
    if found.only_hit and found.access.opens_single_hit:
        return _open_only_hit(request, found.access, found.only_hit)
    text = found.typed.get("text", "")
    read = parse_text(text, today=timezone.localdate()) if text == found.typed.get("read") else None
    context = {"page": hit_page(found, read), "token": token, "is_unfolded": not found.hits}
    if found.hits:
        context["slip"] = slip_of(found.access, found.criteria)
    context |= with_form(request, found.access, typed=found.typed)
    return render(request, "lookup/hits.html", context)


def _refused(request: HttpRequest, access: Access, form: SearchForm) -> HttpResponse:
    """The search form with what is wrong at its fields."""
    return render(request, "lookup/search.html", with_form(request, access, form), status=422)


def _open_only_hit(request: HttpRequest, access: Access, token: str) -> HttpResponse:
    """The page of the only hit. It is a lookup of its own, logged after the search."""
    address = reverse("lookup:person", args=[token])
    return page_or_redirect(
        request,
        address,
        lambda: _person_page(request, references.look_up(access=access, token=token), token, ReasonForm()),
    )


def _person_page(request: HttpRequest, found: references.Found, token: str, form: ReasonForm) -> HttpResponse:
    if found.record is None:
        typed = with_form(request, found.access, typed={"text": found.number})
        return render(request, "lookup/nobody.html", typed | {"number": found.number})
    context = {
        "page": _present(found, found.record),
        "copies": tuple(copies(found.record)),
        "may_open_address": found.may_open_address,
        "token": token,
        "form": form,
        "way_back": reverse("lookup:in-role", args=[token]),
        **_around(found),
        **with_short_form(request, found.access),
    }
    return render(request, "lookup/person.html", context, status=422 if form.errors else 200)


def _around(found: references.Found) -> dict[str, object]:
    """The template's values about the lookup itself: access, time of print, expiry."""
    now = timezone.localtime()
    left = max(int((found.until - now).total_seconds()), 0)
    return {"access": found.access, "printed_at": now, "until": found.until, "seconds_left": left}


def _present(found: references.Found, record: PermittedRecord) -> PersonPage:
    today, asked = timezone.localdate(), found.number
    family = family_view(record, found.family, asked=asked, today=today, is_whole=found.family_is_whole)
    bases, areas = found.access.legal_bases, areas_opening()
    return presenters.person_page(record, asked=asked, today=today, family=family, bases=bases, areas=areas)
