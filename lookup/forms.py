"""The search form. What it lets through is worth asking the register about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.identifiers import InvalidIdentifier, Reason, parse
from integrations.folkeregisteret.typedtext import name_meant, number_meant, plain
from roles.access import Access
from roles.purposes import refuse_numbers

NUMBER_ERRORS = {
    Reason.LENGTH: _("Nummeret må ha 11 siffer."),
    Reason.NOT_DIGITS: _("Nummeret kan bare ha sifre."),
    Reason.NOT_A_DATE: _("De seks første sifrene er ikke en dato. Se etter en skrivefeil."),
    Reason.CHECK_DIGITS: _("Kontrollsifrene stemmer ikke. Se etter en skrivefeil."),
}
#: Characters the register refuses in a name (its search operation).
_PLAIN_NAME = RegexValidator(
    r"[@{}\[\]#!$&(),|\d]", _("Navnet kan ikke ha tall eller tegn som @, #, & eller komma."), inverse_match=True
)
#: As people write them, and as a spreadsheet does with a time behind.
_DATES = [
    *("%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d. %m. %Y"),
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
]
_EARLIEST_BIRTH = date(1850, 1, 1)


def check_birth_date(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Fødselsdatoen kan ikke være fram i tid."))
    if day < _EARLIEST_BIRTH:
        raise ValidationError(_("Fødselsdatoen er for langt tilbake i tid."))


def _input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off", "spellcheck": "false", **attrs})


def reason_field(*, required: bool) -> forms.CharField:
    """Why a confidential address is opened: a deliberate act, one lookup at a time."""
    return forms.CharField(
        label=_("Begrunnelse for å se fortrolig adresse"),
        help_text=_("Fylles ut bare når du må se en fortrolig adresse. Begrunnelsen logges."),
        required=required,
        min_length=10,
        max_length=250,
        validators=[refuse_numbers],
        widget=_input(),
        error_messages={"min_length": _("Skriv hvorfor du må se adressen, med minst 10 tegn.")},
    )


class NumberField(forms.CharField):
    """A number as it was meant; what was typed is what is shown again."""

    def to_python(self, value: Any) -> str:
        return number_meant(super().to_python(value) or "")


class NameField(forms.CharField):
    """A name as it was meant."""

    def to_python(self, value: Any) -> str:
        return name_meant(super().to_python(value) or "")


class DayField(forms.DateField):
    """A date as it was meant."""

    def to_python(self, value: Any) -> date | None:
        return super().to_python(plain(value).strip(" .,;") if isinstance(value, str) else value)


class SearchForm(forms.Form):
    """A number, or a name and a date of birth; and why. `access` decides which of the fields there are."""

    number = NumberField(
        label=_("Fødselsnummer eller d-nummer"),
        help_text=_("11 siffer"),
        required=False,
        max_length=100,
        widget=_input(inputmode="numeric", accesskey="f", autofocus="", **{"data-width": "number"}),
        error_messages={"max_length": NUMBER_ERRORS[Reason.LENGTH]},
    )
    name = NameField(
        label=_("Navn"),
        help_text=_("Hele navn, for eksempel fornavn og etternavn"),
        required=False,
        max_length=200,
        validators=[_PLAIN_NAME],
        widget=_input(),
    )
    birth_date = DayField(
        label=_("Fødselsdato"),
        help_text=_("dd.mm.åååå"),
        required=False,
        input_formats=_DATES,
        validators=[check_birth_date],
        widget=forms.DateInput(
            format="%d.%m.%Y", attrs={"class": "ds-input", "autocomplete": "off", "data-width": "date"}
        ),
        error_messages={"invalid": _("Skriv datoen som dd.mm.åååå, for eksempel 05.03.2018.")},
    )
    purpose = forms.CharField(
        label=_("Formål eller saksnummer"),
        help_text=_("Hvorfor du slår opp. Teksten står i loggen."),
        max_length=200,
        validators=[refuse_numbers],
        widget=_input(),
        error_messages={"required": _("Rollen din krever formål eller saksnummer.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, access: Access) -> None:
        super().__init__(data)
        self.fields["purpose"].required = access.case_reference_required
        if access.confidential_addresses:
            self.fields["reason"] = reason_field(required=False)

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        try:
            return parse(typed).number if typed else ""
        except InvalidIdentifier as error:
            raise ValidationError(NUMBER_ERRORS[error.reason]) from None

    def clean(self) -> dict[str, Any]:
        """One way of searching, and that one whole."""
        typed = {field: bool(plain(self.data.get(field, ""))) for field in ("number", "name", "birth_date")}
        if not any(typed.values()):
            self.add_error("number", _("Skriv et nummer, eller navn og fødselsdato."))
        elif typed["number"] and (typed["name"] or typed["birth_date"]):
            self.add_error("number", _("Søk enten med nummer eller med navn og fødselsdato, ikke begge deler."))
        elif typed["name"] and not typed["birth_date"]:
            self.add_error("birth_date", _("Skriv også fødselsdatoen."))
        elif typed["birth_date"] and not typed["name"]:
            self.add_error("name", _("Skriv også navnet."))
        return self.cleaned_data


class ReasonForm(forms.Form):
    """The deliberate act of opening one person's confidential address."""

    reason = reason_field(required=True)


class RelatedForm(forms.Form):
    """The number of a related person, from the button beside it."""

    number = forms.CharField(max_length=11)

    clean_number = SearchForm.clean_number
