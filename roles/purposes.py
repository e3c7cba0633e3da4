"""What may stand in a purpose or a reason. Both are logged in clear."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")


def without_numbers(text: str) -> None:
    """A form field's validator: eleven digits may be somebody's number, also with a slip of the finger in it."""
    if _ELEVEN_DIGITS.search(text):
        raise ValidationError(_("Skriv ikke fødselsnummer eller d-nummer her. Teksten står i loggen."))
