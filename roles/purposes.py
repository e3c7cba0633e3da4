"""The check of texts that are stored in clear: purposes, reasons and names."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.identifiers import looks_like_a_number


def refuse_numbers(text: str) -> None:
    """A validator for form fields. Raises ValidationError for a text that looks like a national identity number."""
    if looks_like_a_number(text):
        raise ValidationError(_("Skriv ikke fødselsnummer eller d-nummer her. Teksten står i loggen."))
