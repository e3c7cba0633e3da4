"""Django's generic classes with a type argument. Only the type checker's stubs have one, so the classes are made here
for running code too."""

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
        """ModelAdmin[Model], also at run time."""

    class ModelChoiceField(_Generic, forms.ModelChoiceField):
        """ModelChoiceField[Model], also at run time."""

    class ModelForm(_Generic, forms.ModelForm):
        """ModelForm[Model], also at run time."""

    class ModelMultipleChoiceField(_Generic, forms.ModelMultipleChoiceField):
        """ModelMultipleChoiceField[Model], also at run time."""

    class StackedInline(_Generic, admin.StackedInline):
        """StackedInline[Model, Parent], also at run time."""


__all__ = ["ModelAdmin", "ModelChoiceField", "ModelForm", "ModelMultipleChoiceField", "StackedInline"]
