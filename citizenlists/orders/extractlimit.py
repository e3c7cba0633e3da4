"""How many extracts one organisation may have under way at the register at the same time."""

from typing import Final

from django.db import connection, transaction

from citizenlists.models import UNFINISHED, CitizenList
from citizenlists.orders.leases import Claim, lock_order

#: The register answers 429 to an organisation that asks for more.
MOST_EXTRACTS: Final = 10
#: The first key of the advisory locks of this module; the second is the organisation. No other lock may use it.
_EXTRACTS: Final = 5112


class ExtractsTaken(Exception):
    """The organisation has as many extracts under way as it may have."""


def reserve_extract(claim: Claim) -> None:
    """Counts the order among those with an extract under way, until its extract is complete or the order has ended.

    Raises ExtractsTaken, and LeaseLost.
    """
    with transaction.atomic():
        order = lock_order(claim)
        _one_at_a_time(order)
        others = CitizenList.objects.filter(
            organisation=order.organisation_id, state__in=UNFINISHED, extract_asked=True, extract_complete=False
        ).exclude(pk=order.pk)
        if others.count() >= MOST_EXTRACTS:
            raise ExtractsTaken
        CitizenList.objects.filter(pk=order.pk).update(extract_asked=True)


def _one_at_a_time(order: CitizenList) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_EXTRACTS, str(order.organisation_id)])
