"""What no browser sends, to every page there is: never an error of ours, and always with the policy of the browser."""

import re
from collections.abc import Iterator

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from fiksreg.checks import views_of
from roles.models import AdministratorKind, Administratorship, Employee
from tests.test_sweep import path_of

# Every address and field there is, with every odd value.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.campaign]

ROUTES = sorted({path_of(route, {}) for route, _ in views_of(get_resolver().url_patterns)})
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
#: What a view reads from an address or a form that it does not show a field for.
READ = ("next", "side", "shown", "fil", "virksomhet", "state", "code", "sid", "iss", "logout_token", "kql", "filter")
READ_BY_FORMS = (
    *READ,
    "picker",
    "kind",
    "within",
    "needed",
    "chosen",
    "act",
    "step",
    "turn",
    "employee",
    "seen",
    "language",
)
HOSTILE = {
    "nul": "a\0b",
    "long": "x" * 300,
    "zero": "0",
    "huge": "-" + "9" * 300,
    "odd": "\ud7ff\ufffe\u202e%s{}{{}}<>\"'`;--",
}


@pytest.fixture
def clients() -> list[Client]:
    """Nobody, a caseworker, and somebody who administers all there is; each for the pages that are for them."""
    caseworker = Employee.objects.get(display_name="Saksbehandler barnehage")
    administrator = Employee.objects.get(display_name="Sentral administrator")
    for kind in (AdministratorKind.ORGANISATION, AdministratorKind.ROLE):
        Administratorship.objects.create(employee=administrator, organisation=caseworker.organisation, kind=kind)
    return [browser(None), browser(caseworker), browser(administrator)]


def browser(employee: Employee | None) -> Client:
    client = Client(raise_request_exception=False)
    if employee:
        client.force_login(employee, backend="roles.login.backends.OidcBackend")
    return client


def is_for(who: int, path: str) -> bool:
    return who == (2 if path.startswith("/admin/") else 1 if not path.startswith("/logg-") else 0)


def is_wrong(response: HttpResponseBase) -> bool:
    response.close()
    return response.status_code == 500 or "Content-Security-Policy" not in response.headers


def fields_of(page: HttpResponseBase) -> set[str]:
    """The names of the form fields of a page."""
    return set(re.findall(rb'<(?:input|select|textarea)[^>]* name="([^"]+)"', getattr(page, "content", b"")) or ())


def asked(client: Client, path: str, value: str) -> Iterator[tuple[str, HttpResponseBase]]:
    page = client.get(path, dict.fromkeys(READ, value))
    yield "GET", page
    names = {name.decode() for name in fields_of(client.get(path))} - {"csrfmiddlewaretoken"}
    yield "POST", client.post(path, dict.fromkeys([*READ_BY_FORMS, *names], value))


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_value_of_any_field_or_query_is_an_error_of_ours(clients: list[Client], kind: str) -> None:
    wrong = [
        (path, method, response.status_code, who)
        for path in ROUTES
        for who, client in enumerate(clients)
        if is_for(who, path)
        for method, response in asked(client, path, HOSTILE[kind])
        if is_wrong(response)
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_piece_of_a_path_is_an_error_of_ours(clients: list[Client], kind: str) -> None:
    routes = {route for route, _ in views_of(get_resolver().url_patterns) if _PARAMETER.search(route)}
    paths = sorted("/" + _PARAMETER.sub(lambda _: HOSTILE[kind], re.sub(r"[\^$]", "", route)) for route in routes)
    wrong = [
        (path, response.status_code)
        for path in paths
        for client in clients
        for response in (client.get(path), client.post(path))
        if is_wrong(response)
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_cookie_and_no_header_is_an_error_of_ours(settings: Settings, kind: str) -> None:
    value = HOSTILE[kind].encode().decode("latin-1")  # as a server hands over what it was sent
    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        "messages",
        "x",
    ):
        client = browser(None)
        client.cookies[name] = value
        for path in ("/", "/oppslag/", "/logg-inn/", "/logg-inn/svar/", "/admin/"):
            assert not is_wrong(client.get(path)), (name, path)
    for header in (
        "X-Request-ID",
        "User-Agent",
        "Referer",
        "Accept-Language",
        "X-Forwarded-For",
        "HX-Request",
        "Range",
    ):
        for response in (
            browser(None).get("/", headers={header: value}),
            browser(None).post("/rolle/", headers={header: value}),
        ):
            assert not is_wrong(response), header


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "[::1", "a" * 300, "x\0y", ""]
)
def test_a_host_that_is_not_ours_is_refused_on_every_kind_of_page(host: str) -> None:
    client = browser(Employee.objects.get(display_name="Saksbehandler barnehage"))
    for path in ("/", "/oppslag/", "/logg-inn/", "/admin/", "/healthz", "/nowhere/", "/static/css/theme.css"):
        for response in (client.get(path, SERVER_NAME=host, HTTP_HOST=host), client.post(path, HTTP_HOST=host)):
            assert not is_wrong(response)


@pytest.mark.parametrize("method", ["head", "put", "options"])
def test_every_answer_has_the_policy_of_the_browser(clients: list[Client], method: str) -> None:
    wrong = [
        (path, response.status_code)
        for path in [*ROUTES, "/static/css/theme.css", "/static/nothing.css", "/nowhere/", "/om"]
        for client in clients
        if is_wrong(response := getattr(client, method)(path))
    ]
    assert wrong == []


def test_a_redirect_to_tls_has_it_too(settings: Settings, client: Client) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/")
    assert response.status_code == 301
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_an_error_of_ours_has_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("fiksreg.pages.views.render", fail)
    response = browser(None).get("/")
    assert response.status_code == 500
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
