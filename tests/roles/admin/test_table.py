"""Who may open and send each address of the administration: every kind of administrator, own and foreign objects."""

from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest
from django.contrib.admin import site
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from roles.audit.models import AuditEntry
from roles.catalogue.importing import read_upload, store_upload
from roles.catalogue.requests import ask_for_area
from roles.granting.assignments import give_role
from roles.granting.roles import create_role
from roles.models import AdministratorKind, Administratorship, CatalogueImport, Employee, Notice, Organisation, RoleLoss
from roles.people.groups import create_group
from tests.citizenlists.owntemplates.made import own_template
from tests.citizenlists.ownworkbooks.made import own_workbook
from tests.roles.catalogue.books import OPEN_ROW, book
from tests.roles.reviews.campaigns import opened_review
from tests.roles.tenants import Tenant, case_system, central_administrator, kindergarten, tenant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

C, ORG, R, P, N = "CENTRAL", "ORGANISATION", "ROLE", "PRIVACY", "nobody"
KINDS = (C, ORG, R, P, N)
ANY, OWN, WRITING = {C, ORG, R, P}, {ORG, R, P}, {ORG, R}
NONE: set[str] = set()

#: For each address: who may open it (GET), and who may send it (POST). With an object: one of their own organisation.
#: A list that is sent without an action is looked at; the actions are tried with the services they call.
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "index": (ANY, ANY),
    "app_list": (ANY, ANY),
    "jsi18n": (ANY, NONE),
    "roles_role_changelist": (OWN, OWN),
    "roles_role_add": (WRITING, WRITING),
    "roles_role_change": (OWN, WRITING),
    "roles_role_off": (WRITING, WRITING),
    "roles_role_on": (WRITING, WRITING),
    "roles_role_end": (WRITING, WRITING),
    "roles_roleassignment_changelist": (OWN, OWN),
    "roles_roleassignment_add": (WRITING, WRITING),
    "roles_roleassignment_change": (OWN, NONE),
    "roles_roleassignment_report": (OWN, NONE),
    "roles_roleloss_changelist": (OWN, OWN),
    "roles_roleloss_add": (NONE, NONE),
    "roles_roleloss_change": (OWN, NONE),
    "roles_employee_changelist": (ANY, ANY),
    "roles_employee_add": (NONE, NONE),
    "roles_employee_change": (ANY, {ORG}),
    "roles_employee_fetch": ({ORG}, {ORG}),
    "roles_employee_suggestions": (NONE, WRITING),
    "roles_group_changelist": (OWN, OWN),
    "roles_group_add": (WRITING, WRITING),
    "roles_group_change": (OWN, WRITING),
    "roles_integration_changelist": (OWN, OWN),
    "roles_integration_add": (WRITING, WRITING),
    "roles_integration_change": (OWN, WRITING),
    "roles_integration_password": (WRITING, WRITING),
    "roles_integration_supplier": (OWN, NONE),
    "roles_integration_supplier_pdf": (OWN, NONE),
    "roles_administratorship_changelist": (ANY, ANY),
    "roles_administratorship_add": ({C, ORG}, {C, ORG}),
    "roles_administratorship_change": (OWN, NONE),
    "roles_organisation_changelist": (ANY, ANY),
    "roles_organisation_add": ({C}, {C}),
    "roles_organisation_change": (ANY, {C, ORG}),
    "roles_organisation_central_users": ({ORG}, {ORG}),
    "roles_organisation_onboarding": (ANY, {C, ORG}),
    "roles_organisation_setup": (ANY, ANY),
    "roles_legalbasis_changelist": (ANY, ANY),
    "roles_legalbasis_add": (NONE, NONE),
    "roles_legalbasis_change": (ANY, NONE),
    "roles_legalbasis_export": (ANY, NONE),
    "roles_legalbasis_import": ({C}, {C}),
    "roles_legalbasis_review": ({C}, {C}),
    "roles_servicearea_changelist": (ANY, ANY),
    "roles_servicearea_add": ({C}, {C}),
    "roles_servicearea_change": (ANY, NONE),
    "roles_servicearearequest_changelist": (ANY, ANY),
    "roles_servicearearequest_add": (WRITING, WRITING),
    "roles_servicearearequest_change": (ANY, {C}),
    "citizenlists_ownworkbook_changelist": (OWN, OWN),
    "citizenlists_ownworkbook_add": (WRITING, WRITING),
    "citizenlists_ownworkbook_change": (OWN, WRITING),
    "citizenlists_owntemplate_changelist": (OWN, OWN),
    "citizenlists_owntemplate_add": (WRITING, WRITING),
    "citizenlists_owntemplate_change": (OWN, WRITING),
    "roles_notice_changelist": ({C}, {C}),
    "roles_notice_add": ({C}, {C}),
    "roles_notice_change": ({C}, {C}),
    "roles_accessreview_changelist": (OWN, OWN),
    "roles_accessreview_add": (WRITING, WRITING),
    "roles_accessreview_change": (OWN, WRITING),
}
#: Open to all: they redirect to the product's login and logout.
ELSEWHERE = {"login", "logout"}
#: Pages of one organisation that are not Django's own.
BESIDE = {"roles_organisation_onboarding", "roles_organisation_setup", "roles_organisation_central_users"}
OBJECT_PAGES = sorted(name for name in TABLE if name.endswith("_change"))
#: Pages of one object that are not Django's own.
ENDINGS = ["roles_role_off", "roles_role_on", "roles_role_end"]
ABOUT_A_ROLE = ["roles_integration_supplier", "roles_integration_supplier_pdf"]
FURTHER_PAGES = ["roles_integration_password", *ENDINGS, *ABOUT_A_ROLE]


