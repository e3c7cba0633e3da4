"""Turns: a worker lets go of an order after a while when other orders wait, so that small lists are quick beside large
ones."""

import time
from typing import Final
from uuid import UUID

from citizenlists.orders.outbox import others_wait

#: Seconds.
TURN: Final = 4.0


class TurnOver(Exception):
    """Other orders wait for a worker. This one is released, and comes last among those that are due."""


class Turn:
    """The turn of one order, from now on."""

    def __init__(self, order_id: UUID, *, seconds: float = TURN) -> None:
        self._order_id, self._until = order_id, time.monotonic() + seconds

    def is_over(self) -> bool:
        """Whether the order has had its time and another one waits."""
        return time.monotonic() >= self._until and others_wait(self._order_id)

    def end_if_over(self) -> None:
        """Raises TurnOver. Call it when a step is done, so that every turn brings the order further."""
        if self.is_over():
            raise TurnOver
