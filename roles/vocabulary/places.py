"""The names of kommuner and countries. Pure."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from integrations.codelists import country_name, kommune_name


def as_kommune(number: str, on: date | None = None) -> str:
    """The name of a kommune. on: a day on which the number was the kommune's, because numbers are reused."""
    return kommune_name(number.strip(), on) or _("Ukjent kommune")


def with_its_number(number: str, on: date | None = None) -> str:
    """The name of a kommune with its number, for readers who must distinguish or type it: Sortland (1870)."""
    return f"{as_kommune(number, on)} ({number.strip()})"


def as_country(code: str) -> str:
    """The name of a country in the language of the page. code: two or three letters."""
    return known_country(code) or _("Ukjent land")


def known_country(code: str) -> str:
    """The same as as_country(), but "" for a code that no country has."""
    return country_name(code, get_language() or "nb") or ""
