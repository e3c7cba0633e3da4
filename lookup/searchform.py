"""The search form: one field that takes any text, and below it the fields that the text is parsed into."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from integrations.codelists.kommuner import fylker, kommuner
from integrations.folkeregisteret.identifiers import InvalidIdentifier, Reason, parse
from integrations.folkeregisteret.typedtext import plain
from lookup.areaselect import AreaField
from lookup.forms import DATES, DayField, NameField, NumberField, check_birth_date, reason_field, text_input
from lookup.searchfields import CRITERIA, READ_FROM_TEXT, STAYS, SWITCHES
from lookup.understanding import LONGEST, ParsedText
from lookup.understanding.dates import EARLIEST_YEAR, OLDEST
from lookup.understanding.messages import NUMBER_FAULTS, Question, faults_of, questions_of
from roles import disclosure
from roles.access import Access
from roles.purposes import refuse_numbers

#: Accepts the characters that the register accepts in a name (its operation for searches).
_PLAIN_NAME = RegexValidator(
    r"[@{}\[\]#!$&(),|\d]", _("Navnet kan ikke ha tall eller tegn som @, #, & eller komma."), inverse_match=True
)
_HOUSE = RegexValidator(r"^[0-9]{1,4}[A-Za-zÆØÅæøå]?$", _("Skriv husnummeret som 12 eller 12B."))
_POSTNUMMER = RegexValidator(r"^[0-9]{4}$", _("Et postnummer har fire sifre."))
#: The fields that find few enough persons. A search has at least one of them; the others narrow it.
_FINDS = ("name", "street", "postnummer")


class PlainField(forms.CharField):
    """A field for a text. Its value has the typed words without stray characters."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "").strip(" .,;")


