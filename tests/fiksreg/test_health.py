"""The health checks answer quickly and reveal no address."""

import time
from datetime import timedelta
from threading import Event

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from fiksreg.health import CHECKS, Health, NotReady, run
from integrations.folkeregisteret.doors import FiksDoor
from integrations.folkeregisteret.elements import RightsPackage

NOBODY_LISTENS = "127.0.0.1:1"


def fails() -> str:
    raise ConnectionError("postgres://user:secret@10.0.0.1/fiksreg")


def refuses() -> str:
    raise NotReady("audit.E004")


def test_a_failed_check_tells_only_the_type_of_the_error() -> None:
    checks = run({"good": lambda: "answers", "broken": fails, "wrong": refuses})
    assert checks["good"] == Health(ok=True, detail="answers")
    assert checks["broken"] == Health(ok=False, detail="ConnectionError")
    assert checks["wrong"] == Health(ok=False, detail="audit.E004")


def test_a_check_that_hangs_holds_nobody_up() -> None:
    released = Event()

    def hangs() -> str:
        released.wait(30)
        return ""

    begun = time.monotonic()
    checks = run({"hanging": hangs, "good": lambda: "answers"}, deadline=0.2)
    took = time.monotonic() - begun
    released.set()
    assert took < 5
    assert checks["hanging"] == Health(ok=False, detail="no answer in time")
    assert checks["good"].ok


def test_alive_needs_nothing_but_the_process(client: Client) -> None:
    assert client.get("/healthz").json() == {"ok": True}


@pytest.mark.django_db
def test_every_register_that_somebody_goes_to_must_answer(client: Client, simulator: str, settings: Settings) -> None:
    role = {RightsPackage.WITH_LEGAL_BASIS: "role-1"}
    unheard = FiksDoor(
        address=f"http://{NOBODY_LISTENS}", roles=role, integration_id="i", integration_password="a-password-of-fiks"
    )
    settings.FOLKEREGISTER_DOORS = {"310000034": unheard}
    response = client.get("/readyz")
    register = response.json()["checks"]["register"]
    assert register == {"ok": False, "detail": "Folkeregisteret: Unavailable: no connection"}
    assert "a-password-of-fiks" not in response.content.decode()


@pytest.mark.django_db
def test_one_check_that_fails_makes_the_process_unready(client: Client, simulator: str, settings: Settings) -> None:
    settings.OIDC_OP_JWKS_ENDPOINT = f"http://{NOBODY_LISTENS}/jwks"
    settings.REDIS_URL = f"redis://{NOBODY_LISTENS}/0"
    response = client.get("/readyz")
    body = response.json()
    assert response.status_code == 503
    assert body["ok"] is False
    assert set(body["checks"]) == set(CHECKS)
    assert {name for name, check in body["checks"].items() if check["ok"]} == {
        "audit",
        "clock",
        "connections",
        "database",
        "register",
    }
    assert NOBODY_LISTENS not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "ok"), [(0, True), (20, False), (-20, False)])
def test_a_host_whose_clock_is_wrong_is_not_ready(monkeypatch: pytest.MonkeyPatch, minutes: int, ok: bool) -> None:
    told = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr("django.utils.timezone.now", lambda: told)
    assert run(CHECKS)["clock"].ok is ok
