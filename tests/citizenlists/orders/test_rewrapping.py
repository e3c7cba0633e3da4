"""What the lists have sealed is sealed by the new master key, and the old one is needed for them no more."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from citizenlists import storage, tasks
from citizenlists.models import CitizenList, State
from citizenlists.orders import lifecycle, rewrapping
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

NEW = os.urandom(32)


def rewrap() -> str:
    said = StringIO()
    call_command("rewrap_list_keys", stdout=said)
    return said.getvalue().strip()


def content_of(order: CitizenList) -> bytes:
    order.refresh_from_db()
    return storage.vault(order.pk, order.sealed_key).read(order.file_name)


def test_after_it_the_old_key_may_go_and_the_list_is_opened_as_it_was(
    school: Caseworker, neighbour: Caseworker, register: Register, settings: Settings
) -> None:
    order = school.order(born=(2015, 2016))
    neighbour.order(born=(2015, 2016))
    tasks.build(str(order.pk))
    before = content_of(order)
    settings.FIKSREG_MASTER_KEYS = [NEW, *settings.FIKSREG_MASTER_KEYS]
    assert rewrap() == "Sealed anew: 2"
    assert rewrap() == "Sealed anew: 0"
    settings.FIKSREG_MASTER_KEYS = [NEW]
    assert rewrap() == "Sealed anew: 0"
    assert content_of(order) == before


def test_without_the_key_that_sealed_it_a_list_is_left_as_it_is_and_the_command_fails(
    school: Caseworker, settings: Settings
) -> None:
    order = school.order()
    settings.FIKSREG_MASTER_KEYS = [NEW]
    with pytest.raises(CommandError, match="1 cannot be opened"):
        rewrap()
    assert bytes(CitizenList.objects.get().sealed_key) == order.sealed_key


def test_a_list_that_ends_meanwhile_does_not_get_its_key_back(
    school: Caseworker, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = school.order()
    boxes = rewrapping._boxes("sealed_key")
    lifecycle.cancel_order(access=school.access(), order=order)
    settings.FIKSREG_MASTER_KEYS = [NEW, *settings.FIKSREG_MASTER_KEYS]
    monkeypatch.setattr(rewrapping, "_boxes", lambda field: boxes if field == "sealed_key" else [])
    assert rewrap() == "Sealed anew: 0"
    order.refresh_from_db()
    assert (order.state, bytes(order.sealed_key)) == (State.CANCELLED, b"")