def names_of(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_the_table_has_every_address_of_the_administration() -> None:
    every = set(names_of(site.get_urls()))
    shown = {name for name in every if not name.endswith(("_history", "_delete"))}
    assert shown == TABLE.keys() | ELSEWHERE


class Houses:
    """Two organisations with one object of each kind, and an administrator of each kind in the first."""

    def __init__(self) -> None:
        self.own, self.foreign = tenant("Nord"), tenant("Sør")
        self.objects = {name: (self._make(name, self.own), self._make(name, self.foreign)) for name in _MAKERS}
        self.central = central_administrator()
        contents = read_upload(book(OPEN_ROW))
        self.upload: CatalogueImport = store_upload(contents=contents, file_name="x.xlsx", by=self.central)

    def client(self, kind: str) -> Client:
        client = Client()
        client.force_login(self._who(kind))
        return client

    def path(self, name: str, *, which: int = 0) -> str:
        """which: 0 for an object of one's own organisation, 1 for a foreign one, 2 for one that does not exist."""
        if name == "app_list":
            return reverse("admin:app_list", args=["roles"])
        if name == "roles_legalbasis_review":
            return reverse(f"admin:{name}", args=[self.upload.pk])
        if name not in {*OBJECT_PAGES, *FURTHER_PAGES, *BESIDE}:
            return reverse(f"admin:{name}")
        model = "role that is off" if name == "roles_role_on" else name.split("_")[1]
        key = uuid4() if which == 2 else self.objects[model][which].pk
        role = [(self.own, self.foreign)[which % 2].role.pk] if name in ABOUT_A_ROLE else []
        return reverse(f"admin:{name}", args=[key, *role])

    def _who(self, kind: str) -> Employee:
        if kind == C:
            return self.central
        employee, _new = Employee.objects.get_or_create(
            issuer="https://idp.example", subject=kind, display_name=kind, organisation=self.own.organisation
        )
        if kind != N:
            Administratorship.objects.get_or_create(
                employee=employee, organisation=self.own.organisation, kind=AdministratorKind(kind)
            )
        return employee

    def _make(self, name: str, where: Tenant) -> Model:
        return _MAKERS[name](where)


def _first(model: str) -> Model:
    found = next(each for each in site._registry if each._meta.model_name == model).objects.first()
    assert isinstance(found, Model)
    return found


_MAKERS = {
    "role": lambda where: where.role,
    "role that is off": lambda where: create_role(
        organisation=where.organisation, service_area=kindergarten(), name="Av", is_active=False, by=where.administrator
    ),
    "roleassignment": lambda where: give_role(role=where.role, employee=where.caseworker, by=where.administrator),
    "roleloss": lambda where: RoleLoss.objects.create(
        organisation=where.organisation, role=where.role, elements=["navn"], bases=["Loven § 1"]
    ),
    "employee": lambda where: where.caseworker,
    "group": lambda where: create_group(
        organisation=where.organisation, name="Gruppe", members=[], by=where.administrator
    ),
    "integration": case_system,
    "administratorship": lambda where: where.administrator.administratorships.get(),
    "organisation": lambda where: where.organisation,
    "accessreview": opened_review,
    "ownworkbook": lambda where: own_workbook(where.organisation, by=where.administrator),
    "owntemplate": lambda where: own_template(where.organisation, by=where.administrator),
    "notice": lambda _where: Notice.objects.create(text_nb="Melding", text_nn="Melding", text_en="Notice"),
    "legalbasis": lambda _where: _first("legalbasis"),
    "servicearea": lambda _where: _first("servicearea"),
    "servicearearequest": lambda where: ask_for_area(
        organisation=where.organisation, name="Havn", statute="§ 1", reason="Gebyr", by=where.administrator
    ),
}


def let_in(response: HttpResponse) -> bool:
    """Whether the answer is a page, or a redirect after something was sent; not a refusal, a login or a way back."""
    if response.status_code != 302:
        return response.status_code == 200
    away = response.headers["Location"]
    return not away.startswith(reverse("admin:login")) and away != reverse("admin:index")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_opens_and_sends_what_the_table_says_and_nothing_else(kind: str) -> None:
    houses = Houses()
    client = houses.client(kind)
    wrong = []
    for name, method in product(sorted(TABLE), ("get", "post")):
        before = AuditEntry.objects.count()
        response = getattr(client, method)(houses.path(name))
        allowed = kind in TABLE[name][method == "post"]
        if let_in(response) != allowed or (not allowed and AuditEntry.objects.count() != before):
            wrong.append((method, name, response.status_code))
    assert not wrong, wrong


@pytest.mark.parametrize("kind", KINDS)
def test_who_sees_an_object_sees_its_history_and_nobody_else_does(kind: str) -> None:
    houses = Houses()
    client = houses.client(kind)
    for name in OBJECT_PAGES:
        response = client.get(houses.path(name).replace("/change/", "/history/"))
        assert let_in(response) == (kind in TABLE[name][0]), (name, response.status_code)


#: Objects of no organisation: every administrator sees the catalogue.
SHARED = {"roles_legalbasis_change", "roles_servicearea_change"}
#: The pages of every organisation that the central administrator sees.
CENTRAL_SEES = BESIDE | {
    "roles_organisation_change",
    "roles_servicearearequest_change",
    "roles_employee_change",
    "roles_notice_change",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_foreign_object_answers_as_one_that_never_was(kind: str) -> None:
    houses = Houses()
    client = houses.client(kind)
    pages = (set(OBJECT_PAGES) | BESIDE) - SHARED - (CENTRAL_SEES if kind == C else set())
    for name, method, suffix in product(sorted(pages), ("get", "post"), ("change", "history", "delete")):
        foreign, unknown = (
            getattr(client, method)(houses.path(name, which=which).replace("/change/", f"/{suffix}/"))
            for which in (1, 2)
        )
        assert foreign.status_code == unknown.status_code, (name, method, suffix)
        assert "Sør" not in foreign.content.decode(), (name, method, suffix)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_about_a_foreign_object_answers_as_one_that_never_was(kind: str) -> None:
    houses = Houses()
    client = houses.client(kind)
    for name, method in product(FURTHER_PAGES, ("get", "post")):
        foreign, unknown = (getattr(client, method)(houses.path(name, which=which)) for which in (1, 2))
        assert foreign.status_code == unknown.status_code != 200, (name, method)
        assert "Sør" not in foreign.content.decode(), (name, method)


def test_nothing_is_deleted_in_the_administration() -> None:
    houses = Houses()
    for kind, name in product(KINDS, OBJECT_PAGES):
        address = houses.path(name).replace("/change/", "/delete/")
        assert not let_in(houses.client(kind).post(address, {"post": "yes"})) or kind == N, (kind, name)
    assert Organisation.objects.count() == 2
    assert Employee.objects.filter(pk=houses.own.caseworker.pk).exists()
