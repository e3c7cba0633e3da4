"""The forms for recording an onboarding step and for withdrawing it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models import Step


class StepForm(forms.Form):
    """The date of a step; for the agreement also its name, its version and who signed it."""

    done_on = forms.DateField(label=_("Dato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    document = forms.CharField(label=_("Avtale"), max_length=200)
    version = forms.CharField(label=_("Versjon"), max_length=50)
    signer = forms.CharField(label=_("Signert av"), max_length=200, help_text=_("Navn og stilling."))

    def __init__(self, data: Any = None, *, step: Step) -> None:
        super().__init__(data, prefix=step.value)
        if step != Step.AGREEMENT:
            for name in ("document", "version", "signer"):
                del self.fields[name]

    def clean_done_on(self) -> Any:
        """Refuses a future date at the field, as take_step() would."""
        done_on = self.cleaned_data["done_on"]
        if done_on > timezone.localdate():
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return done_on


class TakenBackForm(forms.Form):
    """The reason why a step no longer counts."""

    reason = forms.CharField(label=_("Hvorfor steget ikke lenger gjelder"), max_length=500)

    def __init__(self, data: Any = None, *, step: Step) -> None:
        super().__init__(data, prefix=f"{step.value}-back")
