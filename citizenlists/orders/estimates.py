"""About how many a list will have, from the finished lists of the same role: docs/adr/0015 says why from nothing else.

The register cannot be asked for a number. What these lists counted, everybody with the role has been shown already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import Now

from citizenlists.content.criteria import ListCriteria
from citizenlists.models import CitizenList, RowsPer, State
from roles.access import Access

#: Older lists are not counted from, and no more than so many.
REMEMBERED_FOR, MOST_READ = timedelta(days=400), 100
_FINISHED = (State.READY, State.EXPIRED, State.DELETED)
#: So few are not told apart.
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """What a finished list counted: everybody in one kommune born in these years, as far as `narrowing` let them."""

    born_from: int
    born_to: int
    rows: int
    narrowing: Mapping[str, object]

    def has(self, year: int) -> bool:
        return self.born_from <= year <= self.born_to

    @property
    def rows_a_year(self) -> float:
        return self.rows / (self.born_to - self.born_from + 1)


@dataclass(frozen=True, slots=True)
class Estimate:
    """rows: rounded up. at_most: whether it counts persons whom the list's narrowing will leave out."""

    rows: int
    at_most: bool


def estimate(access: Access, criteria: ListCriteria) -> Estimate | None:
    """The estimate for a list with these criteria; None when the role's lists do not tell."""
    orders = CitizenList.objects.filter(
        organisation_id=access.organisation_id,
        role_id=access.role_id,
        kommune=criteria.kommune,
        rows_per=RowsPer.PERSON,  # the rows of other lists are no persons
        state__in=_FINISHED,
        ended_at__gt=Now() - REMEMBERED_FOR,
    )
    figures = orders.order_by("-ordered_at").values_list("born_from", "born_to", "rows", "narrowing")[:MOST_READ]
    return estimate_from([Counted(*row) for row in figures], criteria)


def estimate_from(lists: Sequence[Counted], criteria: ListCriteria) -> Estimate | None:
    """The estimate from these lists, the newest first. Pure."""
    narrowing = criteria.narrowing.given()
    years = range(criteria.born_from, criteria.born_to + 1)
    alike = _sum_of(years, [one for one in lists if one.narrowing == narrowing])
    if alike is not None:
        return Estimate(_rounded(alike), at_most=False)
    everybody = _sum_of(years, [one for one in lists if not one.narrowing])
    return None if everybody is None else Estimate(_rounded(everybody), at_most=True)


def _sum_of(years: Iterable[int], lists: Sequence[Counted]) -> float | None:
    """Every year counted from the list that says most about it, which is of the fewest years; None when one year is on
    none of them."""
    found = [min((one for one in lists if one.has(year)), key=_span, default=None) for year in years]
    return sum(one.rows_a_year for one in found if one) if all(found) else None


def _span(one: Counted) -> int:
    return one.born_to - one.born_from


def _rounded(rows: float) -> int:
    """Up to two digits that count, and to ten at least."""
    if rows <= _FEWEST:
        return _FEWEST
    step: int = 10 ** max(len(str(int(rows))) - 2, 1)
    return -(-int(rows + 0.999) // step) * step
