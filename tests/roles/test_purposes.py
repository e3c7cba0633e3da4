"""Which texts are accepted as a purpose."""

import pytest
from django.core.exceptions import ValidationError

from roles.purposes import refuse_numbers


@pytest.mark.parametrize(
    "text",
    [
        "12818823817",
        "sak om 128188 23817",
        "128188-23817.",
        "gjelder 12818823818",
        "1 2 8 1 8 8 2 3 8 1 7",
        "12818８23817",
        "128188\u200b–23817",
    ],
)
def test_a_purpose_that_may_hold_somebodys_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="fødselsnummer"):
        refuse_numbers(text)


@pytest.mark.parametrize("text", ["", "Barnehageopptak", "2026/12345", "sak 202612345678", "telefon 22 00 00 00"])
def test_a_case_number_is_taken(text: str) -> None:
    refuse_numbers(text)
