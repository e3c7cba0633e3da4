"""The log lines of a worker while it builds a list."""

import json
import logging
import logging.config
from collections.abc import Iterator

import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList
from fiksreg.logging import logging_config
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    """Each line as the service log would have it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, str]] = []
        options = dict(logging_config(level="INFO")["formatters"]["json"])
        self.setFormatter(options.pop("()")(**options))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[list[dict[str, str]]]:
    handler = Lines()
    logging.getLogger("citizenlists").addHandler(handler)
    yield handler.lines
    logging.getLogger("citizenlists").removeHandler(handler)


@pytest.fixture
def order(school: Caseworker, register: Register) -> CitizenList:
    return school.order(born=(2015, 2016))


def test_each_line_about_an_order_carries_its_id(
    order: CitizenList, lines: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        logging.getLogger("citizenlists.elsewhere").warning("asked")
        raise OSError

    monkeypatch.setattr("roles.disclosure.extract_batch", fails)
    tasks.build(str(order.pk))
    assert {"asked", "the citizen list waits"} <= {line["event"] for line in lines}
    assert {line.get("order") for line in lines} == {str(order.pk)}


def test_log_lines_after_a_build_have_no_orders_id(order: CitizenList, lines: list[dict[str, str]]) -> None:
    tasks.build(str(order.pk))
    logging.getLogger("citizenlists").warning("said later")
    assert [line.get("order") for line in lines if line["event"] == "said later"] == [None]
