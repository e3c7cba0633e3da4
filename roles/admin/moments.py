"""A moment in a form: the browser's own field, limited to the years that databases and clocks can count."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2999
_YEARS: Final = {"first": FIRST_YEAR, "last": LAST_YEAR}
#: One field with one label, and a calendar without JavaScript. Django has two fields, which have no label each.
MOMENT: Final = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A field for a moment. A day of year 1 in Norway is in year 0 in UTC, which code that reads the row could not
    count with."""

    widget = MOMENT

    def to_python(self, value: Any) -> Any:
        """The moment. Raises ValidationError, also for a year out of range."""
        moment = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(_("Velg et år fra %(first)d til %(last)d."), "year", _YEARS)
        return moment
