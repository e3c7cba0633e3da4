"""A select with the kommuner or the fylker. It is written without a template for each option, since there are
hundreds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from integrations.codelists.kommuner import Area


class AreaSelect(forms.Widget):
    """A select with the areas by name, and an empty choice."""

    def __init__(self, areas: Sequence[Area]) -> None:
        super().__init__({"class": "ds-input"})
        self.areas = sorted(areas, key=lambda area: area.name)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        del renderer
        written = format_html_join("", ' {}="{}"', {**self.attrs, **(attrs or {}), "name": name}.items())
        options = format_html_join("", "{}", ((_option(area, str(value or "")),) for area in self.areas))
        return format_html('<select{}><option value="">–</option>{}</select>', written, options)


def _option(area: Area, chosen: str) -> SafeString:
    if area.number == chosen:
        return format_html('<option value="{}" selected>{}</option>', area.number, area.name)
    return format_html('<option value="{}">{}</option>', area.number, area.name)


class AreaField(forms.CharField):
    """A field whose value is the number of an area that is valid now, or ""."""

    def __init__(self, areas: Sequence[Area], **options: Any) -> None:
        super().__init__(required=False, widget=AreaSelect(areas), **options)
        self.numbers = frozenset(area.number for area in areas)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in self.numbers:
            raise ValidationError(_("Velg fra listen."))
