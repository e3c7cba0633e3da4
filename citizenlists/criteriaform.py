"""The part of the order form that says who the list is about."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citizenlists.content.criteria import FOR_THE_DEAD, NARROWED_BY, ListCriteria, Narrowing
from citizenlists.content.criteriawords import DISTRICT_NAMES, LABELS
from citizenlists.content.listtemplates import EARLIEST_YEAR
from citizenlists.content.placecriteria import STAY
from citizenlists.criteriafields import NOT_A_YEAR, NumbersField, age, choice, day, month, year
from integrations.codelists import countries
from integrations.folkeregisteret.codes import Kjoenn, Sivilstandstype, codes_of
from roles.access import Access
from roles.vocabulary import code_name
from roles.vocabulary.places import as_country, with_its_number

_NORWAY = "NOR"
_NOTHING = (None, "", ())


class CriteriaForm(forms.Form):
    """Kommune, birth years and what narrows the list further, as far as the role has the element for it."""

    kommune = forms.ChoiceField(label=_("Kommune"), widget=forms.Select({"class": "ds-input"}))
    kommune_by = choice("kommune_by")
    born_from = year("born_from")
    born_to = year("born_to")
    sex = choice("sex")
    citizenship = choice("citizenship")
    civil_status = choice("civil_status")
    civil_status_year = year("civil_status_year")
    born_first = day("born_first")
    born_last = day("born_last")
    born_month = month("born_month")
    age_from = age("age_from")
    age_to = age("age_to")
    age_on = day("age_on")
    died_from = year("died_from")
    died_to = year("died_to")
    postal_codes = NumbersField(
        label=LABELS["postal_codes"],
        one=r"\d{4}",
        fault=_("Skriv postnummer med fire siffer, med komma mellom."),
        help_text=_("Flere skilles med komma."),
    )
    district = choice("district")
    district_numbers = NumbersField(
        label=LABELS["district_numbers"],
        one=r"\d{1,8}",
        fault=_("Skriv kretsnummer med siffer, med komma mellom."),
        help_text=_("Flere skilles med komma."),
    )
    moved_since = day("moved_since")

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, access: Access, **options: Any) -> None:
        super().__init__(data, **options)
        kommuner = sorted(access.kommuner)
        self.offer("kommune", [(number, with_its_number(number)) for number in kommuner])
        self.offer("sex", of_everybody(sexes()))
        self.offer("civil_status", of_everybody(civil_statuses()))
        self.offer("citizenship", of_everybody(with_countries()))
        self.offer("district", [("", str(_("Ingen"))), *((kind, str(name)) for kind, name in DISTRICT_NAMES.items())])
        self.offer("kommune_by", [("", str(_("Bosted"))), (STAY, str(_("Oppholdssted")))])
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
        closed = [name for name, element in NARROWED_BY.items() if element not in access.elements]
        return closed if access.elements >= FOR_THE_DEAD else [*{*closed, "died_from", "died_to"}]

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
        self._check_pairs()
        self._years_from_ages()
        for name in ("born_from", "born_to"):
            self._check_year(name, needed=True)
        for name in ("civil_status_year", "died_from", "died_to"):
            self._check_year(name, needed=False)
        born_from, born_to = cleaned.get("born_from"), cleaned.get("born_to")
        if born_from and born_to and not self.errors:
            self._check_order(born_from, born_to)
        return cleaned

    def _check_pairs(self) -> None:
        """A criterion in two or three fields needs all of them."""
        cleaned = self.cleaned_data
        given = {name: value not in _NOTHING for name, value in cleaned.items()}
        has_age = given.get("age_from") or given.get("age_to")
        if has_age and not given.get("age_on") and not self.has_error("age_on"):
            self.add_error("age_on", _("Skriv datoen alderen gjelder."))
        if given.get("age_on") and not has_age and not (self.has_error("age_from") or self.has_error("age_to")):
            self.add_error("age_from", _("Skriv alderen også."))
        if given.get("died_from") and given.get("died_to") and cleaned["died_to"] < cleaned["died_from"]:
            self.add_error("died_to", _("Året må være det samme som eller senere enn «Død fra år»."))
        if given.get("district") and not given.get("district_numbers") and not self.has_error("district_numbers"):
            self.add_error("district_numbers", _("Skriv kretsnummeret også."))
        if given.get("district_numbers") and not given.get("district"):
            self.add_error("district", _("Velg hva slags krets det er."))

    def _years_from_ages(self) -> None:
        """Birth years that were left empty follow from the ages."""
        valid = self.cleaned_data
        youngest, oldest, on = (valid.get(name) for name in ("age_from", "age_to", "age_on"))
        if on is None:
            return
        if oldest is not None and youngest is not None and oldest < youngest:
            self.add_error("age_to", _("Alderen må være den samme som eller høyere enn «Alder fra»."))
        if oldest is not None and valid.get("born_from") is None and "born_from" not in self.errors:
            valid["born_from"] = max(on.year - oldest - 1, EARLIEST_YEAR)
        if valid.get("born_to") is None and "born_to" not in self.errors:
            valid["born_to"] = min(on.year - (youngest or 0), timezone.localdate().year)

    def _check_year(self, name: str, *, needed: bool) -> None:
        typed, this_year = self.cleaned_data.get(name), timezone.localdate().year
        if name not in self.fields or name in self.errors:
            return
        if typed is None and needed:
            self.add_error(name, NOT_A_YEAR)
        elif typed is not None and not EARLIEST_YEAR <= typed <= this_year:
            self.add_error(name, _("Skriv et årstall fra %(first)s til %(last)s.") % _years(this_year))

    def _check_order(self, born_from: int, born_to: int) -> None:
        if born_to < born_from:
            self.add_error("born_to", _("Året må være det samme som eller senere enn «Født fra år»."))
        for name in ("born_first", "born_last"):
            typed = self.cleaned_data.get(name)
            if typed and not born_from <= typed.year <= born_to:
                self.add_error(name, _("Datoen må være i fødselsårene over."))

    def criteria(self) -> ListCriteria:
        """The criteria of the order. The form must be valid."""
        valid = self.cleaned_data
        given = {name: valid[name] for name in NARROWED_BY if valid.get(name) not in _NOTHING}
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
