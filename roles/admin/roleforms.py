"""The forms of a role. The rules are those of roles.rolerules: the page asks them before the service does."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.admin.generics import ModelForm, ModelMultipleChoiceField
from roles.fieldpolicy import opened_elements
from roles.models import BasisStatus, LegalBasis, Role, ServiceArea, Use
from roles.rolerules import check_role
from roles.violations import PolicyViolation
from roles.vocabulary import element_name

Choices = list[tuple[Promise, list[tuple[str, str]]]]


class NewRoleForm(ModelForm[Role]):
    """Who it is for and where it belongs. The service area decides what can be chosen on the next page."""

    class Meta:
        model = Role
        fields = ["organisation", "service_area", "name", "description"]
        help_texts = {"service_area": _("Kan ikke endres etterpå: lovhjemlene og loggen hviler på det.")}

    def clean(self) -> dict[str, Any]:
        """A name that is taken is said at the name."""
        data = super().clean() or {}
        taken = Role.objects.filter(organisation=data.get("organisation"), name=data.get("name", "").strip())
        if taken.exists():
            self.add_error("name", _("Virksomheten har alt en rolle med dette navnet."))
        return data


class LegalBasisChoiceField(ModelMultipleChoiceField[LegalBasis]):
    """Legal bases as a lawyer reads them."""

    def label_from_instance(self, obj: LegalBasis) -> str:
        """Statute, section and note, and whether nobody has confirmed it yet."""
        status = "" if obj.status == BasisStatus.CONFIRMED else str(obj.get_status_display()).lower()
        return " – ".join(filter(None, [f"{obj.statute} {obj.section}", obj.note, status]))


class ElementChoices(forms.CheckboxSelectMultiple):
    """Elements as boxes; those that no legal basis of the service area opens are greyed and cannot be ticked."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.closed:
            option["attrs"]["disabled"] = True
        return option


class RoleForm(ModelForm[Role]):
    """What the role rests on and what it opens: the bases of its service area, and the elements these open."""

    legal_bases = LegalBasisChoiceField(
        LegalBasis.objects.none(),
        label=_("Lovhjemler"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bare hjemler som gjelder i rollens tjenesteområde. Rollen viser det disse åpner, og ikke mer."),
    )
    elements = forms.MultipleChoiceField(
        label=_("Opplysninger"),
        required=False,
        widget=ElementChoices,
        help_text=_("Velg så få som oppgaven krever. Bak hver opplysning står lovene som kan åpne den."),
    )
    uses = forms.MultipleChoiceField(
        label=_("Bruk"), choices=Use.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Role
        fields = [
            "name",
            "description",
            "is_active",
            "valid_from",
            "valid_to",
            "legal_bases",
            "elements",
            "uses",
            "case_reference_required",
            "confidential_addresses",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "legal_bases" not in self.fields:  # who may only look sees no fields to fill in
            return
        bases = LegalBasis.objects.in_area(self.instance.service_area).prefetch_related("areas")
        cast(LegalBasisChoiceField, self.fields["legal_bases"]).queryset = bases
        elements = cast(forms.MultipleChoiceField, self.fields["elements"])
        elements.choices = element_choices(bases, self.instance.service_area)
        cast(ElementChoices, elements.widget).closed = frozenset(ELEMENTS.keys() - statutes_by_element(bases).keys())

    def clean(self) -> dict[str, Any]:
        """Elements that none of the chosen bases opens are refused at the field; every other rule at the top."""
        data = super().clean() or {}
        if closed := self._closed(data):
            names = ", ".join(element_name(key) for key in sorted(closed))
            self.add_error("elements", _("Ingen av de valgte lovhjemlene åpner: %(names)s.") % {"names": names})
        return data

    def _closed(self, data: dict[str, Any]) -> frozenset[str]:
        chosen = frozenset(data.get("elements", ()))
        area: ServiceArea = self.instance.service_area
        return chosen - opened_elements(data.get("legal_bases", ()), chosen, area, timezone.now())

    def full_clean(self) -> None:
        """The rules about the role as a whole come last, when it is known to be well-formed."""
        super().full_clean()
        if self.is_bound and not self.errors:
            try:
                check_role(self.instance, list(self.cleaned_data["legal_bases"]))
            except PolicyViolation as violation:
                self.add_error(None, str(violation))


def element_choices(bases: Iterable[LegalBasis], area: ServiceArea) -> Choices:
    """Every element, open and confidential apart, with the statutes that can open it here, or why none does."""
    statutes = statutes_by_element(bases)
    groups: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for key, element in ELEMENTS.items():
        groups[element.is_confidential].append((key, f"{element_name(key)} {_reason(key, statutes, area)}"))
    return [(_("Ikke taushetsbelagt"), groups[False]), (_("Taushetsbelagt"), groups[True])]


def statutes_by_element(bases: Iterable[LegalBasis]) -> dict[str, set[str]]:
    """The statutes that can open each element; elements that none opens are not in it."""
    statutes: dict[str, set[str]] = defaultdict(set)
    for basis in bases:
        for key in basis.elements:
            statutes[key].add(basis.statute.partition(" (")[0])
    return statutes


def _reason(key: str, statutes: dict[str, set[str]], area: ServiceArea) -> str:
    if key in statutes:
        return f"({', '.join(sorted(statutes[key]))})"
    if ELEMENTS[key].is_confidential and not area.may_hold_confidential:
        return gettext("– tjenesteområdet kan ikke ha taushetsbelagte opplysninger")
    return gettext("– ingen lovhjemmel i tjenesteområdet åpner den")
