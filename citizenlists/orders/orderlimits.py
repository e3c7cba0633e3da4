"""How many unfinished lists one person may have, counted in the database under a lock."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from citizenlists.models import UNFINISHED, CitizenList
from roles.access import Access
from roles.disclosure.employeelimits import refuse
from roles.limits import Limit, LimitReached
from roles.models import Employee

#: Seconds after which it is worth trying again: a list takes minutes.
_AGAIN = 60
#: Seconds between two entries in the log about the same.
_TOLD_EVERY = 60 * 60


@contextmanager
def room_for_one_more(access: Access, by: Employee, *, besides: Collection[UUID] = ()) -> Iterator[None]:
    """A transaction to place an order in, or take one up again. Raises LimitReached, with its entry in the log, where
    there is no room. besides: an order that is taken up, which takes no room from itself."""
    try:
        with transaction.atomic():
            _check(access, by, besides)
            yield
    except LimitReached as limit:
        refuse(access, limit, within=_TOLD_EVERY)


def _check(access: Access, by: Employee, besides: Collection[UUID]) -> None:
    # Whoever orders twice at the same time waits here, and is counted after the first.
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    most = access.limits.open_orders
    if CitizenList.objects.filter(ordered_by=by, state__in=UNFINISHED).exclude(pk__in=besides).count() >= most:
        raise LimitReached(Limit.OPEN_ORDERS, most, _AGAIN)
