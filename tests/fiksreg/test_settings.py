"""Settings are read strictly: a process that is set up wrongly stops with one line that says what to do."""

import base64
import os
import subprocess
import sys

import pytest

from fiksreg.demo import secrets
from tests.environment import in_production


def stop(changes: dict[str, str | None]) -> str:
    """What a process says that starts with this environment."""
    environment = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    for name in (name for name, value in changes.items() if value is None):
        environment.pop(name, None)
    code = "import django; django.setup()"
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return run.stderr.strip().splitlines()[-1] if run.returncode else ""


def test_a_complete_environment_starts() -> None:
    assert stop({}) == ""


def test_everything_that_is_missing_is_named_in_one_error() -> None:
    said = stop({"SECRET_KEY": None, "OIDC_CLIENT_SECRET": "", "MASKINPORTEN_PRIVATE_KEY": None})
    assert "Missing in the environment: SECRET_KEY, OIDC_CLIENT_SECRET, MASKINPORTEN_PRIVATE_KEY." in said


def test_there_is_no_default_secret_in_the_demo_either() -> None:
    assert "Missing in the environment: SECRET_KEY." in stop({"FIKSREG_ENVIRONMENT": "demo", "SECRET_KEY": None})


WRONG = [
    ("FIKSREG_ENVIRONMENT", "staging", "must be one of production, demo, test"),
    ("FIKSREG_MASTER_KEYS", "not base64!", "must be a comma list of base64 keys"),
    ("FIKSREG_MASTER_KEYS", base64.b64encode(b"short").decode(), "every key must be 32 bytes"),
    ("FIKSREG_BEHIND_TLS_PROXY", "yes", "must be True or False"),
    ("FIKSREG_TRUSTED_PROXIES", "10.0.0.1/8", "must be a comma list of addresses or networks"),
    ("MASKINPORTEN_PRIVATE_KEY", "/etc/key.pem", "must be a private key in PEM format"),
    ("OIDC_PROFILE", "bankid-direkte", "must be one of ansattporten, entra, id-porten, or empty"),
    ("OIDC_MAX_AUTHENTICATION_AGE_SECONDS", "an-hour", "must be a whole number above zero"),
    ("OIDC_AUTHORIZATION_DETAILS", "ansattporten:orgno", "must be a JSON list of objects"),
    ("OIDC_AUTHORIZATION_DETAILS", '["ansattporten:orgno"]', "must be a JSON list of objects"),
    ("OIDC_AUTHORIZATION_DETAILS", '[{"type": "altinn"}]', "type must be one of ansattporten:altinn:resource"),
    ("OIDC_AUTHORIZATION_DETAILS", "[{}]", "type must be one of ansattporten:altinn:resource"),
    ("FOLKEREGISTER_DOORS", '{"310000019": {"kind": "fiks"}}', "missing required field"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG, ids=[f"{name}={value[:10]}" for name, value, _ in WRONG])
def test_a_malformed_value_is_named_but_never_repeated(name: str, value: str, said: str) -> None:
    line = stop({name: value})
    assert name in line
    assert said in line
    assert name == "FIKSREG_ENVIRONMENT" or value not in line


FIKS = (
    '{"310000019": {"kind": "fiks", "url": "https://fiks.example", "integration_id": "i", "integration_password": "p",'
    ' "role_with_legal_basis": "r"}}'
)
THE_OTHER_WAY: dict[str, str | None] = {
    "OIDC_USERINFO_ENDPOINT": None,
    "OIDC_AUTHORIZATION_DETAILS": '[{"type": "ansattporten:orgno"}]',
    "MASKINPORTEN_KEY_ID": None,
    "MASKINPORTEN_CERTIFICATE": "-----BEGIN CERTIFICATE-----",
    "MASKINPORTEN_TOKEN_ENDPOINT": None,
    "MASKINPORTEN_AUDIENCE": None,
    "MASKINPORTEN_WELL_KNOWN": "https://maskinporten.example/.well-known/oauth-authorization-server",
    "FOLKEREGISTER_URL": None,
    "FOLKEREGISTER_DOORS": FIKS,
}


def test_another_way_of_setting_everything_up_will_do_as_well() -> None:
    assert stop(THE_OTHER_WAY) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MASKINPORTEN_AUDIENCE": None}, "Missing in the environment: MASKINPORTEN_AUDIENCE."),
        ({"FOLKEREGISTER_URL": None, "FOLKEREGISTER_DOORS": None}, "Missing in the environment: FOLKEREGISTER_URL."),
    ],
    ids=["audience", "register"],
)
def test_what_the_one_way_needs_is_missed(changes: dict[str, str | None], said: str) -> None:
    assert said in stop(changes)


def test_production_does_not_start_where_synthetic_persons_can_be_searched_for() -> None:
    tenor = os.environ["TENOR_URL"]
    assert "TENOR_URL finds synthetic persons" in stop({**in_production(os.environ), "TENOR_URL": tenor})


CLEAR = "http://register.example"
BY_FIKS = FIKS.replace("https://fiks.example", CLEAR)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FOLKEREGISTER_URL", CLEAR, "FOLKEREGISTER_URL must be an address that begins with https://"),
        ("FOLKEREGISTER_DOORS", BY_FIKS, "FOLKEREGISTER_DOORS: the url of 310000019 must be an address"),
        ("OIDC_TOKEN_ENDPOINT", CLEAR, "OIDC_TOKEN_ENDPOINT must be an address"),
    ],
)
def test_production_sends_nothing_in_the_clear(name: str, value: str, said: str) -> None:
    assert said in stop({**in_production(os.environ), name: value})


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("", ["'self'"]),
        ("https://login.example.no:8443/logout?p=policy", ["'self'", "https://login.example.no:8443"]),
    ],
    ids=["nowhere", "the provider"],
)
def test_a_form_leads_elsewhere_only_where_the_provider_logs_out(endpoint: str, allowed: list[str]) -> None:
    code = "from django.conf import settings as s; print(*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    environment = os.environ | {"OIDC_END_SESSION_ENDPOINT": endpoint}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == allowed


def test_production_passes_djangos_deployment_checks() -> None:
    named = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = in_production(named) | {"SECRET_KEY": secrets.make_up()["SECRET_KEY"]}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
