"""The order form. It offers only what the role gives, and comes filled in from the template of its page."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citizenlists.content.columns import listable
from citizenlists.content.formats import lacking_for
from citizenlists.content.layouts import lacking, shown_elements
from citizenlists.content.listtemplates import FREE_SELECTION, TEMPLATES, ListTemplate
from citizenlists.content.sheets import sheet_of
from citizenlists.criteriaform import CriteriaForm
from citizenlists.models import CitizenList, FileFormat, Layout, RowsPer, Sorting
from citizenlists.orders.placing import Request
from citizenlists.orders.rights import criteria_of
from citizenlists.owntemplates.offering import templates_of
from citizenlists.ownworkbooks.choosing import OWN, choices_of, id_of, lacking_for_workbook
from roles.access import Access
from roles.purposes import refuse_numbers
from roles.vocabulary import element_name

#: The fields that say what the file looks like.
_SHAPE = ("layout", "sorting", "rows_per", "file_format")


class FormId(forms.UUIDField):
    """The hidden id of the form, so that a form sent twice gives one order. An invalid id is replaced by a new one,
    because the employee cannot correct it."""

    def clean(self, value: object) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class OrderForm(CriteriaForm):
    """One order. initial: what the empty form is filled with (from_template, from_order). What is sent is ordered."""

    form_id = FormId(widget=forms.HiddenInput, initial=uuid4)
    template = forms.ChoiceField(label=_("Mal"), widget=forms.HiddenInput)
    elements = forms.MultipleChoiceField(
        label=_("Opplysninger"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "ds-input"}),
        help_text=_("Det rollen din gir. Ta bare med det du trenger."),
    )
    rows_per = forms.ChoiceField(
        label=_("En rad for hver"),
        required=False,
        choices=RowsPer.choices,
        widget=forms.Select({"class": "ds-input"}),
    )
    layout = forms.ChoiceField(
        label=_("Oppsett"), required=False, choices=Layout.choices, widget=forms.Select({"class": "ds-input"})
    )
    sorting = forms.ChoiceField(
        label=_("Sorter etter"),
        required=False,
        choices=[("", _("Ikke sortert")), *Sorting.choices],
        widget=forms.Select({"class": "ds-input"}),
    )
    file_format = forms.ChoiceField(
        label=_("Filformat"),
        required=False,
        choices=FileFormat.choices,
        widget=forms.Select({"class": "ds-input"}),
        help_text=_("Kolonnene i VAKSINE er vår antakelse: prøv filen i systemet som skal lese den."),
    )
    purpose = forms.CharField(
        label=_("Formål eller saksnummer"),
        max_length=200,
        validators=[refuse_numbers],
        widget=forms.TextInput({"class": "ds-input"}),
        help_text=_("Står i loggen, så den listen gjelder, kan få vite hvorfor."),
    )

    def __init__(self, data: QueryDict | None = None, *, access: Access, initial: dict[str, Any] | None = None) -> None:
        self.templates = templates_of(access)
        start = initial or from_template(FREE_SELECTION, TEMPLATES[FREE_SELECTION])
        super().__init__(data, access=access, initial=start)
        if self.initial["template"] not in self.templates:
            self.initial["template"] = FREE_SELECTION
        self._offered = listable(access.elements)
        self.offer("file_format", [(value, str(label)) for value, label in FileFormat.choices] + choices_of(access))
        self.offer("template", [(key, str(one.name)) for key, one in self.templates.items()])
        self.offer("elements", [(key, element_name(key)) for key in self._offered])

    @property
    def chosen(self) -> ListTemplate:
        """The template that the form was filled in from."""
        return self.templates.get(str(self["template"].value()), TEMPLATES[FREE_SELECTION])

    @property
    def not_in_role(self) -> list[str]:
        """The names of the chosen template's information elements that the role does not give."""
        return [element_name(key) for key in self.chosen.elements if key not in self._offered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        elements = cleaned.get("elements")
        if elements == []:
            self.add_error("elements", _("Velg minst én opplysning."))
        elif elements:
            self._check_shape(elements, *(cleaned.get(name, "") for name in _SHAPE))
        return cleaned

    def _check_shape(self, elements: list[str], layout: str, sorting: str, rows_per: str, file_format: str) -> None:
        lacks = lacking(elements, layout, sorting, rows_per)
        for field, said in (*lacks, *lacking_for(file_format, elements, layout, rows_per)):
            self.add_error(field, said)
        if (workbook := id_of(file_format)) and not self.errors:
            sheet = sheet_of(CitizenList(elements=elements, layout=layout, rows_per=rows_per))
            for said in lacking_for_workbook(workbook, shown_elements(elements, rows_per), sheet.shown):
                self.add_error("file_format", said)

    @property
    def asks_beyond_role(self) -> list[str]:
        """The fields with a value that the role does not offer. The page itself cannot send such a value."""
        return [name for name in ("template", "kommune", "elements") if self.has_error(name, "invalid_choice")]

    def request(self) -> Request:
        """The request for the order. The form must be valid."""
        valid = self.cleaned_data
        own_workbook = id_of(valid["file_format"])
        return Request(
            template=valid["template"],
            criteria=self.criteria(),
            elements=tuple(valid["elements"]),
            purpose=valid["purpose"].strip(),
            form_id=valid["form_id"],
            layout=valid["layout"] or Layout.ALL.value,
            sorting=valid["sorting"],
            file_format=FileFormat.EXCEL.value if own_workbook else valid["file_format"] or FileFormat.EXCEL.value,
            own_workbook=own_workbook,
            rows_per=valid["rows_per"] or RowsPer.PERSON.value,
            template_name=self._own_name(valid["template"]),
        )

    def _own_name(self, key: str) -> str:
        return "" if key in TEMPLATES else str(self.templates[key].name)


def from_template(key: str, template: ListTemplate) -> dict[str, Any]:
    """The values of the form for this template today."""
    today = timezone.localdate()
    born_from, born_to = template.birth_years(today) or (None, None)
    values = {"template": key, "born_from": born_from, "born_to": born_to, "elements": template.elements}
    values |= {"layout": template.layout, "sorting": template.sorting, "rows_per": template.rows_per}
    return values | template.narrowed(today).given_values()


def from_order(order: CitizenList) -> dict[str, Any]:
    """The values of the form with which this was ordered."""
    criteria = criteria_of(order)
    fields = ("template", "kommune", "born_from", "born_to", "elements", *_SHAPE, "purpose")
    values = {name: getattr(order, name) for name in fields} | criteria.narrowing.given_values()
    return values | ({"file_format": f"{OWN}{order.own_workbook_id}"} if order.own_workbook_id else {})
