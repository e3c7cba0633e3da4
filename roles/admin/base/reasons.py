"""Why something is changed: asked for on the page, and kept in the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from roles.purposes import refuse_numbers


class ReasonField(forms.CharField):
    """One line for the log."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"label": _("Begrunnelse"), "help_text": _("Står i loggen. Skriv hvorfor, gjerne med saksnummer.")}
        super().__init__(**{**said, "max_length": 300, "validators": [refuse_numbers], **kwargs})


class ReasonForm(forms.Form):
    """Nothing but that."""

    reason = ReasonField()
