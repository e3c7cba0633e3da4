"""Changing master keys while lists are built and downloaded disturbs nobody and reveals no address."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from citizenlists import tasks
from citizenlists.models import CitizenList, State
from lookup.models import PersonReference
from roles import disclosure
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

NUMBER = "Fødselsnummer eller d-nummer"
CHILDREN = (2010, 2016)
NEW = os.urandom(32)


@pytest.fixture
def old(settings: Settings) -> bytes:
    key: bytes = settings.FIKSREG_MASTER_KEYS[0]
    return key


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def between_chunks(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Does something each time the gate has answered about one chunk."""
    original = disclosure.disclose_many

    def disclose_many(*args: Any, **how: Any) -> disclosure.ManyDisclosed:
        answer = original(*args, **how)
        act()
        return answer

    monkeypatch.setattr(disclosure, "disclose_many", disclose_many)


def test_a_key_rotated_between_two_chunks_lets_no_address_of_a_protected_household_out(
    school: Caseworker, register: Register, settings: Settings, old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    born = register.birth_year(mother), register.birth_year(child)
    named = register.named("1870", born)
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", abs(named.index(child) - named.index(mother)))

    def rotate() -> None:
        settings.FIKSREG_MASTER_KEYS = [os.urandom(32), *settings.FIKSREG_MASTER_KEYS]

    between_chunks(monkeypatch, rotate)
    rows = {row[NUMBER]: row for row in table(body(school.download(built(school.order(born=born)).pk)))}
    assert mother not in rows
    assert rows[child]["Adresse"] is None


def test_a_finished_list_is_handed_over_after_a_rotation_and_its_addresses_stay_guarded(
    school: Caseworker, register: Register, settings: Settings, old: bytes
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    order = built(school.order(born=(register.birth_year(mother), register.birth_year(child))))
    settings.FIKSREG_MASTER_KEYS = [NEW, old]
    assert school.download(order.pk).status_code == 200
    register.protect(mother)
    assert school.download(order.pk).status_code == 409


#: What web and worker have at each point of a rotation done in its two steps.
TOGETHER = [
    (["old"], ["old", "new"]),
    (["old", "new"], ["old"]),
    (["old", "new"], ["new", "old"]),
    (["new", "old"], ["old", "new"]),
]


@pytest.mark.parametrize(("web", "worker"), TOGETHER)
def test_in_two_steps_web_and_worker_understand_each_other_all_the_way(
    *, school: Caseworker, register: Register, settings: Settings, old: bytes, web: list[str], worker: list[str]
) -> None:
    keys = {"old": old, "new": NEW}

    def as_if(process: list[str]) -> None:
        settings.FIKSREG_MASTER_KEYS = [keys[name] for name in process]

    as_if(web)
    order = school.order(born=CHILDREN)
    as_if(worker)
    assert built(order).state == State.READY
    as_if(web)
    assert school.download(order.pk).status_code == 200


def test_a_worker_without_the_key_waits_for_it_and_burns_no_attempt(
    school: Caseworker, register: Register, settings: Settings, old: bytes
) -> None:
    settings.FIKSREG_MASTER_KEYS = [NEW, old]
    order = school.order(born=CHILDREN)
    settings.FIKSREG_MASTER_KEYS = [old]
    for _ in range(7):
        waiting = built(order)
        assert (waiting.state, waiting.attempt, waiting.failure) == (State.BUILDING, 0, "")
    settings.FIKSREG_MASTER_KEYS = [old, NEW]
    assert built(order).state == State.READY


def test_a_web_without_the_key_says_so_and_nothing_is_lost(
    school: Caseworker, register: Register, settings: Settings, old: bytes
) -> None:
    settings.FIKSREG_MASTER_KEYS = [NEW, old]
    order = built(school.order(born=CHILDREN))
    number = register.number_of("skolestarter")
    reference = school.client.post("/oppslag/", {"number": number})["Location"]
    settings.FIKSREG_MASTER_KEYS = [old]
    for answer in (school.download(order.pk), school.client.get(reference)):
        assert answer.status_code == 503
        assert "Prøv igjen om litt" in body(answer).decode()
    assert CitizenList.objects.get(pk=order.pk).state == State.READY
    assert PersonReference.objects.exists()
    settings.FIKSREG_MASTER_KEYS = [old, NEW]
    assert school.download(order.pk).status_code == 200
    assert school.client.get(reference).status_code == 200
