"""The first names of what may be thousands, and how many there are beside them."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)
#: More of them in one line nobody reads.
MOST_NAMES: Final = 100


def first_names(rows: QuerySet[M], *, name: Callable[[M], str] = str) -> str:
    """Between commas; what is not named is counted."""
    count, named = rows.count(), ", ".join(map(name, rows[:MOST_NAMES]))
    if count <= MOST_NAMES:
        return named or _("ingen")
    return _("%(names)s og %(count)d til") % {"names": named, "count": count - MOST_NAMES}
