"""Employees found by what somebody writes about one: their code, their name, or parts of it."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from roles.models import Employee

#: So many are shown; more of them help nobody to choose.
MOST_HITS: Final = 20


@dataclass(frozen=True, slots=True)
class Hits:
    """certain: the one that what was written can only mean. more: whether there are others than those shown."""

    text: str
    shown: tuple[Employee, ...] = ()
    more: bool = False
    certain: Employee | None = None


def find(among: QuerySet[Employee], text: str) -> Hits:
    """A code or a whole name that one alone has is certain. A part of a name never is, not even with a single hit:
    who was meant may be somebody else, who has not logged in yet."""
    whole = Case(When(Q(display_name__iexact=plain(text)) | by_code(text), then=0), default=1)
    ordered = fitting(among, text).select_related("organisation").annotate(apart=whole)
    found = list(ordered.order_by("apart", "display_name", "pk")[: MOST_HITS + 1])
    exact = [employee for employee in found if employee.apart == 0]
    certain = exact[0] if len(exact) == 1 else None
    return Hits(plain(text), tuple(found[:MOST_HITS]), len(found) > MOST_HITS, certain)


def fitting(among: QuerySet[Employee], text: str) -> QuerySet[Employee]:
    """Who has this code, or each of these words somewhere in their name. Nothing written fits nobody."""
    if not (words := plain(text).split()):
        return among.none()
    named = Q()
    for word in words:
        named &= Q(display_name__icontains=word)
    return among.filter(named | by_code(text))


def by_code(text: str) -> Q:
    """Those with this code, if it is one: rarely two, and then neither is certain."""
    code = plain(text).lower()
    if not re.fullmatch("[0-9a-f]{8}", code):
        return Q(pk__in=[])
    return Q(pk__gte=UUID(code.ljust(32, "0")), pk__lte=UUID(code.ljust(32, "f")))


def plain(text: str) -> str:
    """With one space between words, and without what a database takes for no text."""
    return " ".join(text.replace("\0", " ").split())
