"""Kommuner to choose from, grouped by fylke."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext

from integrations.codelists import fylker, kommune_name, kommuner

Choices = list[tuple[str, list[tuple[str, str]]]]


class KommuneChoices(forms.CheckboxSelectMultiple):
    """A fold-out of boxes for each fylke. It is open when one of its kommuner is chosen."""

    template_name = "admin/roles/organisation/kommuner.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the groups and the number of chosen kommuner in each."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        folds = [(group, options, sum(option["selected"] for option in options)) for group, options, _index in groups]
        return context | {"folds": folds}


def by_fylke(held: Iterable[str]) -> Choices:
    """Every kommune of today under its fylke, both sorted by name. held: numbers that are kept as choices, also when
    they are out of use."""
    today = {area.number: area.name for area in kommuner()}
    groups = [(fylke.name, _in_order(today, fylke.number)) for fylke in sorted(fylker(), key=lambda area: area.name)]
    if gone := [(number, kommune_name(number) or number) for number in held if number not in today]:
        groups.append((gettext("Ikke lenger egne kommuner"), gone))
    return groups


def _in_order(names: dict[str, str], fylke: str) -> list[tuple[str, str]]:
    own = [(number, f"{name} ({number})") for number, name in names.items() if number.startswith(fylke)]
    return sorted(own, key=lambda choice: choice[1])
