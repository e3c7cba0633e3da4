"""Calls that run ahead are about the same order as the work that waits for them."""

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars

from citizenlists.building.lookahead import looking_ahead

pytestmark = pytest.mark.django_db


def test_what_a_call_logs_carries_the_orders_id() -> None:
    with bound_contextvars(order="an order"), looking_ahead(iter([get_contextvars] * 5)) as results:
        assert [each["order"] for each in results] == ["an order"] * 5
