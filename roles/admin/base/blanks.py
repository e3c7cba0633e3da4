"""The empty choice of a select has a word where Django has dashes."""

from typing import Any, Final

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

#: The text of the empty choice.
CHOOSE: Final = _("Velg")


def with_words(field: Any) -> Any:
    """The same form field, with CHOOSE as its empty choice. A field without choices is returned unchanged."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = None if field.empty_label is None else CHOOSE
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [("", CHOOSE) if choice == BLANK_CHOICE_DASH[0] else choice for choice in choices]
    return field
