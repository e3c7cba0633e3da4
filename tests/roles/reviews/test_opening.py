"""An access review opens on a frozen copy of every access, with others to answer than whose it is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from roles.granting.assignments import give_role
from roles.models import AccessReview, AdministratorKind, Administratorship, Employee, RoleAssignment
from roles.people.employees import deactivate_employee
from roles.people.groups import create_group
from roles.reviews.reviews import open_review
from roles.violations import PolicyViolation
from tests.roles.reviews.campaigns import colleague, events, logged_in, opened_review, right_of
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db


def open_with(where: Tenant, reviewer: Employee, deputy: Employee, by: Employee | None = None, days: int = 14) -> None:
    now = timezone.now()
    open_review(
        organisation=where.organisation,
        name="Høsten 2026",
        remind_at=now + timedelta(days=7),
        deadline=now + timedelta(days=days),
        reviewer=reviewer,
        deputy=deputy,
        by=by or where.administrator,
    )


def test_the_copy_has_every_role_and_administratorship_and_none_of_another_organisation(
    nord: Tenant, soer: Tenant
) -> None:
    case_system(nord)
    case_system(soer)
    give_role(role=soer.role, employee=soer.caseworker, by=soer.administrator)
    member = colleague(nord, "Medlem")
    group = create_group(organisation=nord.organisation, name="Opptak", members=[member], by=nord.administrator)
    give_role(role=nord.role, group=group, by=nord.administrator)
    review = opened_review(nord)
    assert [(item.holder_name, item.role_name, item.group_name) for item in review.items.all()] == [
        ("Administrator Nord", "Rolleadministrator", ""),
        ("Fagsystem", "Opptak", ""),
        ("Leder", "Opptak", ""),
        ("Medlem", "Opptak", "Opptak"),
        ("Saksbehandler Nord", "Opptak", ""),
    ]
    assert events(nord) == ["role:review:opened"]


@pytest.mark.parametrize("kind", [AdministratorKind.ORGANISATION, AdministratorKind.PRIVACY])
def test_the_copy_names_each_kind_of_administrator_in_bokmaal_in_every_language(
    nord: Tenant, kind: AdministratorKind
) -> None:
    employee = colleague(nord, "Ansvarlig")
    Administratorship.objects.create(employee=employee, organisation=nord.organisation, kind=kind)
    with override("en"):
        review = opened_review(nord)
    with override("nb"):
        assert right_of(review, employee).role_name == kind.label


def test_the_copy_stays_as_it_was_also_when_an_administratorship_is_gone(nord: Tenant) -> None:
    review = opened_review(nord)
    nord.administrator.administratorships.all().delete()
    nord.role.name, nord.caseworker.display_name = "Ny rolle", "Nytt navn"
    nord.role.save()
    nord.caseworker.save()
    RoleAssignment.objects.create(role=nord.role, employee=colleague(nord, "Ny"))
    assert sorted(review.items.values_list("holder_name", "role_name")) == [
        ("Administrator Nord", "Rolleadministrator"),
        ("Leder", "Opptak"),
        ("Saksbehandler Nord", "Opptak"),
    ]


def test_reviewers_are_two_active_employees_of_the_organisation(nord: Tenant, soer: Tenant) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    leader, gone = colleague(nord, "Leder"), colleague(nord, "Sluttet")
    deactivate_employee(employee=gone, by=nord.administrator)
    gone.refresh_from_db()
    for deputy in (leader, gone, soer.caseworker):
        with pytest.raises(PolicyViolation, match="ontrolløren"):
            open_with(nord, leader, deputy)
    with pytest.raises(PolicyViolation, match="administrerer ikke"):
        open_with(nord, leader, colleague(nord, "Stedfortreder"), by=soer.administrator)
    assert not AccessReview.objects.exists()


@pytest.mark.parametrize("days", [-1, 3])
def test_the_deadline_is_in_the_future_and_the_reminder_before_it(nord: Tenant, days: int) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    with pytest.raises(PolicyViolation, match=r"Fristen|Påminnelsen"):
        open_with(nord, colleague(nord, "Leder"), colleague(nord, "Stedfortreder"), days=days)


def test_without_holders_of_roles_a_review_is_about_the_administrators(nord: Tenant) -> None:
    open_with(nord, colleague(nord, "Leder"), colleague(nord, "Stedfortreder"))
    assert [str(item) for item in AccessReview.objects.get().items.all()] == ["Administrator Nord: Rolleadministrator"]


def test_the_administrator_opens_one_on_the_page_and_closes_it_there(nord: Tenant) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    client, later = logged_in(nord.administrator), timezone.localtime() + timedelta(days=9)
    form = {
        "organisation": nord.organisation.pk,
        "name": "Høsten",
        "reviewer": colleague(nord, "Leder").pk,
        "deputy": colleague(nord, "Stedfortreder").pk,
        "remind_at": f"{later:%Y-%m-%dT%H:%M}",
        "deadline": f"{later:%Y-%m-%dT%H:%M}",
    }
    made = client.post("/admin/roles/accessreview/add/", form)
    review = AccessReview.objects.get()
    page = f"/admin/roles/accessreview/{review.pk}/change/"
    assert (made.status_code, made["Location"]) == (302, page)
    assert "Ikke besvart" in client.get(page).content.decode()
    client.post(page, {"act": "close"})
    review.refresh_from_db()
    assert review.closed_at is not None
    refused = client.post("/admin/roles/accessreview/add/", form | {"deputy": form["reviewer"]})
    assert "to forskjellige" in refused.content.decode()
