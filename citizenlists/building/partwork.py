"""A worker's work on the parts of an order, whether it coordinates or helps."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from citizenlists.building import checkpoints, pipeline
from citizenlists.building.lookahead import looking_ahead
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList, State
from citizenlists.orders import parts, rights
from citizenlists.orders.parts import LeaseLost, PartClaim, PartLost
from citizenlists.storage import Vault
from roles import disclosure
from roles.disclosure import ManyDisclosed

Looked = tuple[PartClaim, ManyDisclosed]


class PartWork:
    """Takes one part after the other, looks its persons up through the gate, and stores their rows.

    holder: the worker's id on its parts; somebody else renews them. check: raises LeaseLost when the worker must stop.
    """

    def __init__(self, order_id: UUID, holder: UUID, *, is_helper: bool, check: Callable[[], None]) -> None:
        self._order_id, self._holder = order_id, holder
        self._is_helper, self._check = is_helper, check

    def run(self, vault: Vault, *, is_enough: Callable[[], bool]) -> int:
        """Works until no part is free or is_enough(). Returns how many parts it has stored.

        Raises LeaseLost and the errors of the gate and of storage; then the parts that it holds are free again, at the
        latest when their leases run out.
        """
        order = read_building(self._order_id)
        sheet, criteria = sheet_of(order), rights.criteria_of(order)
        done = 0
        try:
            with looking_ahead(self._calls(order, vault, is_enough)) as answers:
                for part, disclosed in answers:
                    chunk = pipeline.chunk_of(disclosed, sheet, criteria, marks_key=vault.marks_key)
                    self._check()
                    done += _keep(part, vault, chunk)
        finally:
            self._give_back()
        return done

    def _give_back(self) -> None:
        with suppress(DatabaseError, InterfaceError):  # the leases run out
            parts.give_back(self._holder)

    def _calls(self, order: CitizenList, vault: Vault, is_enough: Callable[[], bool]) -> Iterator[Callable[[], Looked]]:
        """The lookups, each of a part that is taken when its turn comes."""
        numbers = checkpoints.Identifiers(order, vault)
        while part := parts.take(self._order_id, self._holder, is_helper=self._is_helper):
            yield partial(self._look_up, part, numbers.of(part), vault.marks_key)
            if is_enough():
                return

    def _look_up(self, part: PartClaim, numbers: list[str], marks_key: bytes) -> Looked:
        order = read_building(self._order_id)
        access = rights.access_to_build(order)
        of_guardians = rights.of_guardians(order, access)
        return part, disclosure.disclose_many(access, numbers, marks_key=marks_key, of_guardians=of_guardians)


def _keep(part: PartClaim, vault: Vault, chunk: pipeline.Chunk) -> bool:
    """Whether the rows were stored, and not lost because the worker was too slow."""
    try:
        checkpoints.keep_chunk(part, vault, chunk)
    except PartLost:
        return False
    return True


def read(order_id: UUID) -> CitizenList:
    """The order, with the related rows that its log entries name."""
    return CitizenList.objects.select_related("role", "ordered_by", "organisation").get(pk=order_id)


def read_building(order_id: UUID) -> CitizenList:
    """The order. Raises LeaseLost when it is not being built any more."""
    order = read(order_id)
    if order.state != State.BUILDING:
        raise LeaseLost
    return order
