"""An order placed once more as it was, but in the birth years and days of its template today."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec
from django.utils import timezone

from citizenlists.content.criteria import ListCriteria, Narrowing
from citizenlists.content.listtemplates import ListTemplate
from citizenlists.models import CitizenList
from citizenlists.orders.placing import Request, place_order
from citizenlists.orders.rights import criteria_of
from citizenlists.owntemplates.offering import templates_of
from roles.access import Access
from roles.models import Employee


def repeat(*, access: Access, by: Employee, order: CitizenList, form_id: UUID | None = None) -> CitizenList:
    """The new order. Raises RoleChanged when the role no longer covers it, and LimitReached.

    access: in the order's role, for its purpose. form_id: of the form that was sent; sent twice it gives one order.
    """
    return place_order(access=access, by=by, request=replace(again(order, access), form_id=form_id))


def again(order: CitizenList, access: Access) -> Request:
    """The content of the order, as it is placed today. A list from a search has none: its criteria are not kept."""
    return Request(
        template=order.template,
        criteria=criteria_again(order, templates_of(access).get(order.template), timezone.localdate()),
        elements=tuple(order.elements),
        purpose=order.purpose,
        layout=order.layout,
        sorting=order.sorting,
        file_format=order.file_format,
        rows_per=order.rows_per,
        own_workbook=order.own_workbook_id,
        template_name=order.template_name,
    )


def criteria_again(order: CitizenList, template: ListTemplate | None, today: date) -> ListCriteria:
    """The criteria of the order, with the years and days that its template gives today where it had the template's."""
    ordered = criteria_of(order)
    then = timezone.localdate(order.ordered_at)
    years, narrowing = (ordered.born_from, ordered.born_to), ordered.narrowing
    if template and template.birth_years(then) == years:
        years = template.birth_years(today) or years
    if template:
        narrowing = _moved_on(narrowing, template.narrowed(then), template.narrowed(today))
    return replace(ordered, born_from=years[0], born_to=years[1], narrowing=narrowing)


def _moved_on(ordered: Narrowing, then: Narrowing, today: Narrowing) -> Narrowing:
    """What was ordered, with each field that was the template's as the template gives it today."""
    names = [field.name for field in msgspec.structs.fields(Narrowing)]
    moved = {name: getattr(today, name) for name in names if getattr(ordered, name) == getattr(then, name)}
    return msgspec.structs.replace(ordered, **moved)
