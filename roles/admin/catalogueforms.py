"""The form that takes a catalogue in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One workbook. What is in it is read elsewhere: the browser's word for its type says nothing."""

    file = forms.FileField(
        label=_("Arbeidsbok (.xlsx)"),
        allow_empty_file=True,
        help_text=_("Ett ark på samme form som eksporten. Filen er hele katalogen: det som ikke står i den, lukkes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
