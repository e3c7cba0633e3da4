"""Access reviews in the administration: opened, followed, handed over, closed, and what should go withdrawn."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from roles.access.administration import Administers
from roles.access.permissions import employee_of
from roles.admin.base.reporttable import Columns, table_of
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.choosing.picker import EmployeeField, PickingForm
from roles.models import AccessReview, Employee
from roles.purposes import without_numbers
from roles.reviews.carryingout import (
    leavings,
    still_administered,
    still_held,
    take_out_of_groups,
    withdraw_administrators,
    withdraw_removed,
)
from roles.reviews.reviewreport import ReviewRow, review_counts, review_rows, review_workbook
from roles.reviews.reviews import close_review, hand_over, open_review
from roles.violations import PolicyViolation

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


class OpenForm(PickingForm[AccessReview]):
    """When it ends and who answers. The employees to choose from are set by the page."""

    reviewer = EmployeeField(
        label=_("Kontrollør"),
        help_text=_("Svarer for alle til å begynne med. Hver rolle kan overføres til en annen etterpå."),
    )
    deputy = EmployeeField(
        label=_("Stedfortreder"),
        help_text=_("Svarer for kontrollørens egne tilganger: ingen går gjennom sine egne."),
    )

    class Meta:
        model = AccessReview
        fields = ["organisation", "name", "remind_at", "deadline"]

    def clean_name(self) -> str:
        """It stands in the log."""
        without_numbers(name := str(self.cleaned_data["name"]))
        return name


class HandOverForm(forms.Form):
    """A role of the review, and who is to answer for it."""

    def __init__(self, data: QueryDict | None = None, *, review: AccessReview) -> None:
        super().__init__(data)
        names = review.items.filter(answer="").order_by("role_name").values_list("role_name", flat=True).distinct()
        self.fields["role_name"] = forms.ChoiceField(label=_("Rolle"), choices=[(name, name) for name in names])
        self.fields["reviewer"] = reviewer = EmployeeField(label=_("Ny kontrollør"))
        mine = Employee.objects.filter(organisation=review.organisation_id, is_active=True)
        reviewer.choose_among(mine, within=review.organisation_id)


class AccessReviewAdmin(ScopedAdmin[AccessReview]):
    """A review is opened here and never edited: what it asks about is a frozen copy."""

    changeable = True
    form = OpenForm
    list_display = ["name", "organisation", "opened_at", "deadline", "closed_at"]
    list_select_related = ["organisation"]
    fields = ["organisation", "name", "reviewer", "deputy", "remind_at", "deadline"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Three weeks to answer, and a reminder a week before they are over."""
        del request
        deadline = timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(weeks=3)
        return {"deadline": deadline, "remind_at": deadline - timedelta(weeks=1)}

    def save_model(self, request: HttpRequest, obj: AccessReview, form: Any, change: bool) -> None:
        """The service writes and logs."""
        del change
        made = open_review(by=employee_of(request), **form.cleaned_data)
        obj.pk, obj._state.adding = made.pk, False

    def response_add(
        self, request: HttpRequest, obj: AccessReview, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the review."""
        del post_url_continue
        self.message_user(request, _("Gjennomgangen er åpnet. Kontrollørene ser den på sine sider."), messages.SUCCESS)
        return redirect("admin:roles_accessreview_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The report of the review, and what is done with it. There is no form that edits it."""
        review = self.get_object(request, object_id)
        if review is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            return self._act(request, review)
        if request.GET.get("fil") == "xlsx":
            return _file(review)
        return self._page(request, review)

    def _page(self, request: HttpRequest, review: AccessReview, form: HandOverForm | None = None) -> HttpResponse:
        open_now = review.is_open(timezone.now())
        about = {
            "review": review,
            "open": open_now,
            "may_change": self.has_change_permission(request, review),
            "counts": review_counts(review),
            "table": table_of(review_rows(review), _COLUMNS, request.GET.get("side")),
            "carrying": None if open_now else _to_carry_out(review, scope(request)),
            "form": form or HandOverForm(review=review),
        }
        around = {**self.admin_site.each_context(request), "opts": self.opts, "title": review.name}
        return render(request, "admin/roles/accessreview/report.html", around | about)

    def _act(self, request: HttpRequest, review: AccessReview) -> HttpResponseBase:
        if not self.has_change_permission(request, review):
            raise PermissionDenied
        handing_over = HandOverForm(request.POST, review=review) if request.POST.get("act") == "hand-over" else None
        if handing_over and not handing_over.is_valid() and review.is_open(timezone.now()):
            return self._page(request, review, handing_over)
        try:
            self.message_user(request, _done(request, review, handing_over), messages.SUCCESS)
        except PolicyViolation as violation:
            self.message_user(request, str(violation), messages.ERROR)
        return redirect("admin:roles_accessreview_change", review.pk)


def _done(request: HttpRequest, review: AccessReview, handing_over: HandOverForm | None) -> str:
    """Does what the button says, and says what was done. Raises PolicyViolation."""
    by, chosen = employee_of(request), request.POST.getlist("chosen")
    if handing_over:
        return _handed_over(review, handing_over, by)
    match request.POST.get("act"):
        case "close":
            close_review(review=review, by=by)
            return _now("Gjennomgangen er avsluttet.")
        case "withdraw":
            return _withdrawn(withdraw_removed(review=review, by=by))
        case "withdraw-administrators":
            return _withdrawn(withdraw_administrators(review=review, chosen=chosen, by=by))
        case "leave-groups":
            return _taken_out(take_out_of_groups(review=review, chosen=chosen, by=by))
    raise PolicyViolation(_now("Velg hva som skal gjøres."))


def _withdrawn(count: int) -> str:
    said = ngettext("%(count)d tilgang er trukket tilbake.", "%(count)d tilganger er trukket tilbake.", count)
    return said % {"count": count}


def _taken_out(count: int) -> str:
    said = ngettext("%(count)d er tatt ut av gruppen.", "%(count)d er tatt ut av gruppene.", count)
    return said % {"count": count}


def _to_carry_out(review: AccessReview, rights: Administers) -> dict[str, Any]:
    """What is left to do, and what of it is for others to do."""
    through_groups = leavings(review)
    return {
        "directly": len(still_held(review)),
        "administered": still_administered(review),
        "may_appoint": review.organisation_id in rights.may_appoint,
        "leavings": [each for each in through_groups if not each.group.external_id],
        "elsewhere": [each for each in through_groups if each.group.external_id],
    }


def _handed_over(review: AccessReview, form: HandOverForm, by: Employee) -> str:
    if not form.is_valid():  # an open review's page has said what is wrong
        raise PolicyViolation(_now("Gjennomgangen er avsluttet."))
    count = hand_over(review=review, by=by, **form.cleaned_data)
    said = ngettext("%(count)d tilgang er overført.", "%(count)d tilganger er overført.", count)
    return said % {"count": count}


def _file(review: AccessReview) -> HttpResponse:
    name = f"tilgangsgjennomgang-{review.opened_at:%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(review_workbook(review), _XLSX, headers=headers)
