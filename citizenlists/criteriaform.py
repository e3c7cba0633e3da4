"""The part of the order form that says who the list is about."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citizenlists.content.criteria import NARROWED_BY, ListCriteria, Narrowing
from citizenlists.content.criteriawords import LABELS
from citizenlists.content.listtemplates import EARLIEST_YEAR
from integrations.codelists import countries
from integrations.folkeregisteret.codes import Kjoenn, Sivilstandstype, codes_of
from roles.access import Access
from roles.vocabulary import code_name
from roles.vocabulary.places import as_country, with_its_number

NOT_A_YEAR = _("Skriv et årstall med fire siffer.")
NOT_A_DAY = _("Skriv en dato: dag.måned.år.")
_NORWAY = "NOR"


class YearInput(forms.TextInput):
    """A text field with a digit keyboard. It is no number field, because scrolling over one changes the year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "maxlength": "4", "class": "ds-input", "data-width": "year"}
        super().__init__(digits | (attrs or {}))


def _year(name: str) -> forms.IntegerField:
    faults = {"invalid": NOT_A_YEAR}
    return forms.IntegerField(label=LABELS[name], required=False, widget=YearInput, error_messages=faults)


def _choice(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=LABELS[name], required=False, widget=forms.Select({"class": "ds-input"}))


def _day(name: str) -> forms.DateField:
    attributes = {"class": "ds-input", "data-width": "day"}
    return forms.DateField(
        label=LABELS[name],
        required=False,
        input_formats=["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attributes, format="%d.%m.%Y"),
        error_messages={"invalid": NOT_A_DAY},
    )


class CriteriaForm(forms.Form):
    """Kommune, birth years and what narrows the list further, as far as the role has the element for it."""

    kommune = forms.ChoiceField(label=_("Kommune"), widget=forms.Select({"class": "ds-input"}))
    born_from = _year("born_from")
    born_to = _year("born_to")
    sex = _choice("sex")
    citizenship = _choice("citizenship")
    civil_status = _choice("civil_status")
    civil_status_year = _year("civil_status_year")
    born_first = _day("born_first")
    born_last = _day("born_last")

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, access: Access, **options: Any) -> None:
        super().__init__(data, **options)
        kommuner = sorted(access.kommuner)
        self.offer("kommune", [(number, with_its_number(number)) for number in kommuner])
        self.offer("sex", of_everybody(sexes()))
        self.offer("civil_status", of_everybody(civil_statuses()))
        self.offer("citizenship", of_everybody(with_countries()))
        for name in self._not_in_role(access):
            del self.fields[name]
        if len(kommuner) == 1:
            self.fields["kommune"].initial = kommuner[0]

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Sets the choices of a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @staticmethod
    def _not_in_role(access: Access) -> list[str]:
        return [name for name, element in NARROWED_BY.items() if element not in access.elements]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields that narrow the list."""
        return [self[name] for name in NARROWED_BY if name in self.fields]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of these fields has a value or an error, so that all must be seen."""
        return any(field.value() or field.errors for field in self.narrowing)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name in ("born_from", "born_to"):
            self._check_year(name, needed=True)
        self._check_year("civil_status_year", needed=False)
        born_from, born_to = cleaned.get("born_from"), cleaned.get("born_to")
        if born_from and born_to and not self.errors:
            self._check_order(born_from, born_to)
        return cleaned

    def _check_year(self, name: str, *, needed: bool) -> None:
        year, this_year = self.cleaned_data.get(name), timezone.localdate().year
        if name not in self.fields or name in self.errors:
            return
        if year is None and needed:
            self.add_error(name, NOT_A_YEAR)
        elif year is not None and not EARLIEST_YEAR <= year <= this_year:
            self.add_error(name, _("Skriv et årstall fra %(first)s til %(last)s.") % _years(this_year))

    def _check_order(self, born_from: int, born_to: int) -> None:
        if born_to < born_from:
            self.add_error("born_to", _("Året må være det samme som eller senere enn «Født fra år»."))
        for name in ("born_first", "born_last"):
            day = self.cleaned_data.get(name)
            if day and not born_from <= day.year <= born_to:
                self.add_error(name, _("Datoen må være i fødselsårene over."))

    def criteria(self) -> ListCriteria:
        """The criteria of the order. The form must be valid."""
        valid = self.cleaned_data
        given = {name: valid[name] for name in NARROWED_BY if valid.get(name)}
        return ListCriteria(valid["kommune"], valid["born_from"], valid["born_to"], Narrowing(**given))


def of_everybody(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices after an empty one that chooses nobody out."""
    return [("", str(_("Alle"))), *choices]


def sexes() -> list[tuple[str, str]]:
    """The register's codes of sex, with their names."""
    return _codes("kjoenn", Kjoenn)


def civil_statuses() -> list[tuple[str, str]]:
    """The register's codes of civil status, with their names."""
    return _codes("sivilstand", Sivilstandstype)


def _codes(field: str, kind: object) -> list[tuple[str, str]]:
    return [(code, code_name(field, code)) for code in codes_of(kind) or ()]


def with_countries() -> list[tuple[str, str]]:
    """Norway first, the others by name."""
    named = [(country.alpha3, as_country(country.alpha3)) for country in countries() if country.alpha3]
    return sorted(named, key=lambda country: (country[0] != _NORWAY, country[1]))


def _years(last: int) -> dict[str, int]:
    return {"first": EARLIEST_YEAR, "last": last}
