"""The reviewer's pages of an access review. They show colleagues and roles, never persons of the register."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from roles.access.permissions import Permission, employee_of, requires
from roles.models import AccessReview, Employee, ReviewItem
from roles.reviews.forms import AnswersForm
from roles.reviews.reviews import answer_items
from roles.violations import PolicyViolation

_PAGE = 50


@requires(Permission.LOGGED_IN)
@never_cache
@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """The list of open reviews in which the employee is a reviewer."""
    mine = _open_for(employee_of(request))
    return render(request, "roles/reviews.html", {"reviews": mine}) if mine else redirect("home")


@requires(Permission.LOGGED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """The employee's own part of a review, unanswered items first. Raises Http404 for a review without a part for
    them."""
    by = employee_of(request)
    found = _open_for(by).filter(pk=review_id).first()
    if found is None:
        raise Http404
    shown = _page(found, by, request.GET.get("side"))
    form = AnswersForm(request.POST if request.method == "POST" else None, items=list(shown.object_list))
    if form.is_valid() and _save_answers(request, found, form):
        return redirect(request.get_full_path())
    return _form_page(request, found, shown, form)


def _form_page(request: HttpRequest, found: AccessReview, shown: "Page[ReviewItem]", form: AnswersForm) -> HttpResponse:
    context = {"review": found, "page": shown, "form": form}
    return render(request, "roles/review.html", context, status=400 if form.errors else 200)


def _save_answers(request: HttpRequest, found: AccessReview, form: AnswersForm) -> bool:
    try:
        count = answer_items(review=found, answers=form.answers, by=employee_of(request))
    except PolicyViolation as violation:
        form.add_error(None, str(violation))
        return False
    said = ngettext("%(count)d svar er lagret.", "%(count)d svar er lagret.", count) % {"count": count}
    messages.success(request, said if count else _("Det var ingen nye svar å lagre."))
    return True


def _open_for(employee: Employee) -> QuerySet[AccessReview]:
    mine = ReviewItem.objects.filter(reviewer=employee).values("review")
    unanswered = Count("items", filter=Q(items__reviewer=employee, items__answer=""))
    open_ones = AccessReview.objects.filter(pk__in=mine, closed_at=None, deadline__gt=timezone.now())
    return open_ones.annotate(left=unanswered).select_related("organisation").order_by("deadline")


def _page(found: AccessReview, by: Employee, number: str | None) -> "Page[ReviewItem]":
    return Paginator(found.items.filter(reviewer=by), _PAGE).get_page(number)
