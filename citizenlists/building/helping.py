"""A helper's work: taking free parts of an order that another worker coordinates, for one turn.

A helper decides nothing. When it meets an error it gives its parts back; the worker that coordinates meets the same
error if it lasts, and handles it (tasks.py).
"""

import logging
import time
from functools import partial
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, connections

from citizenlists import storage
from citizenlists.building.partwork import PartWork, read_building
from citizenlists.building.turns import TURN
from citizenlists.orders import parts
from citizenlists.orders.leases import Heartbeat
from citizenlists.orders.outbox import others_wait
from citizenlists.orders.parts import LeaseLost

logger = logging.getLogger(__name__)


def help_with(order_id: UUID) -> None:
    """Does free parts of the order until a turn is over, another order waits for a worker, or none is free. Never
    raises."""
    holder, is_enough = uuid4(), partial(_has_helped_enough, order_id, time.monotonic() + TURN)
    try:
        with Heartbeat(partial(parts.renew, holder)) as heartbeat:
            order = read_building(order_id)
            work = PartWork(order_id, holder, is_helper=True, check=heartbeat.check)
            work.run(storage.vault(order_id, order.sealed_key), is_enough=is_enough)
    except LeaseLost:
        logger.info("the citizen list needs no help any more")
    except (DatabaseError, InterfaceError):
        logger.warning("a helper lost the database", exc_info=True)
        connections.close_all()
    except Exception:  # also the time limit of the task
        logger.warning("a helper gives its parts back", exc_info=True)


def _has_helped_enough(order_id: UUID, until: float) -> bool:
    return time.monotonic() >= until or others_wait(order_id)
