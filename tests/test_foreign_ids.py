"""Every address that names something, asked for with what is somebody else's: answered like what never was.

Compared are status, Location and the page itself. The addresses come from the URLconf, so a new one is covered on the
day it is added; a new name of a parameter fails here until it is said what it stands for.
"""

import re
from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from django.contrib.admin import site
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from citizenlists.models import CitizenList, State
from fiksreg.checks import views_of
from lookup import references as lookup
from lookup.models import PersonReference
from roles.access import access_for
from roles.models import Employee, Use
from tests.roles.admin.test_table import Houses
from tests.roles.tenants import Tenant

pytestmark = pytest.mark.django_db

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_MODEL = re.compile(r"^admin/(?:roles|citizenlists)/(\w+)/")
#: Not somebody's: texts, open files, central list templates, and Django's own ways through the administration.
_NOBODYS = {"slug", "name", "template", "app_label", "url"}
#: The catalogue is everybody's, and an upload that waits to be confirmed is the central administrator's.
_SHARED = {"legalbasis", "servicearea", "catalogueimport"}
#: What differs between any two answers: references, the forms' tokens, and the address itself, which one typed.
_DIFFERS = re.compile(r'data-reference>[\w-]+<|value="\w{64}"|data-left="\d+"|\d\d[.:]\d\d\b')
#: What a central administrator has of every organisation.
_CENTRAL_HAS = {"organisation", "servicearearequest", "employee", "notice"}
_SYNTHETIC_NUMBER = "01810050050"

ROUTES = sorted(route for route, _view in views_of(get_resolver().url_patterns))
NAMING = [route for route in ROUTES if set(_PARAMETER.findall(route)) - _NOBODYS]


class Theirs:
    """One of everything that an address can name, of the other organisation."""

    def __init__(self, houses: Houses) -> None:
        self._houses, where = houses, houses.foreign
        self._named: dict[str, object] = {
            "role": where.role.pk,
            "role_id": where.role.pk,
            "employee_id": where.caseworker.pk,
            "review_id": houses.objects["accessreview"][1].pk,
            "order_id": _order(where).pk,
            "token": _reference(where),
        }

    def path(self, route: str) -> str:
        return _filled(route, lambda name: self._named.get(name) or self._key(route))

    def _key(self, route: str) -> object:
        model = _MODEL.match(route)
        assert model, f"say what the parameters of {route} stand for"
        return self._houses.objects[model[1]][1].pk


def nobodys(route: str) -> str:
    """The same address, of what never was."""
    return _filled(route, lambda name: "x" * 22 if name == "token" else uuid4())


def _filled(route: str, value: Callable[[str], object]) -> str:
    return "/" + _PARAMETER.sub(lambda match: str(value(match[1])), route)


def _order(where: Tenant) -> CitizenList:
    return CitizenList.objects.create(
        organisation=where.organisation,
        role=where.role,
        ordered_by=where.caseworker,
        intent_id=uuid4(),
        kommune="1870",
        born_from=2020,
        born_to=2020,
        elements=["navn"],
        state=State.READY,
    )


def _reference(where: Tenant) -> str:
    access = access_for(where.caseworker, where.role.pk, Use.SEARCH)
    return lookup.open_person(access=access.for_purpose("Sak 2026/1"), number=_SYNTHETIC_NUMBER)


def actors(houses: Houses) -> Mapping[str, Employee]:
    """Everybody of one's own organisation who is let in anywhere, and the central administrator."""
    own = houses.own
    named = {kind: houses._who(kind) for kind in ("CENTRAL", "ORGANISATION", "ROLE", "PRIVACY", "nobody")}
    return {**named, "caseworker": own.caseworker}


def is_theirs(route: str, kind: str) -> bool:
    """Whether it is somebody else's for this actor."""
    model = _MODEL.match(route)
    named = model[1] if model else ""
    return named not in _SHARED and not (kind == "CENTRAL" and (named in _CENTRAL_HAS or "ansatt" in route))


def answer(client: Client, method: str, path: str) -> tuple[int, str, str]:
    """Status, Location and page, without what differs between any two answers."""
    client.cookies.pop("messages", None)  # what the answer before this one left to be said
    response: HttpResponse = getattr(client, method)(path)
    location = response.headers.get("Location", "").replace(path, "")
    return response.status_code, location, _DIFFERS.sub("", response.content.decode(errors="replace").replace(path, ""))


def test_the_addresses_that_name_something_are_found() -> None:
    names = {name for route in NAMING for name in _PARAMETER.findall(route)} - _NOBODYS
    assert names >= {"key", "object_id", "role_id", "employee_id", "review_id", "order_id", "token"}
    assert {match[1] for route in NAMING if (match := _MODEL.match(route))} >= {
        model._meta.model_name for model in site._registry
    } - _SHARED


@pytest.mark.parametrize("kind", ["CENTRAL", "ORGANISATION", "ROLE", "PRIVACY", "nobody", "caseworker"])
def test_what_is_somebody_elses_is_answered_like_what_never_was(kind: str) -> None:
    houses = Houses()
    client, theirs = Client(), Theirs(houses)
    client.force_login(actors(houses)[kind])
    told = [
        (method, route, foreign[:2], unknown[:2])
        for route in NAMING
        if is_theirs(route, kind)
        for method in ("get", "post")
        if (foreign := answer(client, method, theirs.path(route)))
        != (unknown := answer(client, method, nobodys(route)))
    ]
    assert not told, told


def test_nobody_elses_reference_or_list_is_touched_by_asking_for_it() -> None:
    houses = Houses()
    client, theirs = Client(), Theirs(houses)
    client.force_login(actors(houses)["caseworker"])
    before = [*CitizenList.objects.values()], [*PersonReference.objects.values()]
    for route in NAMING:
        client.post(theirs.path(route))
    assert ([*CitizenList.objects.values()], [*PersonReference.objects.values()]) == before
