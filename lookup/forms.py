"""Fields and small forms of the lookup pages. They accept only what the register can be asked about."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.identifiers import InvalidIdentifier, parse
from integrations.folkeregisteret.typedtext import normalise_name, normalise_number, plain
from lookup.beyond import Way
from lookup.understanding.messages import NUMBER_FAULTS
from roles.purposes import refuse_numbers

#: Dates as people write them, and as a spreadsheet writes them with a time.
DATES = [
    *("%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d. %m. %Y"),
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
]
_EARLIEST_BIRTH = date(1850, 1, 1)


def check_birth_date(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Fødselsdatoen kan ikke være fram i tid."))
    if day < _EARLIEST_BIRTH:
        raise ValidationError(_("Fødselsdatoen er for langt tilbake i tid."))


def text_input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off", "spellcheck": "false", **attrs})


def reason_field(*, required: bool) -> forms.CharField:
    """The field for the reason to open a confidential address, which is done for one lookup at a time."""
    return forms.CharField(
        label=_("Begrunnelse for å se fortrolig adresse"),
        help_text=_("Fylles ut bare når du må se en fortrolig adresse. Begrunnelsen logges."),
        required=required,
        min_length=10,
        max_length=250,
        validators=[refuse_numbers],
        widget=text_input(),
        error_messages={"min_length": _("Skriv hvorfor du må se adressen, med minst 10 tegn.")},
    )


class NumberField(forms.CharField):
    """A field for a number. Its value is the bare digits; the form shows again what was typed."""

    def to_python(self, value: Any) -> str:
        return normalise_number(super().to_python(value) or "")


class NameField(forms.CharField):
    """A field for a name. Its value has the typed words without stray characters."""

    def to_python(self, value: Any) -> str:
        return normalise_name(super().to_python(value) or "")


class DayField(forms.DateField):
    """A field for a date. Its value is the date without a time."""

    def to_python(self, value: Any) -> date | None:
        return super().to_python(plain(value).strip(" .,;") if isinstance(value, str) else value)


class ReasonForm(forms.Form):
    """The form that opens one person's confidential address."""

    reason = reason_field(required=True)


class RelatedForm(forms.Form):
    """The form of the button beside a related person: their number."""

    number = forms.CharField(max_length=11)

    def clean_number(self) -> str:
        try:
            return parse(self.cleaned_data["number"]).number
        except InvalidIdentifier as error:
            raise ValidationError(NUMBER_FAULTS[error.reason]) from None


class WayForm(forms.Form):
    """The form of the buttons that widen a search."""

    way = forms.TypedChoiceField(choices=[(way.value, way.value) for way in Way], coerce=Way)


class AgainForm(forms.Form):
    """The form of the button beside one of today's own lookups."""

    seq = forms.IntegerField(min_value=1, max_value=2**63 - 1)
