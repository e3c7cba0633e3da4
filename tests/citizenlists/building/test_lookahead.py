"""Calls that run ahead log the same order's id as the work that waits for them."""

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars

from citizenlists.building.lookahead import looking_ahead

pytestmark = pytest.mark.django_db


def test_log_lines_of_a_call_have_the_orders_id() -> None:
    with bound_contextvars(order="an order"), looking_ahead(iter([get_contextvars] * 5)) as results:
        assert [each["order"] for each in results] == ["an order"] * 5
