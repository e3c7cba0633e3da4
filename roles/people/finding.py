"""Finding employees by a typed text: a code, a name or parts of a name."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from roles.models import Employee

#: At most so many hits are shown; nobody can choose among more.
MOST_HITS: Final = 20


@dataclass(frozen=True, slots=True)
class Hits:
    """The employees found. certain: the only employee that the text can mean, else None. more: not all are shown."""

    text: str
    shown: tuple[Employee, ...] = ()
    more: bool = False
    certain: Employee | None = None


def find(among: QuerySet[Employee], text: str) -> Hits:
    """The hits for a text among these employees.

    A code or a whole name that only one employee has is certain. A part of a name is never certain, not even with a
    single hit: the writer may mean a person who has not logged in yet.
    """
    whole = Case(When(Q(display_name__iexact=plain(text)) | by_code(text), then=0), default=1)
    ordered = fitting(among, text).select_related("organisation").annotate(apart=whole)
    found = list(ordered.order_by("apart", "display_name", "pk")[: MOST_HITS + 1])
    exact = [employee for employee in found if employee.apart == 0]
    certain = exact[0] if len(exact) == 1 else None
    return Hits(plain(text), tuple(found[:MOST_HITS]), len(found) > MOST_HITS, certain)


def fitting(among: QuerySet[Employee], text: str) -> QuerySet[Employee]:
    """The employees with this code, or with every word of the text in their name. An empty text finds nobody."""
    if not (words := plain(text).split()):
        return among.none()
    named = Q()
    for word in words:
        named &= Q(display_name__icontains=word)
    return among.filter(named | by_code(text))


def by_code(text: str) -> Q:
    """The filter for employees with this code; it finds nobody when the text is no code. Rarely two share a code."""
    code = plain(text).lower()
    if not re.fullmatch("[0-9a-f]{8}", code):
        return Q(pk__in=[])
    return Q(pk__gte=UUID(code.ljust(32, "0")), pk__lte=UUID(code.ljust(32, "f")))


def plain(text: str) -> str:
    """The text with one space between words and without NUL characters, which PostgreSQL refuses."""
    return " ".join(text.replace("\0", " ").split())
