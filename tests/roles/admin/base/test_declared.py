"""What lists of the administration may be filtered by. The table is made from the models, so it includes new
columns."""

from collections.abc import Iterator
from itertools import product
from typing import Any, cast

import pytest
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst

from roles.access.requestdata import request_data
from roles.admin.base.declared import MOST_SEARCHED, DeclaredAdmin, Undeclared
from roles.admin.base.scoping import scope
from roles.models import ContactPoint, Employee, Integration
from tests.roles.admin.test_table import BESIDE, FURTHER_PAGES, OBJECT_PAGES, ORG, TABLE, C, Houses

pytestmark = pytest.mark.django_db

LOOKUPS = ("", "__exact", "__startswith", "__regex", "__in", "__isnull")
PAGES = {admin.opts.model_name: cast("DeclaredAdmin[Any]", admin) for admin in site._registry.values()}
#: Columns that would let somebody log in as another, or reveal an id at the identity provider.
SECRETS = {
    "subject",
    "issuer",
    "password",
    "password_digest",
    "session_key",
    "session_data",
    "provider_subject",
    "provider_session",
    "token_hash",
    "token",
    "sealed",
    "external_id",
}


def paths(model: type[Model], depth: int = 2) -> Iterator[tuple[str, ...]]:
    """Every column, and every column of the models that are `depth` relations away, in either direction."""
    for field in model._meta.get_fields(include_hidden=False):
        name = field.name if isinstance(field, Field) else cast(Any, field).name
        yield (name,)
        if depth and field.is_relation and isinstance(field.related_model, type):
            yield from ((name, *rest) for rest in paths(field.related_model, depth - 1))


def administrator(houses: Houses) -> Employee:
    """The administrator who sees most: of their own organisation, and central."""
    return houses._who(ORG)


def address_of(model: str, page: str) -> str:
    """The address of a page that is about no object."""
    return reverse(f"admin:{PAGES[model].opts.app_label}_{model}_{page}")


