"""A bare view: the register is asked for the same parts by the same client, and the same template is rendered.

No session, no policy, no log. What the page says is worked out once, from the first answer. Where the role opens
relations, the register is asked about the relatives too, and about theirs, as the gate must.
"""

import os
from collections.abc import Iterable, Set
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from fiksreg.urls import urlpatterns as ours
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import RightsPackage
from lookup.forms import ReasonForm
from lookup.personpage import presenters
from lookup.personpage.copies import copies
from lookup.personpage.family import family_view
from roles.catalogue.openings import areas_opening
from roles.disclosure import FAMILY_ELEMENTS
from roles.disclosure.clients import client
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import restrict
from roles.policy.marks import RELATIONS, related_numbers

ELEMENTS = frozenset(os.environ["BENCH_ELEMENTS"].split(","))
PARTS = frozenset(os.environ["BENCH_PARTS"].split(","))
PACKAGE = RightsPackage(os.environ["BENCH_PACKAGE"])
FAMILY_PARTS = frozenset(filter(None, os.environ["BENCH_FAMILY_PARTS"].split(",")))


def person(request: HttpRequest) -> HttpResponse:
    """Asks, and renders."""
    number = request.POST["number"]
    record = _asked(number)
    return render(request, "lookup/person.html", {**_page(number), "answered": record is not None})


def _asked(number: str) -> PersonRecord | None:
    record = client("").person(PACKAGE, number, PARTS)
    if record and FAMILY_PARTS:
        _family(record)
    return record


def _family(record: PersonRecord) -> dict[str, PersonRecord]:
    """By number: those the person names, and those that they name."""
    nearest = _named([record], frozenset())
    further = _named(nearest.values(), nearest.keys())
    return nearest | further


def _named(records: Iterable[PersonRecord], known: Set[str]) -> dict[str, PersonRecord]:
    relations = ELEMENTS & RELATIONS.keys()
    numbers = frozenset(number for record in records for number in related_numbers(record, relations)) - known
    answers = client("").bulk(PACKAGE, sorted(numbers), FAMILY_PARTS)
    return {answer.asked: answer.person for answer in answers if answer.person is not None}


@lru_cache
def _page(number: str) -> dict[str, Any]:
    record = client("").person(PACKAGE, number, PARTS)
    if record is None:
        raise LookupError("the register does not know the benchmark's person")
    permitted = restrict(record, elements=ELEMENTS, protection=UNPROTECTED)
    relatives = _family(record) if FAMILY_PARTS else {}
    family = {
        relative: restrict(known, elements=ELEMENTS & FAMILY_ELEMENTS, protection=UNPROTECTED)
        for relative, known in relatives.items()
    }
    today = timezone.localdate()
    shown = family_view(permitted, family, asked=number, today=today)
    role = SimpleNamespace(organisation=SimpleNamespace(name="Målestokk kommune"), name="Måling", service_area="Måling")
    return {
        "page": presenters.person_page(permitted, asked=number, today=today, family=shown, areas=areas_opening()),
        "copies": tuple(copies(permitted)),
        "access": SimpleNamespace(organisation_name="Målestokk kommune", role_name="Måling", actor=role),
        "token": "0" * 32,
        "form": ReasonForm(),
        "printed_at": timezone.localtime(),
        "until": timezone.localtime(),
        "seconds_left": 900,
        "user": SimpleNamespace(is_authenticated=True, display_name="Måling"),
        "chosen_role": role,
        "roles_available": [role],
    }


urlpatterns = [path("bare", person), *ours]
