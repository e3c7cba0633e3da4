"""The middleware for every request."""

import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from pytest_django import Settings
from structlog.testing import capture_logs

from fiksreg.logging import begin_request, current_request_id, logging_config
from fiksreg.middleware import ErrorPagesMiddleware, LanguageMiddleware, RequestIdMiddleware
from integrations.http import errors
from roles.access.requestdata import request_data
from roles.access.sessionstore import name_of
from roles.audit import LogBusy
from roles.granting.assignments import give_role
from roles.models import Employee
from tests.roles.tenants import tenant


def answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_request_id())


def request_with(**headers: str) -> HttpRequest:
    return RequestFactory().get("/", headers=headers)


def test_a_request_gets_an_id_that_stands_on_the_response_too() -> None:
    response = RequestIdMiddleware(answer)(request_with())
    assert re.fullmatch("[a-z]{24}", response.headers["X-Request-ID"])
    assert response.headers["X-Request-ID"] == response.content.decode()


OFFERED = {
    "trace-12345678": "trace-12345678",
    "7f0c2b9e-1d55-4c8e-9a3b-2f6f1f0a9b77": "7f0c2b9e-1d55-4c8e-9a3b-2f6f1f0a9b77",
    "01810050050": None,
    "018100-50050": None,
    "trace-01810050050-x": None,
    "short": None,
    "a" * 65: None,
    'evil", "level": "info': None,
    "line\tbreak-12345": None,
    "æøåæøåæøå": None,
    "": None,
}


@pytest.mark.parametrize(("offered", "noted"), OFFERED.items())
def test_a_client_does_not_choose_the_id_and_a_plain_one_of_theirs_is_noted_beside_ours(
    offered: str, noted: str | None
) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request_data(request).request_id)
        return HttpResponse()

    with capture_logs() as lines:
        response = RequestIdMiddleware(view)(request_with(**{"X-Request-ID": offered}))
    assert seen == [response.headers["X-Request-ID"]] != [offered]
    (line,) = lines
    assert line.get("offered_id") == noted


def test_an_id_sent_twice_names_two_requests() -> None:
    ids = {RequestIdMiddleware(answer)(request_with(**{"X-Request-ID": "trace-12345678"})).content for _ in range(2)}
    assert len(ids) == 2


def language_of(request: HttpRequest, *, organisation: str = "") -> str:
    """organisation: the language that came into the session with the employee's organisation."""
    request.session = SessionBase()
    request.session["language"] = organisation
    return LanguageMiddleware(lambda _request: HttpResponse(translation.get_language()))(request).content.decode()


def test_pages_are_in_bokmal_whatever_the_browser_prefers() -> None:
    assert language_of(request_with(**{"Accept-Language": "en"})) == "nb"


@pytest.mark.parametrize(("chosen", "language"), [("nn", "nn"), ("en", "en"), ("de", "nb"), ("", "nb")])
def test_a_chosen_language_is_kept_when_we_have_it(settings: Settings, chosen: str, language: str) -> None:
    request = request_with()
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = chosen
    assert language_of(request) == language


def test_the_organisations_language_holds_until_the_person_chooses(settings: Settings) -> None:
    request = request_with()
    assert language_of(request, organisation="nn") == "nn"
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert language_of(request, organisation="nn") == "en"


FAILURES = [
    (errors.Unavailable, 503, "Folkeregisteret svarer ikke"),
    (errors.Busy, 503, "har for mye å gjøre"),
    (errors.Refused, 502, "Feil i oppsettet"),
    (errors.UnexpectedAnswer, 502, "noe vi ikke forstår"),
    (LogBusy, 503, "ikke ført dette i loggen"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status", "text"), FAILURES)
def test_a_failure_of_the_register_or_the_log_becomes_a_page_with_a_reference(
    client: Client, kind: type[Exception], status: int, text: str
) -> None:
    request = client.get("/").wsgi_request
    begin_request("reference-1")
    response = ErrorPagesMiddleware(answer).process_exception(request, kind())
    assert response is not None
    assert response.status_code == status
    assert text in response.content.decode()
    assert "reference-1" in response.content.decode()


def test_an_error_that_is_not_ours_is_left_to_django() -> None:
    assert ErrorPagesMiddleware(answer).process_exception(request_with(), ValueError()) is None


@pytest.fixture
def employee() -> Employee:
    return Employee.objects.create_employee(issuer="https://idp.example", subject="s", display_name="Ansatt")


@pytest.mark.django_db
def test_every_page_needs_login_unless_it_says_otherwise(client: Client) -> None:
    assert client.get("/rolle/").headers["Location"] == "/logg-inn/?next=/rolle/"
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_is_answered_in_words(client: Client, employee: Employee) -> None:
    client.force_login(employee)
    client.session.flush()
    response = client.post("/rolle/", {"role": "x"})
    assert response.status_code == 403
    assert "Økten er utløpt" in response.content.decode()


@pytest.mark.django_db
def test_a_form_with_a_stale_token_is_answered_in_words(employee: Employee) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(employee)
    response = client.post("/rolle/", {"role": "x"})
    assert response.status_code == 403
    assert "Skjemaet kunne ikke sendes" in response.content.decode()


def age_session(client: Client, seconds: float) -> None:
    session = client.session
    session["opened_at"] = timezone.now().timestamp() - seconds
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "status"), [(9.9, 302), (10.1, 302)])
def test_a_session_ends_ten_hours_after_login_whatever_happens(
    client: Client, employee: Employee, hours: float, status: int
) -> None:
    client.force_login(employee)
    age_session(client, hours * 3600)
    response = client.get("/rolle/")
    assert response.status_code == status
    assert ("/logg-inn/" in response.headers["Location"]) is (hours > 10)


