"""docker-compose.yml and the Procfile speak of the same processes."""

import re
import shlex
from typing import Any

import pytest
import yaml

from fiksreg.demo import compose, secrets
from fiksreg.demo.procfile import ROOT, command_lines

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]


@pytest.mark.parametrize("process", command_lines())
def test_every_process_has_the_same_command_line_in_both(process: str) -> None:
    assert tuple(shlex.split(SERVICES[process]["command"])) == command_lines()[process]


def test_only_what_stands_in_for_the_outside_world_is_demo() -> None:
    assert {name for name, service in SERVICES.items() if "demo" in service.get("profiles", ())} == {
        "demo-data",
        "simulator",
        "identity",
    }


def test_compose_holds_every_process_and_neighbour() -> None:
    assert SERVICES.keys() == {*command_lines(), "migrate", "demo-data", "postgres", "valkey"}


def test_every_variable_compose_fills_in_is_made_up_for_the_demo() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+):\?\}", TEXT))
    assert asked <= compose.files(secrets.make_up())[compose.NEIGHBOURS].keys()


def test_no_process_of_ours_is_told_the_owners_password_or_the_clocks_key() -> None:
    made_up = secrets.make_up()
    told = "\n".join(compose.files(made_up)[compose.PROCESSES].values())
    assert made_up["POSTGRES_OWNER_PASSWORD"] not in told
    assert made_up["FIKSREG_CHECKPOINT_KEY"] not in told


def test_only_migrations_and_the_clock_get_their_secrets() -> None:
    holders = {
        variable: {name for name, service in SERVICES.items() if variable in str(service.get("environment", ""))}
        for variable in ("DATABASE_OWNER_URL", "FIKSREG_CHECKPOINT_KEY")
    }
    assert holders == {"DATABASE_OWNER_URL": {"migrate"}, "FIKSREG_CHECKPOINT_KEY": {"clock"}}
