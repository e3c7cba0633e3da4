"""The page of an access review: it is followed, handed over and closed, and the accesses to remove are withdrawn."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from roles.access.administration import Administers
from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.keys import key_in
from roles.admin.base.pages import XLSX, file, page
from roles.admin.base.scoping import check_may_change, find_row, may_change, scope
from roles.admin.base.serviceforms import ServiceForm
from roles.admin.base.tables import Columns, page_of
from roles.admin.choosing.picker import EmployeeField
from roles.models import AccessReview, Employee
from roles.reviews.carryingout import (
    leavings,
    still_administered,
    still_held,
    take_out_of_groups,
    withdraw_administrators,
    withdraw_removed,
)
from roles.reviews.reviewreport import ReviewRow, review_counts, review_rows, review_workbook
from roles.reviews.reviews import close_review, hand_over
from roles.violations import PolicyViolation

_COLUMNS: Columns[ReviewRow] = {
    _("Navn"): lambda row: row.item.holder_name,
    _("Rolle"): lambda row: row.item.role_name,
    _("Tilgangstype"): lambda row: row.kind,
    _("Gjennom gruppe"): lambda row: row.item.group_name,
    _("Kontrollør"): lambda row: row.item.reviewer,
    _("Svar"): lambda row: row.answer,
    _("Merknad"): lambda row: row.item.comment,
    _("Nå"): lambda row: _("Har tilgangen") if row.held else _("Har ikke tilgangen"),
}


class HandOverForm(ServiceForm):
    """A role with unanswered items in the review, and the employee who shall answer for them."""

    def __init__(self, data: Any = None, *, by: Employee, review: AccessReview) -> None:
        super().__init__(data, by=by)
        names = review.items.filter(answer="").order_by("role_name").values_list("role_name", flat=True).distinct()
        self.fields["role_name"] = forms.ChoiceField(label=_("Rolle"), choices=[(name, name) for name in names])
        self.fields["reviewer"] = reviewer = EmployeeField(label=_("Ny kontrollør"))
        mine = Employee.objects.filter(organisation=review.organisation_id, is_active=True)
        reviewer.choose_among(mine, within=review.organisation_id)


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, object_id: str) -> HttpResponseBase:
    """The page with what the review found and what can be done. POST does one of these. With ?fil=xlsx the report as a
    file."""
    if (key := key_in(object_id)) is None:
        raise Http404
    review = find_row(request, AccessReview.objects.select_related("organisation", "opened_by"), key)
    if request.method == "POST":
        return _act(request, review)
    if request.GET.get("fil") == "xlsx":
        return file(review_workbook(review), XLSX, f"tilgangsgjennomgang-{review.opened_at:%Y-%m-%d}.xlsx")
    return _page(request, review, HandOverForm(by=employee_of(request), review=review))


def _page(request: HttpRequest, review: AccessReview, form: HandOverForm) -> HttpResponse:
    open_now = review.is_open(timezone.now())
    about = {
        "review": review,
        "open": open_now,
        "may_change": may_change(request, review),
        "counts": review_counts(review),
        "table": page_of(review_rows(review), _COLUMNS, request.GET.get("side")),
        "carrying": None if open_now else _to_carry_out(review, scope(request)),
        "form": form,
    }
    return page(request, "review", about, title=review.name, under=AccessReview)


def _act(request: HttpRequest, review: AccessReview) -> HttpResponseBase:
    check_may_change(request, review)
    by = employee_of(request)
    if request.POST.get("act") == "hand-over":
        form = HandOverForm(request.POST, by=by, review=review)
        if not form.send_to(partial(hand_over, review=review)):
            return _page(request, review, form)
        messages.success(request, _handed_over_message(form.made))
    else:
        _carry_out(request, review, by)
    return redirect("admin:roles_accessreview_change", review.pk)


def _carry_out(request: HttpRequest, review: AccessReview, by: Employee) -> None:
    try:
        messages.success(request, _do(review, by, request.POST.get("act"), request.POST.getlist("chosen")))
    except PolicyViolation as violation:
        messages.error(request, str(violation))


def _do(review: AccessReview, by: Employee, act: str | None, chosen: list[str]) -> str:
    """Does what the button `act` stands for. Returns the message about it. Raises PolicyViolation."""
    match act:
        case "close":
            close_review(review=review, by=by)
            return _now("Gjennomgangen er avsluttet.")
        case "withdraw":
            return _withdrawn_message(withdraw_removed(review=review, by=by))
        case "withdraw-administrators":
            return _withdrawn_message(withdraw_administrators(review=review, chosen=chosen, by=by))
        case "leave-groups":
            return _taken_out_message(take_out_of_groups(review=review, chosen=chosen, by=by))
    raise PolicyViolation(_now("Velg hva som skal gjøres."))


def _withdrawn_message(count: int) -> str:
    said = ngettext("%(count)d tilgang er trukket tilbake.", "%(count)d tilganger er trukket tilbake.", count)
    return said % {"count": count}


def _taken_out_message(count: int) -> str:
    said = ngettext("%(count)d er tatt ut av gruppen.", "%(count)d er tatt ut av gruppene.", count)
    return said % {"count": count}


def _handed_over_message(count: int) -> str:
    said = ngettext("%(count)d tilgang er overført.", "%(count)d tilganger er overført.", count)
    return said % {"count": count}


def _to_carry_out(review: AccessReview, rights: Administers) -> dict[str, Any]:
    """What is left to withdraw, and what of it must be done at the identity provider."""
    through_groups = leavings(review)
    return {
        "directly": len(still_held(review)),
        "administered": still_administered(review),
        "may_appoint": review.organisation_id in rights.may_appoint,
        "leavings": [each for each in through_groups if not each.group.external_id],
        "elsewhere": [each for each in through_groups if each.group.external_id],
    }
