"""The forms of a role. The rules are those of roles.granting.rules: the page asks them before the service does."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.admin.base.generics import ModelForm, ModelMultipleChoiceField
from roles.admin.base.reasons import ReasonField
from roles.admin.choosing.elementchoices import ElementChoices, grouped, offers
from roles.granting.rules import check_role
from roles.granting.widening import check_not_held
from roles.models import BasisStatus, Employee, LegalBasis, Role, ServiceArea, Use
from roles.policy.fieldpolicy import opened_elements
from roles.violations import PolicyViolation
from roles.vocabulary import element_name


class NewRoleForm(ModelForm[Role]):
    """Who it is for and where it belongs. The service area decides what can be chosen on the next page."""

    class Meta:
        model = Role
        fields = ["organisation", "service_area", "name", "description"]
        help_texts = {"service_area": _("Kan ikke endres etterpå: lovhjemlene og loggen hviler på det.")}

    def clean(self) -> dict[str, Any]:
        """A name that is taken is said at the name."""
        data = super().clean() or {}
        same = Role.objects.not_deleted().filter(name=data.get("name", "").strip())
        if same.filter(organisation=data.get("organisation")).exists():
            self.add_error("name", _("Virksomheten har alt en rolle med dette navnet."))
        return data


class LegalBasisChoiceField(ModelMultipleChoiceField[LegalBasis]):
    """Legal bases as a lawyer reads them."""

    def label_from_instance(self, obj: LegalBasis) -> str:
        """Statute, section and note, and whether nobody has confirmed it yet."""
        status = "" if obj.status == BasisStatus.CONFIRMED else str(obj.get_status_display()).lower()
        return " – ".join(filter(None, [f"{obj.statute} {obj.section}", obj.note, status]))


class RoleForm(ModelForm[Role]):
    """What the role rests on and what it opens: the bases of its service area, and the elements these open.

    `by` is set by the page.
    """

    by: ClassVar[Employee]
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
        if "legal_bases" not in self.fields:  # who may only look sees no fields to fill in
            return
        bases = LegalBasis.objects.in_area(self.instance.service_area).prefetch_related("areas")
        cast(LegalBasisChoiceField, self.fields["legal_bases"]).queryset = bases
        elements = cast(forms.MultipleChoiceField, self.fields["elements"])
        elements.choices = grouped()
        widget = cast(ElementChoices, elements.widget)
        widget.offered = offers(bases, self.instance.service_area, timezone.localdate())
        widget.ticked_bases = frozenset(str(key) for key in self["legal_bases"].value() or ())

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
                check_not_held(Role.objects.filter(pk=self.instance.pk), by=self.by)
                check_role(self.instance, list(self.cleaned_data["legal_bases"]))
            except PolicyViolation as violation:
                self.add_error(None, str(violation))
