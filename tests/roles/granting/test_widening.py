"""Nobody widens a role that they hold or get at their next login, for every widening change and every way of
holding."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from roles.access.liveroles import live_roles
from roles.catalogue.differences import content_of
from roles.catalogue.importing import confirm_upload, store_upload
from roles.granting.assignments import give_role
from roles.granting.roles import change_role, switch_role
from roles.granting.widening import is_wider
from roles.models import (
    AdministratorKind,
    Administratorship,
    ContactPoint,
    Employee,
    Group,
    LegalBasis,
    OnboardingStep,
    Organisation,
    Role,
    RoleAssignment,
    RoleWidening,
    Step,
)
from roles.onboarding.takingsteps import take_step
from roles.organisations.centralusers import turn_off, turn_on
from roles.organisations.organisations import change_organisation
from roles.people.employees import fetch_employee, place_employee
from roles.people.groups import change_group, create_group, follow_provider
from roles.violations import PolicyViolation
from tests.racing import race
from tests.roles.tenants import central_administrator, confidential_basis, open_basis, tenant

pytestmark = pytest.mark.django_db

ID = "7c1f5a3e-0000-4000-8000-00000000000a"
TODAY, LATER = date(2026, 1, 1), timezone.now() + timedelta(days=400)


class House:
    """An organisation where administrator X and a colleague may change everything. The role gives little at first."""

    def __init__(self) -> None:
        self.nord, self.soer = tenant("Nord"), tenant("Sør")
        self.x, self.colleague = self._in_charge("X"), self._in_charge("Kollega")
        for where in (self.nord.organisation, self.soer.organisation):
            ContactPoint.objects.create(organisation=where, name="Post", email="post@nord.example")
        Organisation.objects.filter(pk=self.soer.organisation.pk).update(organisation_number="310000027")
        self.role = self.nord.role
        Role.objects.filter(pk=self.role.pk).update(
            valid_to=timezone.now() + timedelta(days=30), case_reference_required=True
        )
        self.group: Group | None = None

    def _in_charge(self, name: str) -> Employee:
        employee = Employee.objects.create_employee(
            issuer="https://idp.example", subject=name, display_name=name, organisation=self.nord.organisation
        )
        for kind in (AdministratorKind.CENTRAL, AdministratorKind.ORGANISATION):
            where = None if kind == AdministratorKind.CENTRAL else self.nord.organisation
            Administratorship.objects.create(employee=employee, kind=kind, organisation=where)
        return employee

    def give(self, way: str) -> None:
        """Makes X a holder of the role, or a future member of a group that has it, through the provider's claims."""
        if way == "directly":
            give_role(role=self.role, employee=self.x, by=self.nord.administrator)
            return
        tied = way == "at the next login"
        self.group = create_group(
            organisation=self.nord.organisation,
            name="Opptak",
            members=[] if tied else [self.x],
            external_id=ID if tied else "",
            by=self.nord.administrator,
        )
        give_role(role=self.role, group=self.group, by=self.nord.administrator)

    def log_in(self) -> list[Role]:
        """The roles of X after a login in which the provider names the group."""
        follow_provider(employee=self.x, named=[ID])
        return live_roles(self.x)


def imported(house: House, by: Employee, **changes: Any) -> None:
    basis = LegalBasis.objects.with_area_codes().get(key="open")
    before = content_of(basis)
    after = {name: getattr(before, name) for name in before.__slots__} | changes
    others = [content_of(each) for each in LegalBasis.objects.with_area_codes().exclude(key="open")]
    upload = store_upload(contents=[type(before)(**after), *others], file_name="x.xlsx", by=by)
    confirm_upload(upload=upload, by=by)


def organisation(**changes: Any) -> Callable[[House, Employee], object]:
    return lambda house, by: change_organisation(organisation=house.nord.organisation, by=by, **changes)


def role(**changes: Any) -> Callable[[House, Employee], object]:
    return lambda house, by: change_role(role=house.role, by=by, **changes)


def confidentially(house: House, by: Employee) -> object:
    return change_role(role=house.role, by=by, legal_bases=[open_basis(), confidential_basis()])


def addressed(house: House, by: Employee) -> object:
    bases, elements = [open_basis(), confidential_basis()], ["navn", "adressebeskyttelse"]
    return change_role(role=house.role, by=by, legal_bases=bases, elements=elements, confidential_addresses=True)


