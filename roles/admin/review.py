"""The list of access reviews, and the form that opens one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.choosing.picker import EmployeeField, PickingForm
from roles.admin.reviewing import follow_up
from roles.models import AccessReview
from roles.purposes import refuse_numbers
from roles.reviews.reviews import open_review


class OpenForm(PickingForm[AccessReview]):
    """When the review ends and who answers. The page sets the employees to choose from."""

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
        """The name. Raises ValidationError for one with a number in it, since the log keeps it."""
        refuse_numbers(name := str(self.cleaned_data["name"]))
        return name


class AccessReviewAdmin(ScopedAdmin[AccessReview]):
    """A review is opened here and never edited: it asks about a frozen copy."""

    changeable = True
    form = OpenForm
    list_display = ["name", "organisation", "opened_at", "deadline", "closed_at"]
    list_select_related = ["organisation"]
    fields = ["organisation", "name", "reviewer", "deputy", "remind_at", "deadline"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The initial values: three weeks to answer, and a reminder one week before the end."""
        del request
        deadline = timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(weeks=3)
        return {"deadline": deadline, "remind_at": deadline - timedelta(weeks=1)}

    def save_model(self, request: HttpRequest, obj: AccessReview, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        del change
        made = open_review(by=employee_of(request), **form.cleaned_data)
        obj.pk, obj._state.adding = made.pk, False

    def response_add(
        self, request: HttpRequest, obj: AccessReview, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Redirects to the review."""
        del post_url_continue
        self.message_user(request, _("Gjennomgangen er åpnet. Kontrollørene ser den på sine sider."), messages.SUCCESS)
        return redirect("admin:roles_accessreview_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Redirects to the page that shows what the review found: there is no form to edit a review."""
        del form_url, extra_context
        return follow_up(request, object_id)
