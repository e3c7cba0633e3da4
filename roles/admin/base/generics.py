"""Django's generic classes: they take a type argument in the type checker's stubs alone, not when the program runs."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin
    ModelChoiceField = forms.ModelChoiceField
    ModelForm = forms.ModelForm
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField
    StackedInline = admin.StackedInline
else:

    class _Generic:
        def __class_getitem__(cls, _argument: object) -> type:
            return cls

    class ModelAdmin(_Generic, admin.ModelAdmin):
        """See the module."""

    class ModelChoiceField(_Generic, forms.ModelChoiceField):
        """See the module."""

    class ModelForm(_Generic, forms.ModelForm):
        """See the module."""

    class ModelMultipleChoiceField(_Generic, forms.ModelMultipleChoiceField):
        """See the module."""

    class StackedInline(_Generic, admin.StackedInline):
        """See the module."""


__all__ = ["ModelAdmin", "ModelChoiceField", "ModelForm", "ModelMultipleChoiceField", "StackedInline"]
