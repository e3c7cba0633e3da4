"""A bare view: the register is asked for the same parts by the same client, and the same template is rendered.

No session, no policy, no log. What the page says is worked out once, from the first answer. Where the role opens
relations, the register is asked about the relatives too, as the gate must.
"""

import os
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from fiksreg.urls import urlpatterns as ours
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import RightsPackage, parts_for
from lookup.forms import ReasonForm
from lookup.personpage import presenters
from roles.disclosure.clients import client
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import restrict
from roles.policy.marks import RELATIONS, related_numbers

ELEMENTS = frozenset(os.environ["BENCH_ELEMENTS"].split(","))
PARTS = frozenset(os.environ["BENCH_PARTS"].split(","))
PACKAGE = RightsPackage(os.environ["BENCH_PACKAGE"])
RELATIVES = ELEMENTS & RELATIONS.keys() if os.environ["BENCH_RELATIONS"] else frozenset()
OF_RELATIVES = parts_for(("bostedsadresse", "deltBosted", "oppholdsadresse"))


def person(request: HttpRequest) -> HttpResponse:
    """Asks, and renders."""
    number = request.POST["number"]
    record = _asked(number)
    return render(request, "lookup/person.html", {**_page(number), "answered": record is not None})


def _asked(number: str) -> PersonRecord | None:
    record = client("").person(PACKAGE, number, PARTS)
    if record and RELATIVES:
        client("").bulk(PACKAGE, sorted(related_numbers(record, RELATIVES)), OF_RELATIVES)
    return record


@lru_cache
def _page(number: str) -> dict[str, Any]:
    record = client("").person(PACKAGE, number, PARTS)
    if record is None:
        raise LookupError("the register does not know the benchmark's person")
    permitted = restrict(record, elements=ELEMENTS, protection=UNPROTECTED)
    role = SimpleNamespace(organisation=SimpleNamespace(name="Målestokk kommune"), name="Måling", service_area="Måling")
    return {
        "page": presenters.person_page(permitted, asked=number, today=timezone.localdate()),
        "access": SimpleNamespace(organisation_name="Målestokk kommune", role_name="Måling", actor=role),
        "token": "0" * 32,
        "form": ReasonForm(),
        "printed_at": timezone.localtime(),
        "user": SimpleNamespace(is_authenticated=True, display_name="Måling"),
        "chosen_role": role,
        "roles_available": [role],
    }


urlpatterns = [path("bare", person), *ours]