def switched_on(house: House, by: Employee) -> object:
    Role.objects.filter(pk=house.role.pk).update(is_active=False)
    return switch_role(role=house.role, on=True, by=by, reason="x")


def stepped(house: House, by: Employee) -> object:
    OnboardingStep.objects.filter(organisation=house.nord.organisation, step=Step.TERMS).delete()
    return take_step(organisation=house.nord.organisation, step=Step.TERMS, by=by, done_on=TODAY)


#: Everything that makes a role give more.
WIDENINGS: dict[str, Callable[[House, Employee], object]] = {
    "an element": role(elements=["navn", "foedsel"]),
    "a legal basis": confidentially,
    "a use": role(uses=["SEARCH", "CITIZEN_LIST"]),
    "confidential addresses": addressed,
    "no purpose asked for": role(case_reference_required=False),
    "a later end": role(valid_to=LATER),
    "no end": role(valid_to=None),
    "an earlier beginning": lambda house, by: role(valid_from=house.role.valid_from - timedelta(days=1))(house, by),
    "switched on": switched_on,
    "kommuner": organisation(kommuner=["1870"]),
    "another number": organisation(organisation_number="310000035"),
    "the organisation's beginning": lambda house, by: organisation(
        valid_from=house.nord.organisation.valid_from - timedelta(days=1)
    )(house, by),
    "a step of its onboarding": stepped,
    "a basis that opens more": lambda house, by: imported(house, by, elements=("navn", "foedsel", "doedsfall")),
    "a basis that is confirmed": lambda house, by: imported(house, by, status="CONFIRMED"),
}
WAYS = ("directly", "through a group", "at the next login")


@pytest.mark.parametrize("name", WIDENINGS)
@pytest.mark.parametrize("way", WAYS)
def test_nobody_widens_a_role_they_hold_or_get_at_login_but_a_colleague_may(name: str, way: str) -> None:
    house = House()
    house.give(way)
    widen = WIDENINGS[name]
    if way == "at the next login":
        widen(house, house.x)
        assert house.log_in() == []
        assert house.group is not None
        RoleAssignment.objects.all().delete()
        give_role(role=house.role, group=house.group, by=house.nord.administrator)
        assert house.log_in() == [house.role]  # as a colleague has seen it
        return
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        widen(house, house.x)
    assert not RoleWidening.objects.filter(employee=house.x).exists()
    widen(house, house.colleague)
    assert live_roles(house.x) == [Role.objects.get(pk=house.role.pk)]


@pytest.mark.parametrize("way", WAYS)
def test_a_change_that_widens_no_role_of_theirs_is_allowed(way: str) -> None:
    house = House()
    house.give(way)
    organisation(role_contact="Servicetorget", name="Nytt navn")(house, house.x)
    organisation(valid_to=LATER)(house, house.x)
    imported(house, house.x, note="Ny merknad", elements=("navn", "bostedsadresse", "bostedsadresse.kretser"))
    change_organisation(organisation=house.soer.organisation, by=house.x, kommuner=["1870"])
    assert house.role in house.log_in()


def test_a_role_widened_before_a_colleague_gave_it_comes_at_the_login() -> None:
    house = House()
    role(elements=["navn", "foedsel"])(house, house.x)
    house.give("at the next login")
    assert house.log_in() == [house.role]


def test_a_role_given_to_come_is_held_already() -> None:
    house = House()
    give_role(role=house.role, employee=house.x, by=house.colleague, valid_from=timezone.now() + timedelta(days=1))
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        organisation(kommuner=["1870"])(house, house.x)


def test_a_role_that_one_holds_is_not_changed_at_all() -> None:
    house = House()
    house.give("directly")
    for changes in ({"name": "Nytt navn"}, {"elements": []}, {"is_active": False}):
        with pytest.raises(PolicyViolation, match="Du har selv rollen"):
            role(**changes)(house, house.x)


def test_turning_central_user_management_off_gives_nobody_a_role_of_their_own_back() -> None:
    house = House()
    turn_on(organisation=house.nord.organisation, by=house.colleague)
    RoleAssignment.objects.create(role=house.role, employee=house.x)  # from before a fault was mended, say
    with pytest.raises(PolicyViolation, match="Du har selv rollen"):
        turn_off(organisation=house.nord.organisation, by=house.x)
    turn_off(organisation=house.nord.organisation, by=house.colleague)


