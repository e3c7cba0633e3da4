"""What may stand in a purpose, a reason or a name. All are kept in clear."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.identifiers import looks_like_a_number


def refuse_numbers(text: str) -> None:
    """A form field's validator: what may be somebody's number is refused, however it is written."""
    if looks_like_a_number(text):
        raise ValidationError(_("Skriv ikke fødselsnummer eller d-nummer her. Teksten står i loggen."))
