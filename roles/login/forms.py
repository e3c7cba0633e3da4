"""The forms around login: the choice of role, and the break-glass account's password."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from roles.access.rights import HeldRole


class RoleChoiceForm(forms.Form):
    """The choice of a role among those in `held`."""

    role = forms.ChoiceField(label=_("Rolle"), error_messages={"invalid_choice": _("Du har ikke denne rollen nå.")})

    def __init__(self, data: QueryDict | None = None, *, held: Iterable[HeldRole]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (str(role.id), f"{role.name} ({role.service_area.name}, {role.organisation.name})") for role in held
        ]


class BreakGlassForm(forms.Form):
    """The one-time password. The field is never filled in again by the server."""

    password = forms.CharField(
        label=_("Engangspassord"),
        widget=forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Skriv engangspassordet.")},
    )
