"""The limit on one person's unfinished lists, counted in the database under a lock."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from citizenlists.models import UNFINISHED, CitizenList
from roles.access import Access
from roles.disclosure.employeelimits import refuse
from roles.limits import Limit, LimitReached
from roles.models import Employee

#: Seconds that the error tells to wait, since a list takes minutes.
_AGAIN = 60
#: Seconds between two log entries about the same person's limit.
_TOLD_EVERY = 60 * 60


@contextmanager
def room_for_one_more(access: Access, by: Employee, *, besides: Collection[UUID] = ()) -> Iterator[None]:
    """A context with a transaction for placing an order or taking one up again. Raises LimitReached, and logs it, when
    there is no room. besides: ids of orders that are not counted, such as the one taken up."""
    try:
        with transaction.atomic():
            _check(access, by, besides)
            yield
    except LimitReached as limit:
        refuse(access, limit, within=_TOLD_EVERY)


def _check(access: Access, by: Employee, besides: Collection[UUID]) -> None:
    # Of two orders of one person at the same time, the second waits here and counts the first.
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    most = access.limits.open_orders
    if CitizenList.objects.filter(ordered_by=by, state__in=UNFINISHED).exclude(pk__in=besides).count() >= most:
        raise LimitReached(Limit.OPEN_ORDERS, most, _AGAIN)