def test_nobody_places_themselves() -> None:
    house, central = House(), central_administrator()
    with pytest.raises(PolicyViolation, match="plassere deg selv"):
        place_employee(employee=central, organisation=house.nord.organisation, by=central)
    place_employee(employee=central, organisation=house.nord.organisation, by=house.x)
    homeless = central_administrator("Uten")
    Administratorship.objects.create(employee=homeless, kind="ORGANISATION", organisation=house.nord.organisation)
    with pytest.raises(PolicyViolation, match="plassere deg selv"):
        fetch_employee(code=homeless.code, organisation=house.nord.organisation, name="Uten", by=homeless)


def test_the_pages_say_so_where_it_was_tried_and_lose_nothing() -> None:
    house = House()
    house.give("directly")
    client = Client()
    client.force_login(house.x)
    address = f"/admin/roles/organisation/{house.nord.organisation.pk}/change/"
    form = client.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | {"kommuner": ["1870"]}
    sent |= {"valid_from": form["valid_from"].value().strftime("%Y-%m-%dT%H:%M"), "name": "Skrevet"}
    sent |= {f"contact_points-{name}": value for name, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))}
    sent |= {"contact_points-0-name": "Post", "contact_points-0-email": "post@nord.example"}
    page = client.post(address, sent)
    assert page.status_code == 200
    assert "Du har selv rollen" in page.content.decode()
    assert 'value="Skrevet"' in page.content.decode()
    own = Client()
    central = central_administrator()
    own.force_login(central)
    assert own.post(f"/admin/roles/employee/{central.pk}/change/", {"display_name": "Jeg"}).status_code == 403


@pytest.mark.parametrize("name", ["an element", "switched on", "kommuner", "a step of its onboarding"])
def test_a_login_that_comes_at_the_same_moment_gives_no_more(name: str) -> None:
    house = House()
    house.give("at the next login")
    if name == "switched on":
        Role.objects.filter(pk=house.role.pk).update(is_active=False)
    refused, _login = race(
        lambda: follow_provider(employee=house.x, named=[ID]), lambda: WIDENINGS[name](house, house.x)
    )
    assert refused is None
    assert isinstance(_login, PolicyViolation)
    assert not RoleWidening.objects.exists()


@pytest.mark.parametrize("name", ["an element", "kommuner", "a basis that opens more"])
def test_a_login_waits_for_a_widening_that_is_on_its_way(name: str) -> None:
    house = House()
    house.give("at the next login")
    widened, login = race(
        lambda: WIDENINGS[name](house, house.x), lambda: follow_provider(employee=house.x, named=[ID])
    )
    assert not isinstance(widened, Exception)
    assert login is None
    assert live_roles(house.x) == []


def test_a_role_given_by_a_colleague_at_the_same_moment_is_not_widened() -> None:
    house = House()
    _given, widened = race(
        lambda: give_role(role=house.role, employee=house.x, by=house.colleague),
        lambda: change_role(role=house.role, by=house.x, elements=["navn", "foedsel"]),
    )
    assert isinstance(widened, PolicyViolation)


def test_which_changes_make_a_role_wider() -> None:
    day, next_day = "2026-01-01", "2026-01-02T00:00:00+01:00"
    assert is_wider({"elements": []}, {"elements": ["navn"]})
    assert not is_wider({"elements": ["navn"]}, {"elements": []})
    assert is_wider({"valid_to": day}, {"valid_to": None})
    assert is_wider({"valid_to": day}, {"valid_to": next_day})
    assert not is_wider({"valid_to": None}, {"valid_to": day})
    assert is_wider({"valid_from": next_day}, {"valid_from": day})
    assert is_wider({"valid_from": day}, {"valid_from": None})
    assert not is_wider({"valid_from": None}, {"valid_from": day})
    assert is_wider({"case_reference_required": True}, {"case_reference_required": False})
    assert not is_wider({"case_reference_required": False}, {"case_reference_required": True})
    assert is_wider({"confidential_addresses": False}, {"confidential_addresses": True})
    assert is_wider({"areas": ["A"]}, {"areas": ["*"]})


def test_a_group_that_is_changed_keeps_who_widened_out_of_it_only_by_a_login() -> None:
    house = House()
    house.give("at the next login")
    role(elements=["navn", "foedsel"])(house, house.x)
    assert house.group is not None
    change_group(group=house.group, name="Opptak", members=[], external_id="", by=house.colleague)
    change_group(group=house.group, name="Opptak", members=[house.x], by=house.colleague)
    assert live_roles(house.x) == [house.role]
