"""Which service areas may have an information element, for the page that says it is not in the role."""

from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import LegalBasis, ServiceArea
from roles.policy.fieldpolicy import opened_by

#: The catalogue changes a few times a year and this grants nothing: it need not be read for every page.
_SECONDS: Final = 600


def areas_opening() -> Mapping[str, tuple[str, ...]]:
    """Element -> names of the service areas in which a legal basis opens it today, in the language of the page.

    Up to ten minutes old.
    """
    return _read(int(monotonic() // _SECONDS), get_language())


def forget() -> None:
    """Reads the catalogue anew at the next question."""
    _read.cache_clear()


@lru_cache(maxsize=3)
def _read(_period: int, _language: str | None) -> Mapping[str, tuple[str, ...]]:
    today = timezone.localdate()
    areas = sorted(ServiceArea.objects.all(), key=lambda area: area.name)
    bases = list(LegalBasis.objects.with_area_codes())
    opened = {area.name: frozenset().union(*(opened_by(basis, area, today) for basis in bases)) for area in areas}
    return {key: _names([name for name, keys in opened.items() if key in keys], len(areas)) for key in ELEMENTS}


def _names(names: list[str], of_all: int) -> tuple[str, ...]:
    return (_("Alle tjenesteområder"),) if names and len(names) == of_all else tuple(names)
