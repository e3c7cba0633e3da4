"""What an order's page offers beside the list: an e-mail when it has ended, and making it again by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citizenlists.models import UNFINISHED, CitizenList, Every, Notice, Schedule
from citizenlists.orders import notices

_HELP = _("E-posten har bare en lenke, ingenting om listen. Adressen slettes når den er sendt.")


class NoticeForm(forms.Form):
    """Where to send the e-mail."""

    address = forms.EmailField(
        label=_("E-postadresse"),
        help_text=_HELP,
        widget=forms.EmailInput({"class": "ds-input", "autocomplete": "email"}),
    )


class ScheduleForm(forms.Form):
    """How often the list is made again, and whom to tell."""

    every = forms.ChoiceField(label=_("Hvor ofte"), choices=Every.choices, widget=forms.Select({"class": "ds-input"}))
    told = forms.EmailField(
        label=_("E-postadresse"),
        required=False,
        help_text=_("Får beskjed når en liste er ferdig, og om tidsplanen stopper."),
        widget=forms.EmailInput({"class": "ds-input", "autocomplete": "email"}),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not notices.are_sent():
            del self.fields["told"]


def of_order(order: CitizenList) -> dict[str, Any]:
    """The context of the order's page beside the order itself."""
    schedule = Schedule.objects.filter(order=order).first()
    return {
        "offers_notice": order.state in UNFINISHED and notices.are_sent(),
        "has_notice": Notice.objects.filter(order=order).exists(),
        "notice_form": NoticeForm(),
        "schedule": schedule,
        "schedule_form": ScheduleForm(),
    }