class HouseField(PlainField):
    """A field for a house number. Its value has the letter beside it: "12 b" is "12B"."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace(" ", "").upper()


def _year(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "ds-input", "autocomplete": "off", "data-width": "date"})
    return forms.IntegerField(label=label, required=False, min_value=EARLIEST_YEAR, max_value=9999, widget=widget)


def _switch(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs={"class": "ds-input"}))


def _choice(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "ds-input"})
    return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *choices], widget=widget)


def _holds(value: object) -> bool:
    return value is not None and value is not False and value != ""


class SearchForm(forms.Form):
    """Whom to look for, and why. `access` decides which fields the form has. `meant`: what the text was parsed to.

    read: the text that the fields were filled from. role: the role in which the form was shown.
    """

    text = forms.CharField(
        label=_("Søk"),
        help_text=_("Fødselsnummer eller d-nummer, navn og fødselsdato, eller adresse"),
        required=False,
        max_length=LONGEST,
        widget=text_input(accesskey="f"),
    )
    number = NumberField(
        label=_("Fødselsnummer eller d-nummer"),
        required=False,
        max_length=100,
        widget=text_input(inputmode="numeric", **{"data-width": "number"}),
        error_messages={"max_length": NUMBER_FAULTS[Reason.LENGTH]},
    )
    name = NameField(
        label=_("Navn"),
        help_text=_("Hele navn, for eksempel fornavn og etternavn"),
        required=False,
        max_length=200,
        validators=[_PLAIN_NAME],
        widget=text_input(),
    )
    birth_date = DayField(
        label=_("Fødselsdato"),
        help_text=_("dd.mm.åååå"),
        required=False,
        input_formats=DATES,
        validators=[check_birth_date],
        widget=forms.DateInput(
            format="%d.%m.%Y", attrs={"class": "ds-input", "autocomplete": "off", "data-width": "date"}
        ),
        error_messages={"invalid": _("Skriv datoen som dd.mm.åååå, for eksempel 05.03.2018.")},
    )
    born_from = _year(_("Født fra og med år"))
    born_to = _year(_("Født til og med år"))
    age = forms.IntegerField(
        label=_("Alder"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput(attrs={"class": "ds-input", "autocomplete": "off", "data-width": "date"}),
    )
    sex = _choice(_("Kjønn"), [("kvinne", _("Kvinne")), ("mann", _("Mann"))])
    street = PlainField(
        label=_("Gate eller vei"),
        help_text=_("Minst tre bokstaver fra begynnelsen"),
        required=False,
        min_length=3,
        max_length=100,
        widget=text_input(),
        error_messages={"min_length": _("Skriv minst tre bokstaver av gaten.")},
    )
    house = HouseField(
        label=_("Husnummer"),
        help_text=_("Med bokstav, hvis huset har det"),
        required=False,
        max_length=10,
        validators=[_HOUSE],
        widget=text_input(**{"data-width": "date"}),
    )
    postnummer = PlainField(
        label=_("Postnummer"),
        required=False,
        max_length=10,
        validators=[_POSTNUMMER],
        widget=text_input(inputmode="numeric", **{"data-width": "date"}),
    )
    kommune = AreaField(kommuner(), label=_("Kommune"))
    fylke = AreaField(fylker(), label=_("Fylke"))
    similar = _switch(_("Søk også etter navn som ligner"))
    earlier = _switch(_("Søk også i tidligere navn og adresser"))
    dead = _switch(_("Søk også blant døde"))
    stay = _switch(_("Søk også i oppholdsadresser"))
    purpose = forms.CharField(
        label=_("Formål eller saksnummer"),
        help_text=_("Hvorfor du slår opp. Teksten står i loggen."),
        max_length=200,
        validators=[refuse_numbers],
        widget=text_input(list="last-purposes"),
        error_messages={"required": _("Rollen din krever formål eller saksnummer.")},
    )
    read = forms.CharField(required=False, max_length=LONGEST, strip=False, widget=forms.HiddenInput())
    role = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        access: Access,
        meant: ParsedText | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        here = {"role": str(access.role_id)}
        super().__init__(None if data is None else {**data, **here}, initial={**(initial or {}), **here})
        self.access, self.meant, self.shown_in = access, meant, (data or {}).get("role")
        self.questions: list[Question] = list(questions_of(meant)) if meant else []
        self.fields["purpose"].required = access.case_reference_required
        if access.confidential_addresses:
            self.fields["reason"] = reason_field(required=False)
        self.closed = [field for field, name in CRITERIA.items() if not disclosure.may_search_by(access, name)]
        for field in self.closed:
            del self.fields[field]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields below the one field, in the order of the page, without the switches."""
        return [self[name] for name in (*READ_FROM_TEXT, "sex") if name in self.fields]

    @property
    def switches(self) -> list[forms.BoundField]:
        """The switches that widen the search."""
        return [self[name] for name in SWITCHES if name in self.fields]

    @property
    def typed(self) -> dict[str, str]:
        """The values that the session keeps for the form."""
        return {name: self.data[name] for name in STAYS if self.data.get(name)}

    @property
    def is_unfolded(self) -> bool:
        """Whether a field below the one field has an error."""
        return any(bound.errors for bound in self if bound.name not in ("text", "purpose"))

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        try:
            return parse(typed).number if typed else ""
        except InvalidIdentifier as error:
            raise ValidationError(NUMBER_FAULTS[error.reason]) from None

    def clean(self) -> dict[str, Any]:
        """The checked values. Adds errors when the role has been changed since the form was shown, when the text is
        faulty or leaves a question open, when the role may not search by all of it, and when number and other fields
        are mixed."""
        self._check_role()
        told = [*(faults_of(self.meant) if self.meant else ()), *(question.text for question in self.questions)]
        for fault in told:
            self.add_error("text", fault)
        if not self._asks_beyond_the_role() and not told:
            self._check_whole()
        return self.cleaned_data

    def _check_role(self) -> None:
        if self.shown_in and self.shown_in != str(self.access.role_id):
            said = _("Du har byttet rolle siden skjemaet ble vist. Ingenting er søkt. Søk på nytt i rollen %(role)s.")
            self.add_error(None, ValidationError(said, params={"role": self.access.role_name}))

    def _asks_beyond_the_role(self) -> bool:
        beyond = any(plain(self.data.get(field, "")) for field in self.closed)
        if beyond:
            self.add_error(
                "text", _("Rollen din kan ikke søke på alt dette. Søk med nummer, eller navn og fødselsdato.")
            )
        return beyond

    def _check_whole(self) -> None:
        typed = {bound.name for bound in self.folded if bound.errors or _holds(self.cleaned_data.get(bound.name))}
        others = typed - {"number"}
        if not typed:
            self.add_error("text", _("Skriv et nummer, et navn eller en adresse."))
        elif "number" in typed and others:
            self.add_error("number", _("Søk enten med nummer eller med de andre feltene, ikke begge deler."))
        elif "number" not in typed:
            self._check_criteria(typed)

    def _check_criteria(self, typed: set[str]) -> None:
        first, last = self.cleaned_data.get("born_from"), self.cleaned_data.get("born_to")
        if typed.isdisjoint(_FINDS):
            self.add_error("name", _("Skriv også navnet, gaten eller postnummeret."))
        if "house" in typed and "street" not in typed:
            self.add_error("street", _("Skriv også gaten."))
        if first and last and first > last:
            self.add_error("born_to", _("Det siste året er før det første."))
