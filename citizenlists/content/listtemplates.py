"""Templates for lists: presets of criteria and information elements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FREE_SELECTION = "fritt-utvalg"
#: School begins in August. An order from September on is for the class of the next year.
_SCHOOL_STARTS_IN = 8


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """A template. key: stored on the order. age: the age of everybody on the list at the end of the year it is for;
    None leaves it open. elements: keys of the vocabulary; the form offers those that the role has."""

    key: str
    name: str | Promise
    description: str | Promise
    age: int | None = None
    elements: Sequence[str] = ()

    def birth_year(self, today: date) -> int | None:
        """The birth year of everybody on the list; None when the template leaves it open."""
        return None if self.age is None else school_start_year(today) - self.age


def school_start_year(today: date) -> int:
    """The year of the next start of school; until the end of August it is this year."""
    return today.year if today.month <= _SCHOOL_STARTS_IN else today.year + 1


_ALL = (
    ListTemplate(
        key="skolestartere",
        name=_("Skolestartere"),
        description=_("Bosatte barn som begynner på skolen ved neste skolestart."),
        age=6,
        elements=(
            "identifikasjonsnummer",
            "navn",
            "foedsel",
            "bostedsadresse",
            "bostedsadresse.kretser",
            "deltBosted",
            "foreldreansvar",
        ),
    ),
    ListTemplate(
        key=FREE_SELECTION,
        name=_("Fritt utvalg"),
        description=_("Du velger selv fødselsår og opplysninger."),
    ),
)

TEMPLATES = {template.key: template for template in _ALL}
