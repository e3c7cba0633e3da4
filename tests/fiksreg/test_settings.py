"""Settings are read strictly: a process that is set up wrongly stops with one line that says what to do."""

import base64
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fiksreg import settings
from fiksreg.demo import secrets
from tests.environment import in_production


def stop(changes: dict[str, str | None]) -> str:
    """What a process says that starts with this environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in changes.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        try:
            runpy.run_path(settings.__file__)
        except ImproperlyConfigured as wrong:
            return str(wrong)
    return ""


def started(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A process with this environment and no other, when it has ended."""
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


def test_a_complete_environment_starts() -> None:
    assert stop({}) == ""


def test_a_process_ends_with_what_is_wrong() -> None:
    run = started("-c", "import django; django.setup()", **(os.environ | {"REDIS_URL": "nowhere"}))
    assert run.returncode != 0
    assert "REDIS_URL must be an address" in run.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "`make demo` starts one"),
        (dict(os.environ) | {"SECRET_KEY": ""}, "Missing in the environment: SECRET_KEY."),
        (dict(os.environ) | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/fiksreg"}, "start the demo with make demo"),
    ],
    ids=["no demo", "a setting is missing", "its database is away"],
)
def test_a_command_without_what_it_runs_on_says_so_in_a_line(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    run = started("manage.py", "demo_credentials", **environment, FIKSREG_DATA_DIR=str(tmp_path))
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("name", ["FIKSREG_PORT", "WEB_CONCURRENCY"])
def test_web_says_which_of_its_own_settings_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "many")
    with pytest.raises(SystemExit, match=f"fiksreg: {name} must be a whole number above zero"):
        runpy.run_path("fiksreg/gunicorn.py")


def test_everything_that_is_missing_is_named_in_one_error() -> None:
    said = stop({"SECRET_KEY": None, "OIDC_CLIENT_SECRET": "", "MASKINPORTEN_PRIVATE_KEY": None})
    assert "Missing in the environment: SECRET_KEY, OIDC_CLIENT_SECRET, MASKINPORTEN_PRIVATE_KEY." in said


def test_an_e_mail_server_is_told_by_one_address() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIKSREG_EMAIL_URL", "smtp+tls://fiksreg:hemmelig@post.example:587")
        read = runpy.run_path(settings.__file__)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == ("post.example", 587, True)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("fiksreg", "hemmelig")


def test_there_is_no_default_secret_in_the_demo_either() -> None:
    assert "Missing in the environment: SECRET_KEY." in stop({"FIKSREG_ENVIRONMENT": "demo", "SECRET_KEY": None})


README = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", Path("README.md").read_text(encoding="utf-8")))
ADDRESSES = [
    "FIKSREG_BASE_URL",
    "FOLKEREGISTER_URL",
    "MASKINPORTEN_TOKEN_ENDPOINT",
    "MASKINPORTEN_WELL_KNOWN",
    "OIDC_AUTHORIZATION_ENDPOINT",
    "OIDC_END_SESSION_ENDPOINT",
    "OIDC_ISSUER",
    "OIDC_JWKS_ENDPOINT",
    "OIDC_TOKEN_ENDPOINT",
    "OIDC_USERINFO_ENDPOINT",
    "TENOR_URL",
]
FIGURES = [
    "FIKSREG_DATABASE_CONNECTIONS",
    "FIKSREG_LARGE_LIST",
    "FIKSREG_LOOKUPS_PER_DAY",
    "FIKSREG_LOOKUPS_PER_MINUTE",
    "FIKSREG_MISSES_IN_A_ROW",
    "FIKSREG_MISSES_PER_DAY",
    "FIKSREG_OPEN_ORDERS",
    "FIKSREG_STRANGERS_PER_MINUTE",
    "FOLKEREGISTER_REQUESTS_PER_MINUTE",
]
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
    ("FIKSREG_CHECKPOINT_KEY", "not base64!", "must be a comma list of base64 keys"),
    ("FIKSREG_CHECKPOINT_KEY", ",".join([base64.b64encode(bytes(32)).decode()] * 2), "must be one key"),
    ("FIKSREG_CHECKPOINT_PUBLIC_KEYS", "not base64!", "must be a comma list of base64 keys"),
    ("FIKSREG_CHECKPOINT_PUBLIC_KEYS", base64.b64encode(b"short").decode(), "every key must be 32 bytes"),
    *((name, "nowhere", "must be an address like postgres://") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")),
    ("DATABASE_URL", "postgres://u:p@host:port/fiksreg", "must be an address like postgres://"),
    ("DATABASE_URL", "postgres://u:p@host:5432", "must be an address like postgres://"),
    ("DATABASE_URL", "mysql://u:p@host/fiksreg", "must be an address like postgres://"),
    ("REDIS_URL", "nowhere", "must be an address that begins with redis://"),
    ("FIKSREG_EMAIL_URL", "nowhere", "must be an address like smtp+tls://"),
    ("FIKSREG_EMAIL_URL", "smtp://host:port", "must be an address like smtp+tls://"),
    ("FIKSREG_LOG_LEVEL", "loud", "must be one of CRITICAL, DEBUG, ERROR, INFO, WARNING, or empty"),
    ("MASKINPORTEN_CERTIFICATE", "/etc/cert.pem", "must be a certificate chain in PEM format"),
    ("FOLKEREGISTER_OPERATOR", "KS", "must be an organisation number of nine digits"),
    *((name, "nowhere", "must be an address that begins with https://") for name in ADDRESSES),
    *((name, "many", "must be a whole number above zero") for name in FIGURES),
]
#: Any text will do, as far as anybody can tell before it is used.
FREE = {
    "ALLOWED_HOSTS",
    "DATABASE_CLOCK_ROLE",
    "DATABASE_WEB_ROLE",
    "DATABASE_WORKER_ROLE",
    "FIKSREG_CHECKPOINT_FILE",
    "FIKSREG_EMAIL_FROM",
    "FIKSREG_FILES_DIR",
    "MASKINPORTEN_AUDIENCE",
    "MASKINPORTEN_CLIENT_ID",
    "MASKINPORTEN_KEY_ID",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ORGANISATION_CLAIM",
    "OIDC_REQUIRED_ACR",
    "OIDC_REQUIRED_AMR",
    "SECRET_KEY",
}


def test_every_setting_is_either_free_or_malformed_below() -> None:
    read = re.findall(r'"([A-Z]+_[A-Z_]+)"', Path(settings.__file__).read_text(encoding="utf-8"))
    of_the_environment = {name for name in read if name in README}
    assert of_the_environment == {name for name, _, _ in WRONG if name != "FIKSREG_ENVIRONMENT"} | FREE


@pytest.mark.parametrize(("name", "value", "said"), WRONG, ids=[f"{name}={value[:10]}" for name, value, _ in WRONG])
def test_a_malformed_value_is_named_but_never_repeated(name: str, value: str, said: str) -> None:
    alone = {"MASKINPORTEN_CERTIFICATE": {"MASKINPORTEN_KEY_ID": None}}
    line = stop({**alone.get(name, {}), name: value})
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
def test_a_missing_variable_of_the_chosen_way_is_an_error(changes: dict[str, str | None], said: str) -> None:
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
def test_a_form_leads_elsewhere_only_where_the_provider_logs_out(
    monkeypatch: pytest.MonkeyPatch, endpoint: str, allowed: list[str]
) -> None:
    monkeypatch.setenv("OIDC_END_SESSION_ENDPOINT", endpoint)
    policy = runpy.run_path(settings.__file__)["CONTENT_SECURITY_POLICY"]
    assert policy["DIRECTIVES"]["form-action"] == allowed


def test_production_passes_djangos_deployment_checks() -> None:
    named = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = in_production(named) | {"SECRET_KEY": secrets.make_up()["SECRET_KEY"]}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
