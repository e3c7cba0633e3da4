"""What narrows a list, in words in the active language. Pure."""

from collections.abc import Callable

from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citizenlists.content.criteria import Narrowing
from roles.vocabulary import code_name
from roles.vocabulary.places import as_country

_Word = Callable[[str], str]


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


#: The label of each criterion, on the form too.
LABELS = {
    "born_from": _("Født fra år"),
    "born_to": _("Født til år"),
    "sex": _("Kjønn"),
    "citizenship": _("Statsborgerskap"),
    "civil_status": _("Sivilstand"),
    "civil_status_year": _("Sivilstand fra år"),
    "born_first": _("Født tidligst"),
    "born_last": _("Født senest"),
    "born_month": _("Født i måned"),
    "age_from": _("Alder fra"),
    "age_to": _("Alder til"),
    "age_on": _("Alder på datoen"),
    "died_from": _("Død fra år"),
    "died_to": _("Død til år"),
    "kommune_by": _("Kommunen gjelder"),
    "postal_codes": _("Postnummer"),
    "district": _("Krets"),
    "district_numbers": _("Kretsnummer"),
    "moved_since": _("Flyttet siden"),
}
#: The kinds of districts, as the register calls them, and their names.
DISTRICT_NAMES = {
    "skolekrets": _("Skolekrets"),
    "grunnkrets": _("Grunnkrets"),
    "stemmekrets": _("Stemmekrets"),
    "kirkekrets": _("Kirkekrets"),
}

_WORDS: dict[str, _Word] = {
    "sex": lambda code: code_name("kjoenn", code),
    "citizenship": as_country,
    "civil_status": lambda code: code_name("sivilstand", code),
    "civil_status_year": str,
    "born_first": _day,
    "born_last": _day,
    "born_month": lambda number: str(MONTHS[int(number)]),
    "age_from": str,
    "age_to": str,
    "age_on": _day,
    "died_from": str,
    "died_to": str,
    "kommune_by": lambda _stay: gettext("Oppholdssted"),
    "postal_codes": str,
    "district": lambda kind: str(DISTRICT_NAMES[kind]),
    "district_numbers": str,
    "moved_since": _day,
}


def words_of(narrowing: Narrowing) -> list[tuple[str, str]]:
    """Each thing that narrows the list, as (label, value)."""
    return [(str(LABELS[name]), _WORDS[name](_as_text(value))) for name, value in narrowing.given().items()]


def _as_text(value: str | int | list[str]) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
