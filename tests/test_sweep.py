"""Every URL there is, GET and POST, by who may have nothing of it. A new page is covered on the day it is added."""

import re
from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import get_resolver

from citizenlists.models import CitizenList, State
from fiksreg.checks import views_of
from fiksreg.demo.data import NEIGHBOURS_ADMINISTRATOR
from lookup import references as lookup
from roles.access import access_for
from roles.access.permissions import Permission
from roles.models import Employee, Role, Use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

REFUSALS = {302, 403, 404}
SYNTHETIC_NUMBER = "01810050050"

_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_NOTHING_HAS = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
_ADMIN_PATTERNS = {"^(?P<app_label>roles)/$": "roles/", "(?P<url>.*)$": "nothing-here"}

ROUTES = [(route, getattr(view, "permission", None)) for route, view in views_of(get_resolver().url_patterns)]
GUARDED = [route for route, permission in ROUTES if permission is not Permission.PUBLIC]
ABOUT_SOMETHING = [route for route in GUARDED if re.search(r"<\w+:(token|order_id|object_id)>", route)]


def path_of(route: str, values: Mapping[str, str]) -> str:
    """A path for a route: with these values where they fit, else with one that nothing has."""
    for pattern, text in _ADMIN_PATTERNS.items():
        route = route.replace(pattern, text)
    return "/" + _PARAMETER.sub(
        lambda match: values.get(match["name"], _NOTHING_HAS.get(match["converter"] or "str", "x" * 22)), route
    )


def what_is_not_refused(client: Client, routes: list[str], values: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Each path that answers a GET or a POST with anything but a refusal, and with what."""
    paths = {path_of(route, values) for route in routes}
    answers = {path: (client.get(path).status_code, client.post(path).status_code) for path in sorted(paths)}
    return {path: statuses for path, statuses in answers.items() if not set(statuses) <= REFUSALS}


def account(label: str) -> Employee:
    return Employee.objects.get(display_name=label)


@pytest.fixture
def of_havbris() -> dict[str, str]:
    """What a caseworker of Havbris is in the middle of, by the name it has in URLs."""
    caseworker = account("Saksbehandler barnehage")
    role = Role.objects.get(name="Barnehageopptak", organisation__name="Havbris kommune")
    access = access_for(caseworker, role.pk, Use.SEARCH)
    order = CitizenList.objects.create(
        organisation=role.organisation,
        role=role,
        ordered_by=caseworker,
        intent_id=access.intent_id,
        kommune="1870",
        born_from=2020,
        born_to=2020,
        elements=["navn"],
        state=State.READY,
    )
    token = lookup.open_person(access=access, number=SYNTHETIC_NUMBER)
    return {"token": token, "order_id": str(order.pk), "object_id": str(role.pk)}


def test_the_sweep_finds_the_pages_of_every_room() -> None:
    rooms = {path_of(route, {}).split("/")[1] for route in GUARDED}
    assert rooms >= {"oppslag", "innbyggerlister", "testpersoner", "admin", "rolle"}
    assert len(ABOUT_SOMETHING) > 10


def test_the_pages_open_to_everybody_are_these_and_no_others() -> None:
    assert sorted(route for route, permission in ROUTES if permission is Permission.PUBLIC) == [
        "",
        "admin/login/",
        "admin/logout/",
        "healthz",
        "hjelp/",
        "hjelp/<slug:slug>/",
        "logg-inn/",
        "logg-inn/nodkonto/",
        "logg-inn/svar/",
        "logg-ut",
        "logg-ut/ferdig/",
        "logg-ut/ramme/",
        "logg-ut/varsel/",
        "okt/",
        "okt/utlopt/",
        "om/",
        "om/historikk/",
        "om/lovhjemler/",
        "om/maler/",
        "om/maler/<slug:name>.xlsx",
        "om/priser/",
        "om/skatt-og-inntekt/",
        "om/ta-i-bruk/",
        "readyz",
        "sprak/",
        "tilgjengelighet/",
    ]


def test_who_is_not_logged_in_gets_nothing(client: Client, of_havbris: dict[str, str]) -> None:
    assert what_is_not_refused(client, GUARDED, of_havbris) == {}


def test_who_is_logged_in_without_any_role_gets_nothing(client: Client, of_havbris: dict[str, str]) -> None:
    client.force_login(account("Nyansatt"))
    assert what_is_not_refused(client, GUARDED, of_havbris) == {}


@pytest.mark.parametrize("label", ["Saksbehandler nabokommune", NEIGHBOURS_ADMINISTRATOR])
def test_who_is_of_the_other_organisation_gets_nothing_of_this_one(
    client: Client, of_havbris: dict[str, str], label: str
) -> None:
    client.force_login(account(label))
    assert what_is_not_refused(client, ABOUT_SOMETHING, of_havbris) == {}


def test_what_is_somebody_elses_is_answered_like_what_does_not_exist(
    client: Client, of_havbris: dict[str, str]
) -> None:
    client.force_login(account("Saksbehandler nabokommune"))
    pages = ("oppslag/person/<str:token>/", "innbyggerlister/<uuid:order_id>/")
    for page in pages:
        theirs, nobodys = path_of(page, of_havbris), path_of(page, {})
        answer, other = client.get(theirs), client.get(nobodys)
        assert answer.status_code == other.status_code == 404
        assert _without_what_differs(theirs, answer.content) == _without_what_differs(nobodys, other.content)


def _without_what_differs(path: str, page: bytes) -> str:
    """The page without what differs between any two requests: its path, its reference and its forms' tokens."""
    text = page.decode().replace(path, "")
    return re.sub(r'data-reference>\w+<|value="\w{64}"|data-left="\d+"|\d\d[.:]\d\d\b', "", text)
