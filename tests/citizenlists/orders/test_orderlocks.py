"""Nobody waits for a disk while an order's row is locked: a disk that hangs would hang every page about the order."""

import os

import psycopg
import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList, State
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register
from tests.services import Services

pytestmark = pytest.mark.django_db


def test_the_row_is_free_whenever_a_file_of_the_order_is_brought_to_the_disk(
    school: Caseworker, register: Register, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, brought = school.order(born=(2015, 2016)), list[int]()

    def look(descriptor: int) -> None:
        with psycopg.connect(running.environment["DATABASE_URL"]) as somebody_else:
            somebody_else.execute("SET lock_timeout = '2s'")
            somebody_else.execute("SELECT FROM citizenlists_citizenlist WHERE id = %s FOR UPDATE", [order.pk])
        brought.append(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    tasks.build(str(order.pk))
    assert CitizenList.objects.get(pk=order.pk).state == State.READY
    assert len(brought) >= 3, "the identifiers, the rows and the workbook"
