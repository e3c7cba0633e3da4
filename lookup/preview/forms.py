"""The role as it stands in the administration's form, as far as a preview asks; the rest of that form is ignored."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.elements import ELEMENTS
from lookup.preview.names import EXAMPLE_NAMES
from roles.models import LegalBasis, Role, Use
from roles.vocabulary import ELEMENT_NAMES

if TYPE_CHECKING:
    LegalBasesField = forms.ModelMultipleChoiceField[LegalBasis]
else:
    LegalBasesField = forms.ModelMultipleChoiceField

_FIRST = next(iter(EXAMPLE_NAMES))


class DraftForm(forms.Form):
    """Bases of other areas are taken too: the page says that they open nothing here."""

    elements = forms.MultipleChoiceField(choices=[(key, key) for key in ELEMENTS], required=False)
    legal_bases = LegalBasesField(LegalBasis.objects.with_area_codes(), required=False)
    uses = forms.MultipleChoiceField(choices=Use.choices, required=False)
    confidential_addresses = forms.BooleanField(required=False)
    example = forms.ChoiceField(choices=list(EXAMPLE_NAMES.items()), required=False)

    def clean_example(self) -> str:
        """The administration's form names none."""
        return str(self.cleaned_data["example"] or _FIRST)


def as_saved(role: Role) -> dict[str, object]:
    """What the form would hold for the role as it is."""
    return {
        "elements": role.elements,
        "legal_bases": [basis.pk for basis in role.legal_bases.all()],
        "uses": role.uses,
        "confidential_addresses": role.confidential_addresses,
    }


class ElementForm(forms.Form):
    """Which element is asked about."""

    opplysning = forms.ChoiceField(label=_("Opplysning"), choices=list(ELEMENT_NAMES.items()))
