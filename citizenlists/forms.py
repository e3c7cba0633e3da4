"""The order form. It offers only what the role gives; the employee fills in what the template leaves open."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citizenlists.content.columns import listable
from citizenlists.content.criteria import ListCriteria
from citizenlists.content.listtemplates import FREE_SELECTION, TEMPLATES
from citizenlists.orders.lifecycle import Request
from roles.access import Access
from roles.purposes import refuse_numbers
from roles.vocabulary import element_name
from roles.vocabulary.places import with_its_number

EARLIEST_YEAR = 1850
NOT_A_YEAR = _("Skriv et årstall med fire siffer.")


class YearInput(forms.TextInput):
    """A text field with a digit keyboard. It is no number field, because scrolling over one changes the year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "maxlength": "4", "class": "ds-input", "data-width": "year"}
        super().__init__(digits | (attrs or {}))


class FormId(forms.UUIDField):
    """The hidden id of the form, so that a form sent twice gives one order. An invalid id is replaced by a new one,
    because the employee cannot correct it."""

    def clean(self, value: object) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class OrderForm(forms.Form):
    """One order. An empty field takes the value of the chosen template."""

    form_id = FormId(widget=forms.HiddenInput, initial=uuid4)

    template = forms.ChoiceField(
        label=_("Mal"),
        initial=FREE_SELECTION,
        choices=[(one.key, one.name) for one in TEMPLATES.values()],
        widget=forms.Select({"class": "ds-input"}),
        help_text=_("En mal gir fødselsår og opplysninger. Du kan endre dem etterpå."),
    )
    kommune = forms.ChoiceField(label=_("Kommune"), widget=forms.Select({"class": "ds-input"}))
    born_from = forms.IntegerField(
        label=_("Født fra år"), required=False, widget=YearInput, error_messages={"invalid": NOT_A_YEAR}
    )
    born_to = forms.IntegerField(
        label=_("Født til år"), required=False, widget=YearInput, error_messages={"invalid": NOT_A_YEAR}
    )
    elements = forms.MultipleChoiceField(
        label=_("Opplysninger"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "ds-input"}),
        help_text=_("Det rollen din gir. Ta bare med det du trenger."),
    )
    purpose = forms.CharField(
        label=_("Formål eller saksnummer"),
        required=False,
        max_length=200,
        validators=[refuse_numbers],
        widget=forms.TextInput({"class": "ds-input"}),
        help_text=_("Står i loggen, så den listen gjelder, kan få vite hvorfor."),
    )

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, access: Access, **options: Any) -> None:
        super().__init__(data, **options)
        self._offered = listable(access.elements)
        kommuner = sorted(access.kommuner)
        self._choices("kommune", [(number, with_its_number(number)) for number in kommuner])
        self._choices("elements", [(key, element_name(key)) for key in self._offered])
        self.fields["purpose"].required = access.case_reference_required
        if len(kommuner) == 1:
            self.fields["kommune"].initial = kommuner[0]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def filled_in(self) -> dict[str, Any]:
        """The initial values for showing the form again: the typed values, overridden by the chosen template."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields if name != "elements"}
        kept = {"form_id": typed["form_id"] or uuid4(), "elements": self.data.getlist("elements")}
        return typed | kept | self._from_template(str(typed["template"]))

    def templates(self) -> dict[str, dict[str, Any]]:
        """The values of each template and the message about them, for the script that fills in the form."""
        said = _("Skjemaet er fylt ut fra malen %(name)s.")
        return {
            key: {**filled_in, "said": said % {"name": TEMPLATES[key].name}}
            for key in TEMPLATES
            if (filled_in := self._from_template(key))
        }

    def _from_template(self, key: str) -> dict[str, Any]:
        template = TEMPLATES.get(key, TEMPLATES[FREE_SELECTION])
        year = template.birth_year(timezone.localdate())
        elements = [element for element in self._offered if element in template.elements]
        said = {"born_from": year, "born_to": year, "elements": elements}
        return {name: value for name, value in said.items() if value}

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name, value in self._from_template(cleaned.get("template", "")).items():
            if name not in self.errors and not cleaned.get(name):
                cleaned[name] = value
        self._check_years(cleaned)
        if "elements" not in self.errors and not cleaned.get("elements"):
            self.add_error("elements", _("Velg minst én opplysning."))
        return cleaned

    @property
    def asks_beyond_role(self) -> list[str]:
        """The fields with a value that the role does not offer. The page itself cannot send such a value."""
        return [name for name in ("kommune", "elements") if self.has_error(name, "invalid_choice")]

    def _check_years(self, cleaned: dict[str, Any]) -> None:
        for name in ("born_from", "born_to"):
            if name not in self.errors:
                self._check_year(name, cleaned.get(name))
        born_from, born_to = cleaned.get("born_from"), cleaned.get("born_to")
        if born_from and born_to and not self.errors and born_to < born_from:
            self.add_error("born_to", _("Året må være det samme som eller senere enn «Født fra år»."))

    def _check_year(self, name: str, year: int | None) -> None:
        this_year = timezone.localdate().year
        if year is None:
            self.add_error(name, NOT_A_YEAR)
        elif not EARLIEST_YEAR <= year <= this_year:
            self.add_error(name, _("Skriv et årstall fra %(first)s til %(last)s.") % _years(this_year))

    def request(self) -> Request:
        """The request for the order. The form must be valid."""
        valid = self.cleaned_data
        return Request(
            template=valid["template"],
            criteria=ListCriteria(valid["kommune"], valid["born_from"], valid["born_to"]),
            elements=tuple(valid["elements"]),
            purpose=valid["purpose"].strip(),
            form_id=valid["form_id"],
        )


def _years(last: int) -> dict[str, int]:
    return {"first": EARLIEST_YEAR, "last": last}
