"""The first names of a list that may have thousands, with the number of the others."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)
#: A line with more names would not be read.
MOST_NAMES: Final = 100


def first_names(rows: QuerySet[M], *, name: Callable[[M], str] = str) -> str:
    """The first MOST_NAMES names, separated by commas, and the number of those left out. name: the lookup of the name
    in a row."""
    count, named = rows.count(), ", ".join(map(name, rows[:MOST_NAMES]))
    if count <= MOST_NAMES:
        return named or _("ingen")
    return _("%(names)s og %(count)d til") % {"names": named, "count": count - MOST_NAMES}
