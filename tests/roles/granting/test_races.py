"""Two administrators at the same moment: a test for each lock, which fails without the lock."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.casesystems.integrations import change_integration, create_integration, has_password, renew_password
from roles.catalogue.areas import create_area
from roles.catalogue.importing import confirm_upload, read_upload, store_upload
from roles.catalogue.requests import answer_request, ask_for_area
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import change_role, create_role, delete_role, switch_role
from roles.models import (
    AdministratorKind,
    Administratorship,
    ContactPoint,
    Employee,
    Group,
    Integration,
    OnboardingStep,
    Organisation,
    RequestState,
    Role,
    RoleAssignment,
    ServiceAreaRequest,
    Step,
)
from roles.onboarding.takingsteps import take_step
from roles.organisations.centralusers import turn_on
from roles.organisations.organisations import change_organisation, create_organisation
from roles.people.administrators import withdraw_administratorship
from roles.people.employees import deactivate_employee, fetch_employee, place_employee, register_newcomer
from roles.people.groups import add_to_group, change_group, create_group, follow_provider, leave_group
from roles.reviews.carryingout import leavings, take_out_of_groups, withdraw_removed
from roles.reviews.reviews import Answer, answer_items, close_review
from roles.violations import PolicyViolation
from tests.racing import race
from tests.roles.catalogue.books import OPEN_ROW, book
from tests.roles.reviews.campaigns import answered, item_of, opened_review
from tests.roles.tenants import Tenant, case_system, central_administrator, kindergarten, open_basis, tenant

pytestmark = pytest.mark.django_db
ID = "7c1f5a3e-0000-4000-8000-00000000000a"


@pytest.fixture
def soer() -> Tenant:
    found = tenant("Sør")
    Organisation.objects.filter(pk=found.organisation.pk).update(organisation_number="310000027")
    return found


def events(event: str) -> int:
    return AuditEntry.objects.filter(event=event).count()


def refused(outcome: object) -> bool:
    return isinstance(outcome, PolicyViolation)


def in_charge(where: Tenant, name: str) -> Employee:
    employee = Employee.objects.create_employee(
        issuer="https://idp.example", subject=name, display_name=name, organisation=where.organisation
    )
    Administratorship.objects.create(
        employee=employee, organisation=where.organisation, kind=AdministratorKind.ORGANISATION
    )
    return employee


def group_of(where: Tenant, *members: Employee, tied: bool = False) -> Group:
    return create_group(
        organisation=where.organisation,
        name="Gruppe",
        members=members,
        external_id=ID if tied else "",
        by=where.administrator,
    )


# --- Roles ---


def test_of_two_changes_to_a_role_neither_is_lost(nord: Tenant) -> None:
    race(
        lambda: change_role(role=nord.role, name="Nytt navn", by=nord.administrator),
        lambda: change_role(role=nord.role, elements=["navn", "foedsel"], by=nord.administrator),
    )
    role = Role.objects.get(pk=nord.role.pk)
    assert (role.name, role.elements) == ("Nytt navn", ["foedsel", "navn"])
    before_and_after = [entry.fields["details"] for entry in AuditEntry.objects.order_by("seq")]
    assert before_and_after[0]["after"] == before_and_after[1]["before"]


def test_a_role_is_switched_off_once(nord: Tenant) -> None:
    def off() -> Role:
        return switch_role(role=nord.role, on=False, by=nord.administrator, reason="x")

    first, second = race(off, off)
    assert (isinstance(first, Role), refused(second), events("role:role:changed")) == (True, True, 1)


def test_a_role_that_is_deleted_is_given_to_nobody_and_one_that_was_given_is_ended(nord: Tenant) -> None:
    other = create_role(
        organisation=nord.organisation, service_area=kindergarten(), name="Annen", by=nord.administrator
    )

    def delete(role: Role) -> Role:
        return delete_role(role=role, by=nord.administrator, reason="x")

    def give(role: Role) -> RoleAssignment:
        return give_role(role=role, employee=nord.caseworker, by=nord.administrator)

    _deleted, given = race(lambda: delete(nord.role), lambda: give(nord.role))
    assert refused(given)
    race(lambda: give(other), lambda: delete(other))
    assert not RoleAssignment.objects.filter(valid_to=None).exists()


def test_a_role_is_given_once(nord: Tenant) -> None:
    def give() -> RoleAssignment:
        return give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    _first, second = race(give, give)
    assert (refused(second), RoleAssignment.objects.count()) == (True, 1)


def test_an_access_is_withdrawn_once_and_stays_as_it_was_ended(nord: Tenant) -> None:
    assignment = give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    def withdraw() -> RoleAssignment:
        return withdraw_role(assignment=assignment, by=nord.administrator)

    first, second = race(withdraw, withdraw)
    assert isinstance(first, RoleAssignment)
    assert isinstance(second, RoleAssignment)
    assert first.valid_to == second.valid_to
    assert events("role:assignment:withdrawn") == 1


def test_a_role_is_not_given_by_name_while_central_user_management_is_turned_on(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")

    def give() -> RoleAssignment:
        return give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)

    _on, given = race(lambda: turn_on(organisation=nord.organisation, by=chief), give)
    assert refused(given)
    Organisation.objects.update(groups_only=False)
    _given, on = race(give, lambda: turn_on(organisation=nord.organisation, by=chief))
    assert (on, RoleAssignment.objects.filter(valid_to=None).count()) == (1, 0)


def test_central_user_management_ends_each_access_once(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")
    assignment = give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    withdrawn, ended = race(
        lambda: withdraw_role(assignment=assignment, by=nord.administrator),
        lambda: turn_on(organisation=nord.organisation, by=chief),
    )
    assert isinstance(withdrawn, RoleAssignment)
    assert ended == 0
    assert RoleAssignment.objects.get().valid_to == withdrawn.valid_to
    Organisation.objects.update(groups_only=False)

    def turn() -> int:
        return turn_on(organisation=nord.organisation, by=chief)

    race(turn, turn)
    assert events("role:central-users:on") == 2


# --- Groups ---


def test_an_administrator_does_not_give_a_role_to_a_group_that_they_join_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord), in_charge(nord, "Sjef")
    _added, given = race(
        lambda: add_to_group(group=group, employees=[chief], by=nord.administrator),
        lambda: give_role(role=nord.role, group=group, by=chief),
    )
    assert (refused(given), live_roles(chief)) == (True, [])


def test_an_administrator_does_not_join_at_login_a_group_that_they_give_a_role_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord, tied=True), in_charge(nord, "Sjef")

    def give() -> RoleAssignment:
        return give_role(role=nord.role, group=group, by=chief)

    def log_in() -> None:
        follow_provider(employee=chief, named=[ID])

    race(give, log_in)
    assert live_roles(chief) == []
    RoleAssignment.objects.all().delete()
    _in, given = race(log_in, give)
    assert (refused(given), live_roles(chief)) == (True, [])


def test_an_administrator_does_not_join_at_login_a_group_that_they_tie_at_the_same_moment(nord: Tenant) -> None:
    group, chief = group_of(nord, tied=True), in_charge(nord, "Sjef")
    Group.objects.update(external_id="another")

    def tie() -> Group:
        return change_group(group=group, name="Gruppe", members=[], external_id=ID, by=chief)

    race(tie, lambda: follow_provider(employee=chief, named=[ID]))
    assert not group.members.exists()


def test_an_employee_removed_from_a_group_stays_out_while_another_joins(nord: Tenant) -> None:
    group, other = group_of(nord, nord.caseworker), in_charge(nord, "Annen")
    race(
        lambda: leave_group(group=group, employee=nord.caseworker, by=nord.administrator),
        lambda: add_to_group(group=group, employees=[other], by=nord.administrator),
    )
    assert list(group.members.all()) == [other]


def test_a_group_that_is_tied_takes_nobody_by_hand_and_lets_nobody_go(nord: Tenant) -> None:
    def tie(group: Group) -> Group:
        members = list(group.members.all())
        return change_group(group=group, name="Gruppe", members=members, external_id=ID, by=nord.administrator)

    group = group_of(nord)
    _tied, added = race(
        lambda: tie(group), lambda: add_to_group(group=group, employees=[nord.caseworker], by=nord.administrator)
    )
    assert refused(added)
    Group.objects.update(external_id="", tied_by=None)
    group.members.add(nord.caseworker)
    _tied, left = race(
        lambda: tie(group), lambda: leave_group(group=group, employee=nord.caseworker, by=nord.administrator)
    )
    assert (refused(left), list(group.members.all())) == (True, [nord.caseworker])


def test_an_employee_removed_from_a_group_does_not_add_themselves_again_at_the_same_moment(nord: Tenant) -> None:
    chief = in_charge(nord, "Sjef")
    group = group_of(nord, chief)
    _left, changed = race(
        lambda: leave_group(group=group, employee=chief, by=nord.administrator),
        lambda: change_group(group=group, name="Nytt navn", members=[chief], by=chief),
    )
    assert (refused(changed), group.members.exists()) == (True, False)


def test_a_group_is_not_tied_with_a_member_that_somebody_chose_at_the_same_moment(nord: Tenant) -> None:
    group = group_of(nord)
    _added, tied = race(
        lambda: add_to_group(group=group, employees=[nord.caseworker], by=nord.administrator),
        lambda: change_group(group=group, name="Gruppe", members=[], external_id=ID, by=nord.administrator),
    )
    assert (refused(tied), Group.objects.get().external_id) == (True, "")


# --- Organisations, employees, administrators ---


def test_of_two_changes_to_an_organisation_neither_is_lost(soer: Tenant) -> None:
    ContactPoint.objects.create(organisation=soer.organisation, name="Post", email="post@soer.example")
    central = central_administrator()
    race(
        lambda: change_organisation(organisation=soer.organisation, name="Nytt navn", by=central),
        lambda: change_organisation(organisation=soer.organisation, kommuner=["1870"], by=central),
    )
    found = Organisation.objects.get(pk=soer.organisation.pk)
    assert (found.name, found.kommuner) == ("Nytt navn", ["1870"])


def test_a_step_that_two_take_is_taken_once_and_corrected(nord: Tenant) -> None:
    OnboardingStep.objects.all().delete()
    central = central_administrator()

    def take(day: date) -> OnboardingStep:
        return take_step(organisation=nord.organisation, step=Step.TERMS, done_on=day, by=central)

    first, second = race(lambda: take(date(2026, 1, 1)), lambda: take(date(2026, 1, 2)))
    assert isinstance(first, OnboardingStep)
    assert isinstance(second, OnboardingStep)
    assert OnboardingStep.objects.get().done_on == date(2026, 1, 2)


def test_a_newcomer_comes_to_one_organisation(nord: Tenant, soer: Tenant) -> None:
    chiefs = {where: in_charge(where, f"Sjef {where.organisation}") for where in (nord, soer)}

    def newcomer(name: str) -> Employee:
        return Employee.objects.create_employee(issuer="https://idp.example", subject=name, display_name=name)

    def fetch(who: Employee, where: Tenant) -> Employee:
        return fetch_employee(code=who.code, organisation=where.organisation, name="Ny", by=chiefs[where])

    first = newcomer("Første")
    _fetched, again = race(lambda: fetch(first, nord), lambda: fetch(first, soer))
    assert refused(again)
    second, central = newcomer("Andre"), central_administrator()
    _placed, fetched = race(
        lambda: place_employee(employee=second, organisation=nord.organisation, by=central),
        lambda: fetch(second, soer),
    )
    assert refused(fetched)
    third = newcomer("Tredje")
    _fetched, placed = race(
        lambda: fetch(third, nord),
        lambda: place_employee(employee=third, organisation=soer.organisation, by=central),
    )
    assert refused(placed)
    assert all(Employee.objects.get(pk=who.pk).organisation == nord.organisation for who in (first, second, third))


def test_an_employee_is_locked_out_once(nord: Tenant) -> None:
    def lock() -> Employee:
        return deactivate_employee(employee=nord.caseworker, by=nord.administrator)

    race(lock, lock)
    assert events("role:employee:changed") == 1


def test_a_right_is_withdrawn_once_and_the_second_is_told(nord: Tenant) -> None:
    chief, right = in_charge(nord, "Sjef"), nord.administrator.administratorships.get()

    def withdraw() -> None:
        withdraw_administratorship(administratorship=right, by=chief)

    _first, second = race(withdraw, withdraw)
    assert (refused(second), events("role:administratorship:withdrawn")) == (True, 1)


# --- Case systems, the catalogue, reviews ---


def test_a_password_that_is_renewed_stays_renewed_while_the_case_system_is_changed(nord: Tenant) -> None:
    integration = case_system(nord)
    password, _changed = race(
        lambda: renew_password(integration=integration, by=nord.administrator),
        lambda: change_integration(
            integration=integration,
            name="Nytt navn",
            maskinporten_organisation="310000019",
            is_active=False,
            by=nord.administrator,
        ),
    )
    found = Integration.objects.get()
    assert has_password(found, str(password))
    assert (found.name, found.is_active) == ("Nytt navn", False)


def test_a_catalogue_is_imported_once() -> None:
    central, other = central_administrator("En"), central_administrator("To")
    kindergarten()
    upload = store_upload(contents=read_upload(book(OPEN_ROW)), file_name="x.xlsx", by=central)
    _first, second = race(
        lambda: confirm_upload(upload=upload, by=central), lambda: confirm_upload(upload=upload, by=other)
    )
    assert (refused(second), events("role:catalogue:changed")) == (True, 1)


def test_of_two_catalogues_the_second_is_compared_with_what_the_first_made() -> None:
    central = central_administrator()
    open_basis()
    first, second = (
        store_upload(contents=read_upload(book(OPEN_ROW | {"opplysninger": elements})), file_name="x.xlsx", by=central)
        for elements in ("navn", "navn; foedsel")
    )
    _first, late = race(
        lambda: confirm_upload(upload=first, by=central), lambda: confirm_upload(upload=second, by=central)
    )
    assert refused(late)


def test_a_wish_is_answered_once(nord: Tenant) -> None:
    wish = ask_for_area(
        organisation=nord.organisation, name="Havn", statute="§ 1", reason="Gebyr", by=nord.administrator
    )
    central = central_administrator()

    def answer(text: str) -> ServiceAreaRequest:
        return answer_request(request=wish, state=RequestState.REFUSED, answer=text, service_area=None, by=central)

    _first, second = race(lambda: answer("Nei"), lambda: answer("Jo"))
    assert (refused(second), ServiceAreaRequest.objects.get().answer) == (True, "Nei")


def test_a_review_that_closes_takes_no_more_answers_and_closes_once(nord: Tenant) -> None:
    review = opened_review(nord)
    item = item_of(review, nord.caseworker)

    def close() -> object:
        return close_review(review=review, by=nord.administrator)

    _closed, said = race(
        close, lambda: answer_items(review=review, answers={item.pk: Answer("REMOVE", "x")}, by=item.reviewer)
    )
    assert refused(said)
    review.items.all().delete()
    type(review).objects.update(closed_at=None)
    _closed, again = race(close, close)
    assert refused(again)


def test_an_access_to_remove_after_a_review_is_withdrawn_once(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "REMOVE", "Har sluttet")
    close_review(review=review, by=nord.administrator)

    def carry_out() -> int:
        return withdraw_removed(review=review, by=nord.administrator)

    assert race(carry_out, carry_out) == (1, 0)


def test_nobody_is_removed_from_a_group_whose_roles_changed_since_the_page_was_shown(nord: Tenant) -> None:
    group = group_of(nord, nord.caseworker)
    give_role(role=nord.role, group=group, by=nord.administrator)
    more = create_role(organisation=nord.organisation, service_area=kindergarten(), name="Mer", by=nord.administrator)
    review = opened_review(nord)
    answered(review, nord.caseworker, "REMOVE", "Har sluttet")
    close_review(review=review, by=nord.administrator)
    seen = [leaving.key for leaving in leavings(review)]
    _given, taken_out = race(
        lambda: give_role(role=more, group=group, by=nord.administrator),
        lambda: take_out_of_groups(review=review, chosen=seen, by=nord.administrator),
    )
    assert len(seen) == 1
    assert (refused(taken_out), group.members.count()) == (True, 1)


def test_an_employee_who_logs_in_while_members_are_added_by_hand_is_among_the_logged_members(nord: Tenant) -> None:
    group = group_of(nord, tied=True)
    untie: dict[str, Any] = {"name": "Gruppe", "external_id": ""}
    race(
        lambda: change_group(group=group, members=[], by=nord.administrator, **untie),
        lambda: follow_provider(employee=nord.caseworker, named=[ID]),
    )
    assert not group.members.exists()


def test_a_period_ahead_does_not_hide_that_a_role_is_given_already(nord: Tenant) -> None:
    begins = timezone.now() + timedelta(days=1)
    _first, second = race(
        lambda: give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator, valid_from=begins),
        lambda: give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator),
    )
    assert refused(second)


def test_of_two_who_take_one_name_the_second_is_told_that_it_is_taken(nord: Tenant) -> None:
    central, area = central_administrator(), kindergarten()
    names = {"name_nb": "Havn", "name_nn": "Hamn", "name_en": "Harbour"}
    where: Any = {"organisation": nord.organisation, "by": nord.administrator}
    body: Any = {"name": "Vest", "organisation_number": "310000027", "kind": "KOMMUNE", "kommuner": []}
    body |= {"contacts": [{"name": "Post", "email": "post@vest.example", "phone": ""}]}
    makers: list[Callable[[], object]] = [
        lambda: create_role(name="Ny", service_area=area, **where),
        lambda: create_group(name="Ny", members=[], **where),
        lambda: create_integration(name="Ny", maskinporten_organisation="310000019", **where),
        lambda: create_organisation(by=central, **body),
        lambda: create_area(code="HAVN", may_hold_confidential=False, by=central, **names),
    ]
    for make in makers:
        first, second = race(make, make)
        assert not isinstance(first, Exception), first
        assert refused(second), second
        assert "alt e" in str(second)


def test_two_first_logins_at_the_same_moment_are_of_one_newcomer() -> None:
    def register() -> Employee:
        return register_newcomer(issuer="https://idp.example", subject="sub:1", name="Ny")

    first, second = race(register, register)
    assert isinstance(first, Employee)
    assert first == second
    assert events("role:employee:created") == 1
