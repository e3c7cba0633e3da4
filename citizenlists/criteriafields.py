"""The fields of the criteria form."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from citizenlists.content.criteriawords import LABELS

NOT_A_YEAR = _("Skriv et årstall med fire siffer.")
NOT_A_DAY = _("Skriv en dato: dag.måned.år.")
NOT_AN_AGE = _("Skriv en alder i hele år, fra 0 til 130.")
_OLDEST = 130


class YearInput(forms.TextInput):
    """A text field with a digit keyboard. It is no number field, because scrolling over one changes the year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "maxlength": "4", "class": "ds-input", "data-width": "year"}
        super().__init__(digits | (attrs or {}))


class NumbersField(forms.CharField):
    """Several numbers in one text, separated by commas or spaces. one: what each of them must look like. fault: what is
    said otherwise. The value is a tuple of texts, each once."""

    def __init__(self, *, one: str, fault: Any, **options: Any) -> None:
        super().__init__(required=False, max_length=200, widget=forms.TextInput({"class": "ds-input"}), **options)
        self._one, self._fault = re.compile(one), fault

    def to_python(self, value: Any) -> Any:
        """The numbers. Raises ValidationError when one of them is none."""
        numbers = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", super().to_python(value) or "")))
        if not all(map(self._one.fullmatch, numbers)):
            raise forms.ValidationError(self._fault)
        return numbers

    def run_validators(self, value: Any) -> None:
        """Checks the length of the text."""
        super().run_validators(", ".join(value))

    def prepare_value(self, value: Any) -> Any:
        """Stored numbers as they are typed; what was typed is shown as it was."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def year(name: str) -> forms.IntegerField:
    """A calendar year."""
    faults = {"invalid": NOT_A_YEAR}
    return forms.IntegerField(label=LABELS[name], required=False, widget=YearInput, error_messages=faults)


def age(name: str) -> forms.IntegerField:
    """An age in whole years."""
    return forms.IntegerField(
        label=LABELS[name],
        required=False,
        min_value=0,
        validators=[MaxValueValidator(_OLDEST, NOT_AN_AGE)],
        widget=YearInput,
        error_messages={"invalid": NOT_AN_AGE, "min_value": NOT_AN_AGE},
    )


def choice(name: str) -> forms.ChoiceField:
    """A choice of one; the form sets the choices."""
    return forms.ChoiceField(label=LABELS[name], required=False, widget=forms.Select({"class": "ds-input"}))


def month(name: str) -> forms.TypedChoiceField:
    """A month of any year."""
    return forms.TypedChoiceField(
        label=LABELS[name],
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Alle")), *MONTHS.items()],
        widget=forms.Select({"class": "ds-input"}),
    )


def day(name: str) -> forms.DateField:
    """A day, typed in the ways that people write one."""
    attributes = {"class": "ds-input", "data-width": "day"}
    return forms.DateField(
        label=LABELS[name],
        required=False,
        input_formats=["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attributes, format="%d.%m.%Y"),
        error_messages={"invalid": NOT_A_DAY},
    )
