"""The forms of a role."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.admin.base.generics import ModelMultipleChoiceField
from roles.admin.base.serviceforms import ReasonField, ServiceModelForm
from roles.admin.choosing.elementchoices import ElementChoices, element_choices, offers
from roles.models import BasisStatus, LegalBasis, Role, Use


class NewRoleForm(ServiceModelForm[Role]):
    """The first step: name, organisation and service area. The area decides what can be chosen in the second."""

    class Meta:
        model = Role
        fields = ["organisation", "service_area", "name", "description"]
        help_texts = {"service_area": _("Kan ikke endres etterpå: lovhjemlene og loggen hviler på det.")}


class LegalBasisChoiceField(ModelMultipleChoiceField[LegalBasis]):
    """A field whose choices are legal bases."""

    def label_from_instance(self, obj: LegalBasis) -> str:
        """Statute, section and note. A basis that nobody has confirmed is marked."""
        status = "" if obj.status == BasisStatus.CONFIRMED else str(obj.get_status_display()).lower()
        return " – ".join(filter(None, [f"{obj.statute} {obj.section}", obj.note, status]))


class RoleForm(ServiceModelForm[Role]):
    """The second step: the legal bases of the role's service area, and the elements that they open."""

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
        help_text=_(
            "Velg så få som oppgaven krever. Ved hver opplysning står hjemmelen som åpner den, eller som mangler."
        ),
    )
    uses = forms.MultipleChoiceField(
        label=_("Bruk"), choices=Use.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = ReasonField()

    class Meta:
        model = Role
        fields = [
            "name",
            "description",
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
        if "legal_bases" not in self.fields:  # an administrator who may only look gets no fields
            return
        bases = LegalBasis.objects.in_area(self.instance.service_area).prefetch_related("areas")
        cast(LegalBasisChoiceField, self.fields["legal_bases"]).queryset = bases
        elements = cast(forms.MultipleChoiceField, self.fields["elements"])
        elements.choices = element_choices()
        widget = cast(ElementChoices, elements.widget)
        widget.offered = offers(bases, self.instance.service_area, timezone.localdate())
        widget.ticked_bases = frozenset(str(key) for key in self["legal_bases"].value() or ())
