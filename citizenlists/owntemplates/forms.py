"""The form of an organisation's own template."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citizenlists.content.columns import listable
from citizenlists.content.criteriawords import LABELS
from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.criteriaform import civil_statuses, of_everybody, sexes, with_countries
from citizenlists.models import OwnTemplate
from integrations.folkeregisteret.elements import ELEMENTS
from roles.admin.base.serviceforms import ReasonField, ServiceModelForm
from roles.models import ServiceArea
from roles.purposes import refuse_numbers
from roles.vocabulary import element_name

_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")


class DayField(forms.CharField):
    """A day of every year, typed as day.month and kept as month-day."""

    def to_python(self, value: Any) -> str:
        """The day as "11-30". Raises ValidationError for a text that is no day and month."""
        typed = super().to_python(value) or ""
        found = _DAY_AND_MONTH.fullmatch(typed)
        if typed and not found:
            raise forms.ValidationError(_("Skriv dag og måned: dag.måned."))
        return f"{int(found[2]):02}-{int(found[1]):02}" if found else ""

    def prepare_value(self, value: Any) -> Any:
        """The stored day as it is typed; what was typed is shown as it was."""
        month, dash, day = str(value or "").partition("-")
        return f"{day}.{month}" if dash else value


class OwnTemplateForm(ServiceModelForm[OwnTemplate]):
    """A template. The fields of RelativeNarrowing stand under their own names."""

    areas = forms.MultipleChoiceField(
        label=_("Tjenesteområder"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Malen tilbys i roller i disse områdene."),
    )
    sex = forms.ChoiceField(label=LABELS["sex"], required=False)
    citizenship = forms.ChoiceField(label=LABELS["citizenship"], required=False)
    civil_status = forms.ChoiceField(label=LABELS["civil_status"], required=False)
    years_in_status = forms.IntegerField(
        label=_("År siden sivilstanden begynte"), required=False, help_text=_("50 for gullbryllup.")
    )
    born_last = DayField(
        label=_("Siste fødselsdag"),
        required=False,
        help_text=_("Dag og måned i fødselsåret til de yngste, for eksempel 30.11."),
    )
    elements = forms.MultipleChoiceField(
        label=_("Opplysninger"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Den som bestiller, får av disse bare dem som rollen gir."),
    )
    reason = ReasonField()

    class Meta:
        model = OwnTemplate
        fields = [
            *("organisation", "name", "description", "areas", "year", "youngest", "oldest"),
            *("elements", "rows_per", "layout", "sorting", "is_active"),
        ]
        help_texts = {
            "youngest": _("Alderen de yngste på listen fyller det året. Tom: den som bestiller, skriver fødselsårene."),
            "oldest": _("Tom: ingen øvre grense."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.instance.narrowing.items():
            self.initial.setdefault(name, value)
        for name in ("name", "description"):
            if name in self.fields:
                self.fields[name].validators.append(refuse_numbers)
        offered = {
            "areas": [(area.code, area.name) for area in ServiceArea.objects.all()],
            "elements": [(key, element_name(key)) for key in listable(ELEMENTS)],
            "sex": of_everybody(sexes()),
            "citizenship": of_everybody(with_countries()),
            "civil_status": of_everybody(civil_statuses()),
        }
        for name, choices in offered.items():
            self._offer(name, choices)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def content(self) -> dict[str, Any]:
        """The arguments of the services. The form must be valid."""
        valid = dict(self.cleaned_data)
        given = {
            name: value for name in RelativeNarrowing.__struct_fields__ if (value := valid.pop(name)) not in ("", None)
        }
        return {**valid, "narrowing": RelativeNarrowing(**given)}
