"""docker-compose.yml and the Procfile speak of the same processes."""

import re
import shlex
from typing import Any
from urllib.parse import urlsplit

import httpx
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


def test_the_token_asked_for_inside_is_addressed_to_who_answers_there(simulator: str) -> None:
    told = compose.files(secrets.make_up())[compose.PROCESSES]
    endpoint = urlsplit(told["MASKINPORTEN_TOKEN_ENDPOINT"])
    path = "/maskinporten/.well-known/oauth-authorization-server"
    metadata = httpx.get(f"{simulator}{path}", headers={"Host": endpoint.netloc}).raise_for_status().json()
    assert metadata["token_endpoint"] == told["MASKINPORTEN_TOKEN_ENDPOINT"]
    assert metadata["issuer"] == told["MASKINPORTEN_AUDIENCE"]


def test_another_port_is_this_machines_and_the_browsers_and_no_containers() -> None:
    ports = compose.ports_of({"FIKSREG_PORT": "9001", "FIKSREG_IDENTITY_PORT": "9402"})
    files = compose.files(secrets.make_up(), ports)
    inside, outside = files[compose.PROCESSES], files[compose.NEIGHBOURS]
    assert (outside["FIKSREG_PORT"], inside["FIKSREG_PORT"]) == ("9001", "8000")
    assert inside["FIKSREG_BASE_URL"] == "http://127.0.0.1:9001"
    assert inside["OIDC_ISSUER"] == "http://127.0.0.1:9402"
    assert inside["OIDC_TOKEN_ENDPOINT"] == "http://identity:9400/oauth2/token"


@pytest.mark.parametrize(("service", "variable"), [("web", "FIKSREG_PORT"), ("simulator", "FIKSREG_SIMULATOR_PORT")])
def test_each_container_listens_where_its_port_leads_whatever_that_is_outside(service: str, variable: str) -> None:
    (mapped,) = SERVICES[service]["ports"]
    inside = mapped.rpartition(":")[2]
    assert f"${{{variable}:-{inside}}}" in mapped
    assert compose.files(secrets.make_up(), compose.ports_of({variable: "9999"}))[compose.PROCESSES][variable] == inside
    assert SERVICES[service]["environment"].get(variable, inside) == inside