@pytest.mark.django_db
@pytest.mark.parametrize(("headers", "extends"), [({}, True), ({"HX-Request": "true"}, False)])
def test_only_what_a_person_does_keeps_the_session_alive(
    client: Client, employee: Employee, headers: dict[str, str], extends: bool
) -> None:
    client.force_login(employee)
    age_session(client, 60)
    client.get("/hjelp/", headers=headers)
    assert ("seen_at" in client.session) is extends


NEXT = {
    "/hjelp/": "/hjelp/",
    "/oppslag/?a=b": "/oppslag/?a=b",
    "0": "/",
    "home": "/",
    "admin:index": "/",
    "//evil.example/": "/",
    "/\\evil.example": "/",
    "https://evil.example/": "/",
    "javascript:alert(1)": "/",
    "/a\r\nSet-Cookie: x=y": "/",
    "/a\0b": "/",
    "/" + "x" * 3_000: "/",
    "": "/",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("target", "led_to"), NEXT.items())
def test_a_redirect_leads_only_to_a_page_of_ours(client: Client, target: str, led_to: str) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": target})
    assert (response.status_code, response.headers["Location"]) == (302, led_to)


@pytest.mark.django_db
@pytest.mark.parametrize(("target", "led_to"), NEXT.items())
def test_the_choice_of_role_leads_nowhere_else_either(client: Client, target: str, led_to: str) -> None:
    here = tenant("Nord")
    give_role(role=here.role, by=here.administrator, employee=here.caseworker)
    client.force_login(here.caseworker, backend="roles.login.backends.OidcBackend")
    response = client.post("/rolle/", {"role": str(here.role.pk), "next": target})
    assert (response.status_code, response.headers["Location"]) == (302, led_to)


@pytest.mark.django_db
def test_the_browser_is_told_to_run_nothing_but_ours(client: Client) -> None:
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_language_is_chosen_by_post_and_never_leads_away_from_here(client: Client) -> None:
    response = client.post("/sprak/", {"language": "nn", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
    assert "Logg inn" in client.get("/").content.decode()
    assert client.get("/").headers["Content-Language"] == "nn"


def test_a_log_line_is_one_json_object_with_the_requests_id() -> None:
    formatter = build_formatter()
    begin_request("trace-12345678")
    line = formatter(logging.LogRecord("lookup", logging.INFO, "", 0, "answered %s", ("200",), None))
    logged = json.loads(line)
    assert logged["event"] == "answered 200"
    assert logged["request_id"] == "trace-12345678"
    assert logged["logger"] == "lookup"


def test_loggers_that_write_full_urls_stay_quiet_whatever_the_level_is() -> None:
    loggers = logging_config(level="DEBUG")["loggers"]
    assert {loggers[name]["level"] for name in ("httpx", "httpcore")} == {"WARNING"}


def build_formatter() -> Callable[[logging.LogRecord], str]:
    options = dict(logging_config(level="INFO")["formatters"]["json"])
    formatter: logging.Formatter = options.pop("()")(**options)
    return formatter.format


def test_a_log_line_never_holds_the_path_that_somebody_sent() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/x/01810050050"), None
    )
    record.request = request_with()
    line = build_formatter()(record)
    assert json.loads(line)["event"] == "Not Found"
    assert "01810050050" not in line


@pytest.mark.django_db
def test_a_session_ends_after_half_an_hour_without_anything_done(client: Client, employee: Employee) -> None:
    client.force_login(employee)
    session = Session.objects.get(session_key=name_of(str(client.session.session_key)))
    assert session.expire_date <= timezone.now() + timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/rolle/").headers["Location"].startswith("/logg-inn/")
