"""A moment in a form: the browser's own field, within the years that databases and clocks can count."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2999
_YEARS: Final = {"first": FIRST_YEAR, "last": LAST_YEAR}
#: One label, a calendar without JavaScript. Django's two fields have no label each.
MOMENT: Final = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day of year 1 in Norway is one before it in UTC, which nothing that reads the row can count with."""

    widget = MOMENT

    def to_python(self, value: Any) -> Any:
        """Django's. Raises ValidationError."""
        moment = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(_("Velg et år fra %(first)d til %(last)d."), "year", _YEARS)
        return moment
