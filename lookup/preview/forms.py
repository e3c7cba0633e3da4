"""The administration's form of a role, as far as a preview needs it. Its other fields are ignored."""

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
    """The draft of a role. Bases of other areas are accepted: the preview says that they open nothing in this area."""

    elements = forms.MultipleChoiceField(choices=[(key, key) for key in ELEMENTS], required=False)
    legal_bases = LegalBasesField(LegalBasis.objects.with_area_codes(), required=False)
    uses = forms.MultipleChoiceField(choices=Use.choices, required=False)
    confidential_addresses = forms.BooleanField(required=False)
    example = forms.ChoiceField(choices=list(EXAMPLE_NAMES.items()), required=False)

    def clean_example(self) -> str:
        """The key of the example; the first one when the administration's form sends none."""
        return str(self.cleaned_data["example"] or _FIRST)


def as_saved(role: Role) -> dict[str, object]:
    """The values that the form would have for the role as it is saved."""
    return {
        "elements": role.elements,
        "legal_bases": [basis.pk for basis in role.legal_bases.all()],
        "uses": role.uses,
        "confidential_addresses": role.confidential_addresses,
    }


class ElementForm(forms.Form):
    """The element that is asked about."""

    opplysning = forms.ChoiceField(label=_("Opplysning"), choices=list(ELEMENT_NAMES.items()))
