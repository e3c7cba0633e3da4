"""Templates for lists: presets of criteria and information elements, as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FREE_SELECTION = "fritt-utvalg"
#: School begins in August: an order from September on is about next year's class.
_SCHOOL_STARTS_IN = 8


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """key: kept on the order. age: of everybody on the list at the end of the year it is for, None leaves it open.
    elements: keys of the vocabulary; the form offers those of them that the role has."""

    key: str
    name: str | Promise
    description: str | Promise
    age: int | None = None
    elements: Sequence[str] = ()

    def birth_year(self, today: date) -> int | None:
        """The year everybody on the list was born, None when the template leaves it open."""
        return None if self.age is None else school_start_year(today) - self.age


def school_start_year(today: date) -> int:
    """The year of the next school start, this August's until August is over."""
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
