"""What an order will give, said before it is placed: about how many, the columns, and a warning when it is much."""

from dataclasses import dataclass

from django.conf import settings

from citizenlists.content.criteria import ListCriteria
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList, OwnWorkbook
from citizenlists.orders.estimates import Estimate, estimate
from citizenlists.orders.placing import Request
from roles.access import Access

#: So many birth years are much when nobody knows how many they are: about a generation.
MANY_YEARS = 30


@dataclass(frozen=True, slots=True)
class Beforehand:
    """estimate: None when it is not known. large_from: the configured number from which a list is large. headings: of
    the columns in the file. rows_per: what a row is for. sorting: by what, "" for nothing."""

    estimate: Estimate | None
    years: int
    large_from: int
    headings: list[str]
    rows_per: str
    sorting: str

    @property
    def is_large(self) -> bool:
        """Whether the list has so many that its purpose should be thought through again."""
        return self.estimate is not None and self.estimate.rows >= self.large_from

    @property
    def has_many_years(self) -> bool:
        """Whether it is likely large, though nobody knows."""
        return self.estimate is None and self.years >= MANY_YEARS


def look_ahead(access: Access, request: Request) -> Beforehand:
    """What the order will give. It reads only our own rows of earlier orders: nobody is looked up."""
    file = ("layout", "sorting", "rows_per", "file_format")
    order = CitizenList(elements=list(request.elements), **{name: getattr(request, name) for name in file})
    criteria: ListCriteria = request.criteria
    return Beforehand(
        estimate=estimate(access, criteria),
        years=criteria.born_to - criteria.born_from + 1,
        large_from=settings.FIKSREG_LARGE_LIST,
        headings=_headings(request, order),
        rows_per=order.get_rows_per_display(),
        sorting=order.get_sorting_display() if order.sorting else "",
    )


def _headings(request: Request, order: CitizenList) -> list[str]:
    """Those of the organisation's own workbook, or else those that the order gives."""
    if request.own_workbook:
        return OwnWorkbook.objects.only("headers").get(pk=request.own_workbook).headers
    return [column.header for column in sheet_of(order).shown]