def asking(who: Employee, query: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().get("/", query)
    request.user = who
    return request


def test_every_page_of_the_administration_answers_to_what_it_declares_alone() -> None:
    assert all(isinstance(page, DeclaredAdmin) for page in site._registry.values())
    with pytest.raises(ImproperlyConfigured):
        site.register(ContactPoint)
    with pytest.raises(ImproperlyConfigured):
        site.register(ContactPoint, ModelAdmin)


#: Every parameter that a list may be filtered by. All others are refused.
DECLARED: dict[str, set[str]] = {
    "role": {"is_active__exact", "is_active__isnull", "service_area__code__exact", "service_area__isnull"},
    "roleassignment": {"role__id__exact", "role__isnull"},
    "employee": {"is_active__exact", "is_active__isnull"},
    "group": set(),
    "integration": {"is_active__exact", "is_active__isnull"},
    "administratorship": {"kind__exact", "kind__isnull"},
    "legalbasis": {
        *("confidential__exact", "confidential__isnull", "status__exact", "status__isnull"),
        *("areas__code__exact", "areas__isnull", "kind__exact", "kind__isnull"),
        *("text_read__exact", "text_read__isnull"),
    },
    "servicearea": set(),
    "servicearearequest": {"state__exact", "state__isnull"},
    "organisation": {"kind__exact", "kind__isnull"},
    "accessreview": set(),
    "roleloss": set(),
    "notice": set(),
    "ownworkbook": {"is_active__exact", "is_active__isnull"},
    "owntemplate": {"is_active__exact", "is_active__isnull"},
}


def test_no_column_two_relations_away_can_be_asked_for_unless_a_filter_has_it() -> None:
    who = administrator(Houses())
    assert PAGES.keys() == DECLARED.keys()
    for model, page in PAGES.items():
        request = asking(who)
        names = {"__".join(path) + lookup for path, lookup in product(set(paths(page.model)), LOOKUPS)}
        assert len(names) > (30 if model in CENTRAL_LISTS else 500)
        assert {name for name in names if page.lookup_allowed(name, "x", request)} <= DECLARED[model]
        assert page.declared_parameters(request) == DECLARED[model]


def test_a_list_refuses_every_column_of_its_own_and_of_its_relations_before_it_asks_the_database() -> None:
    known = asking(administrator(Houses()))
    scope(known)
    for page in PAGES.values():
        for path, lookup in product(set(paths(page.model, 1)), ("", "__regex")):
            name = "__".join(path) + lookup
            request = asking(cast(Employee, known.user), {name: "x"})
            request_data(request).administers = request_data(known).administers
            with CaptureQueriesContext(connection) as asked, pytest.raises(Undeclared) as refused:
                page.get_changelist_instance(request)
            assert (len(asked), str(refused.value)) == (0, str(Undeclared())), name


def test_what_is_declared_is_what_the_filters_of_the_pages_have_links_for() -> None:
    who = administrator(Houses())
    for model, page in PAGES.items():
        shown = page.get_changelist_instance(asking(who))
        assert {name for spec in shown.filter_specs for name in spec.expected_parameters()} <= DECLARED[model]
        for name in DECLARED[model]:
            try:
                page.get_changelist_instance(asking(who, {name: "0"}))
            except IncorrectLookupParameters:
                assert name.endswith("__id__exact"), name  # no id has this form


def test_no_list_shows_orders_searches_or_filters_by_a_secret() -> None:
    request = asking(administrator(Houses()))
    for page in PAGES.values():
        named = [*page.get_list_display(request), *page.get_search_fields(request), *page.get_ordering(request)]
        parts = {part for name in [*map(str, named), *page.declared_parameters(request)] for part in name.split("__")}
        assert not {part.lstrip("-=^@") for part in parts} & SECRETS


def test_a_session_key_is_not_read_letter_by_letter() -> None:
    houses = Houses()
    victim, attacker = houses.client(C), houses.client(ORG)
    key = str(victim.session.session_key)
    assert Session.objects.exists()
    for name in ("login_sessions__session_key__regex", "login_sessions__session_key__startswith"):
        for page in ("employee", "administratorship", "roleassignment", "group"):
            through = "" if page == "employee" else ("members__" if page == "group" else "employee__")
            hit, miss = (same(attacker, page, {through + name: guess}) for guess in (key[:1], "%"))
            assert hit == miss == (400, None), (name, page)


def test_a_hit_is_answered_as_a_miss_is() -> None:
    houses = Houses()
    client = houses.client(ORG)
    digest = Integration.objects.filter(organisation=houses.own.organisation).values_list("password_digest", flat=True)
    for start in (digest[0][:1], "x", "[", "\\"):
        for lookup in ("startswith", "regex", "in", "exact"):
            assert same(client, "integration", {f"password_digest__{lookup}": start}) == (400, None)
    for guess in (houses.own.caseworker.subject, "nobody", "(", "\x00"):
        assert same(client, "employee", {"subject__startswith": guess}) == (400, None)
        assert same(client, "employee", {"_to_field": "subject", "_popup": "1", "q": guess}) == (400, None)


def same(client: Client, page: str, query: dict[str, str]) -> tuple[int, str | None]:
    """The status and the redirect. Refused requests must get the same page."""
    response = client.get(address_of(page, "changelist"), query)
    assert response.status_code != 200
    return response.status_code, response.headers.get("Location")


ODD = (
    "\x00",
    "(\\",
    "a" * 5000,
    "9" * 5000,
    "99999999999999999999",
    "-1.٣",
    "\u202e'\"<script>",
    "{00000000000000000000000000000000}",
    "2026-13-45T99:99",
    "_00",
)
OF_LISTS = ("p", "o", "q", "all", "e", "_popup", "_to_field", "_facets")
OF_OTHERS = ("_changelist_filters", "_to_field", "side", "virksomhet")

#: Lists that only a central administrator sees.
CENTRAL_LISTS = {"notice"}


def is_answered(response: HttpResponse) -> bool:
    return response.status_code < 500


@pytest.mark.parametrize("model", sorted(PAGES))
def test_a_list_is_headed_by_what_it_lists(model: str) -> None:
    page = Houses().client(C if model in CENTRAL_LISTS else ORG).get(address_of(model, "changelist"))
    heading = capfirst(PAGES[model].opts.verbose_name_plural)
    assert f"<h1>{heading}</h1>" in page.content.decode()
    assert f"<title>{heading} – Fiksreg</title>" in " ".join(page.content.decode().split())


@pytest.mark.campaign
def test_odd_parameters_never_make_a_page_fail() -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    wrong = []
    for name in sorted(TABLE):
        is_list = name.endswith("_changelist")
        for parameter, value in product(OF_LISTS, ODD[:6]) if is_list else product(OF_OTHERS, ODD[:2]):
            if not is_answered(client.get(houses.path(name), {parameter: value})):
                wrong.append((name, parameter, value[:20]))
    assert not wrong, wrong


@pytest.mark.campaign
@pytest.mark.parametrize("model", sorted(PAGES))
def test_odd_values_of_declared_filters_and_of_fields_to_fill_in_never_make_a_page_fail(model: str) -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    request = asking(administrator(houses))
    lists, adding = (address_of(model, page) for page in ("changelist", "add"))
    fields = [field.name for field in PAGES[model].model._meta.get_fields() if isinstance(field, Field)]
    asked = [*((lists, name) for name in PAGES[model].declared_parameters(request)), *((adding, f) for f in fields)]
    wrong = [
        (address, name, value[:20])
        for (address, name), value in product(asked, ODD)
        if not is_answered(client.get(address, {name: value}))
    ]
    assert not wrong, wrong


@pytest.mark.campaign
@pytest.mark.parametrize("model", sorted(PAGES))
def test_odd_choices_and_actions_never_make_a_list_fail(model: str) -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    address = address_of(model, "changelist")
    wrong = []
    for action, value in product([*PAGES[model].actions[:2], "__class__"], ODD[:6]):
        sent = {"action": action, "_selected_action": value}
        for more in ({}, {"index": value}, {"select_across": value}):
            if not is_answered(client.post(address, sent | more)):
                wrong.append((action, value[:20], sorted(more)))
    assert not any(is_answered(client.post(address, {"action": value})) is False for value in ODD)
    assert not wrong, wrong


MOMENTS = (
    "0001-01-01T00:00",
    "1899-12-31T23:59",
    "3000-01-01T00:00",
    "9999-12-31T23:59",
    "99999-01-01T00:00",
    "2026-03-29T02:30",
)


@pytest.mark.parametrize("model", sorted(PAGES))
def test_a_form_filled_in_oddly_in_every_field_is_told_so_and_never_fails(model: str) -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    name = f"{PAGES[model].opts.app_label}_{model}_change"
    fields = [field.name for field in PAGES[model].model._meta.get_fields()]
    beside = ["reason", "reviewer", "deputy", "members", "contact_points-0-email", "employee_text", "members_text"]
    forms = {f"contact_points-{each}_FORMS": "1" for each in ("TOTAL", "INITIAL")}
    wrong = []
    for address, value in product([houses.path(name), address_of(model, "add")], (*ODD, *MOMENTS)):
        if not is_answered(client.post(address, forms | dict.fromkeys([*fields, *beside], value))):
            wrong.append((address, value[:20]))
    assert not wrong, wrong


#: The fields that are sent to pages of our own.
OF_OUR_PAGES = ("reason", "act", "chosen", "turn", "step", "back", "code", "display_name", "organisation")
ALONE = ("roles_employee_fetch", "roles_employee_suggestions", "roles_legalbasis_import")
OF_PICKERS = ("picker", "kind", "within", "x", "x_text", "role_name", "reviewer", "reviewer_text")


def test_a_page_beside_djangos_that_is_sent_what_is_odd_never_fails() -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    wrong = []
    for name, value in product((*FURTHER_PAGES, *BESIDE, "roles_accessreview_change", *ALONE), ODD[:3]):
        sent = dict.fromkeys((*OF_OUR_PAGES, *OF_PICKERS), value)
        for more in ({}, {"act": "hand-over"}, {"act": "leave-groups"}, {"picker": "x"}):
            if not is_answered(client.post(houses.path(name), sent | more)):
                wrong.append((name, value[:20], more))
    assert not wrong, wrong


@pytest.mark.parametrize("name", ["valid_from", "valid_to"])
def test_a_year_that_no_clock_counts_is_said_at_the_field_and_spoils_no_page(name: str) -> None:
    houses = Houses()
    client = houses.client(ORG)
    sent = {"role": houses.own.role.pk, "employee": houses.own.administrator.pk, "reason": "x"}
    for moment in MOMENTS[:5]:
        moments = {"valid_from": "2026-01-01T00:00", "valid_to": "2027-01-01T00:00"} | {name: moment}
        page = client.post(reverse("admin:roles_roleassignment_add"), sent | moments)
        assert page.status_code == 200, moment
        assert page.context["adminform"].form.errors.keys() == {name}, moment
        given = {"action": "give_role", "give_role_now": "1", "_selected_action": houses.own.caseworker.pk}
        assert client.post(reverse("admin:roles_employee_changelist"), given | sent | moments).status_code == 200
    assert client.get(reverse("admin:roles_roleassignment_changelist")).status_code == 200


def test_what_is_no_id_answers_as_one_that_never_was() -> None:
    houses = Houses()
    client = houses.client(ORG)
    client.raise_request_exception = False
    wrong = []
    for name, value, suffix in product(OBJECT_PAGES, ODD, ("change", "history", "delete")):
        if len(value) > 1000:
            continue
        address = reverse(f"admin:{name}", args=[value]).replace("/change/", f"/{suffix}/")
        if not is_answered(client.get(address)):
            wrong.append((name, value[:20], suffix))
    assert not wrong, wrong


def test_the_same_id_written_otherwise_opens_the_same_page() -> None:
    houses = Houses()
    client = houses.client(ORG)
    for name in OBJECT_PAGES:
        key = str(houses.objects[name.split("_")[1]][0].pk)
        for other in (key.upper(), key.replace("-", ""), f"{{{key}}}"):
            assert is_answered(client.get(reverse(f"admin:{name}", args=[other]))), (name, other)


def test_a_search_longer_than_anybody_writes_is_told_so() -> None:
    client = Houses().client(ORG)
    page = client.get(reverse("admin:roles_employee_changelist"), {"q": "a " * MOST_SEARCHED})
    assert page.status_code == 200
    assert str(MOST_SEARCHED) in page.content.decode()


def test_a_whole_list_is_seen_again_however_the_browser_says_that_it_is_meant() -> None:
    houses = Houses()
    client = houses.client(ORG)
    sent = {
        "action": "deactivate",
        "deactivate_now": "1",
        "reason": "x",
        "_selected_action": str(houses.own.caseworker.pk),
    }
    for across in ("1", "on", "True", "2"):
        client.post(reverse("admin:roles_employee_changelist"), sent | {"select_across": across, "seen": "others"})
    assert Employee.objects.get(pk=houses.own.caseworker.pk).is_active
