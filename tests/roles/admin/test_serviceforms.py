"""A form shows what its service refuses, at the field it is about or at the top, and keeps what was typed."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from roles.admin.base.serviceforms import ReasonForm
from roles.granting.assignments import give_role
from roles.models import AdministratorKind, Administratorship, Employee, RoleAssignment, ServiceArea
from roles.people.groups import create_group
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, case_system, central_administrator

pytestmark = pytest.mark.django_db
TOP = "__all__"


def browser(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One of Django's forms that its service refuses. kept: the typed text that must still be there."""

    model: str
    key: object = None
    sent: dict[str, object] = field(default_factory=dict)
    at: str
    said: str
    kept: str

    def page(self, client: Client) -> Any:
        name = f"{self.key}/change" if self.key else "add"
        return client.post(f"/admin/roles/{self.model}/{name}/", self.sent)

    def check(self, client: Client) -> None:
        page = self.page(client)
        assert page.status_code == 200
        form = page.context["adminform"].form
        assert {name: list(errors) for name, errors in form.errors.items()} == {self.at: [self.said]}
        assert self.kept in page.content.decode()


def test_an_assignment_that_ends_before_it_begins_is_refused_at_its_end(nord: Tenant) -> None:
    sent = {"role": nord.role.pk, "employee": nord.caseworker.pk, "reason": "Vikar i uke 3"}
    moments = {"valid_from": "2027-02-01T00:00", "valid_to": "2027-01-01T00:00"}
    said = "Sluttidspunktet må være etter starttidspunktet."
    refusal = Refusal(model="roleassignment", sent=sent | moments, at="valid_to", said=said, kept="Vikar i uke 3")
    refusal.check(browser(nord.administrator))
    assert not RoleAssignment.objects.exists()


def test_a_role_given_to_nobody_or_to_two_is_refused_at_the_top(nord: Tenant) -> None:
    group = create_group(organisation=nord.organisation, name="Vikarer", members=[], by=nord.administrator)
    sent = {"role": nord.role.pk, "valid_from": "2027-02-01T00:00", "reason": "Vikar i uke 3"}
    said = "Velg enten en ansatt, en gruppe eller en integrasjon."
    for receivers in ({}, {"employee": nord.caseworker.pk, "group": group.pk}):
        refusal = Refusal(model="roleassignment", sent=sent | receivers, at=TOP, said=said, kept="Vikar i uke 3")
        refusal.check(browser(nord.administrator))


def test_a_name_that_is_taken_is_refused_at_the_name(nord: Tenant) -> None:
    system, client = case_system(nord, "Fagsystem"), browser(nord.administrator)
    organisation = {"organisation": nord.organisation.pk}
    area = ServiceArea.objects.get(pk=nord.role.service_area_id)
    names = {
        "integration": ({"name": system.name, "maskinporten_organisation": "310000027"}, "integrasjon", "310000027"),
        "role": (
            {"name": nord.role.name, "service_area": area.pk, "description": "Tar opp barn"},
            "rolle",
            "Tar opp barn",
        ),
    }
    for model, (sent, what, kept) in names.items():
        said = f"Virksomheten har alt en {what} med dette navnet."
        Refusal(model=model, sent=organisation | sent, at="name", said=said, kept=kept).check(client)


def test_a_group_that_one_joins_by_ones_own_hand_is_refused_at_its_members(nord: Tenant) -> None:
    sent = {"organisation": nord.organisation.pk, "name": "Oss", "members": [nord.administrator.pk], "reason": "Prøve"}
    said = "Du kan ikke sette deg selv i en gruppe."
    Refusal(model="group", sent=sent, at="members", said=said, kept="Oss").check(browser(nord.administrator))


def test_a_number_in_a_name_is_refused_at_the_name(nord: Tenant) -> None:
    Administratorship.objects.create(
        employee=nord.administrator, organisation=nord.organisation, kind=AdministratorKind.ORGANISATION
    )
    sent = {"display_name": "Kari 04834598502"}
    page = browser(nord.administrator).post(f"/admin/roles/employee/{nord.caseworker.pk}/change/", sent)
    assert page.context["adminform"].form.errors.keys() == {"display_name"}
    assert Employee.objects.get(pk=nord.caseworker.pk).display_name == nord.caseworker.display_name


def test_an_area_with_a_code_of_small_letters_is_refused_at_the_code() -> None:
    sent = {"code": "havn", "name_nb": "Havn", "name_nn": "Hamn", "name_en": "Port"}
    said = "Koden skal ha store bokstaver A til Z og understrek."
    Refusal(model="servicearea", sent=sent, at="code", said=said, kept="Hamn").check(browser(central_administrator()))


def test_a_review_whose_deputy_is_its_reviewer_is_refused_at_the_deputy(nord: Tenant) -> None:
    now = timezone.localtime()
    moments = {name: f"{now.year + 1}-0{month}-01T00:00" for name, month in (("remind_at", 1), ("deadline", 2))}
    people = dict.fromkeys(("reviewer", "deputy"), nord.caseworker.pk)
    sent = {"organisation": nord.organisation.pk, "name": "Høsten", **moments, **people}
    said = "Kontrolløren og stedfortrederen må være to forskjellige ansatte."
    Refusal(model="accessreview", sent=sent, at="deputy", said=said, kept="Høsten").check(browser(nord.administrator))


def test_an_organisation_without_a_contact_point_is_told_so_in_our_words(nord: Tenant) -> None:
    sent = {"name": "Nord", "organisation_number": "310000019", "kind": "KOMMUNE", "language": "nb"}
    sent |= {"valid_from": "2026-01-01T00:00", "role_contact": "Servicetorget", "lists_kept_days": "7"}
    forms_of_contacts = {f"contact_points-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    said = "Virksomheten må ha minst ett kontaktpunkt."
    refusal = Refusal(
        model="organisation",
        key=nord.organisation.pk,
        sent={**sent, **forms_of_contacts},
        at=TOP,
        said=said,
        kept="Servicetorget",
    )
    refusal.check(browser(central_administrator()))


def test_what_one_request_was_refused_is_not_said_to_the_next(nord: Tenant) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    sent = {"role": nord.role.pk, "employee": nord.caseworker.pk, "valid_from": "2027-02-01T00:00", "reason": "Igjen"}
    client = browser(nord.administrator)
    refused = client.post("/admin/roles/roleassignment/add/", sent)
    assert "har alt fått rollen" in refused.content.decode()
    group = create_group(organisation=nord.organisation, name="Vikarer", members=[], by=nord.administrator)
    other = {**sent, "employee": "", "group": group.pk}
    assert client.post("/admin/roles/roleassignment/add/", other).status_code == 302


def test_a_refusal_about_a_field_that_a_form_lacks_is_said_at_the_top(nord: Tenant) -> None:
    def refusing(*, by: Employee, reason: str) -> None:
        raise PolicyViolation(f"{by}: {reason}", about="valid_to")

    form = ReasonForm({"reason": "fordi"}, by=nord.administrator)
    assert not form.send_to(refusing)
    assert form.errors == {TOP: [f"{nord.administrator}: fordi"]}


def test_a_form_that_is_not_right_is_sent_to_no_service(nord: Tenant) -> None:
    sent: list[object] = []
    form = ReasonForm({"reason": ""}, by=nord.administrator)
    assert not form.send_to(lambda **asked: sent.append(asked))
    assert sent == []
