"""Access reviews: a frozen copy, answered by others than oneself until the deadline, and nothing kept in silence."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from roles.accesses.reminders import mark_due, waiting_for
from roles.accesses.reviewreport import review_counts, review_rows, review_workbook
from roles.accesses.reviews import Answer, answer_items, close_review, hand_over, open_review, withdraw_removed
from roles.assignments import live_roles
from roles.audit.models import AuditEntry
from roles.employees import deactivate_employee
from roles.groups import create_group
from roles.models import AccessReview, Employee, ReviewItem
from roles.services import give_role
from roles.violations import PolicyViolation
from tests.roles.accesses.campaigns import colleague, opened_review
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nord() -> Tenant:
    return tenant("Nord")


@pytest.fixture
def soer() -> Tenant:
    return tenant("Sør")


def logged_in(who: Employee) -> Client:
    client = Client()
    client.force_login(who)
    return client


def item_of(review: AccessReview, employee: Employee) -> ReviewItem:
    return review.items.get(employee=employee)


def answered(review: AccessReview, employee: Employee, choice: str, comment: str = "") -> ReviewItem:
    """By whoever is to answer for the employee."""
    item = item_of(review, employee)
    answer_items(review=review, answers={item.pk: Answer(choice, comment)}, by=item.reviewer)
    return item


def events(where: Tenant) -> list[str]:
    entries = AuditEntry.objects.of_organisation(where.organisation.pk)
    return [entry.event for entry in entries if entry.event.startswith("role:review:")]


def overdue(review: AccessReview) -> AccessReview:
    past = timezone.now() - timedelta(minutes=1)
    AccessReview.objects.filter(pk=review.pk).update(remind_at=past, deadline=past)
    return review


def test_everybody_who_holds_a_role_is_in_it_also_through_a_group_and_nobody_of_the_neighbour(
    nord: Tenant, soer: Tenant
) -> None:
    give_role(role=soer.role, employee=soer.caseworker, by=soer.administrator)
    member = colleague(nord, "Medlem")
    group = create_group(organisation=nord.organisation, name="Opptak", members=[member], by=nord.administrator)
    give_role(role=nord.role, group=group, by=nord.administrator)
    review = opened_review(nord)
    assert [(item.employee_name, item.group_name) for item in review.items.all()] == [
        ("Leder", ""),
        ("Medlem", "Opptak"),
        ("Saksbehandler Nord", ""),
    ]
    assert events(nord) == ["role:review:opened"]


def test_the_copy_stays_as_it_was(nord: Tenant) -> None:
    review = opened_review(nord)
    nord.role.name, nord.caseworker.display_name = "Ny rolle", "Nytt navn"
    nord.role.save()
    nord.caseworker.save()
    give_role(role=nord.role, employee=colleague(nord, "Ny"), by=nord.administrator)
    assert sorted(review.items.values_list("employee_name", "role_name")) == [
        ("Leder", "Opptak"),
        ("Saksbehandler Nord", "Opptak"),
    ]


def test_nobody_answers_for_themselves(nord: Tenant) -> None:
    review, leader = opened_review(nord), colleague(nord, "Leder")
    own = item_of(review, leader)
    assert own.reviewer == colleague(nord, "Stedfortreder")
    with pytest.raises(PolicyViolation, match="satt til"):
        answer_items(review=review, answers={own.pk: Answer("KEEP")}, by=leader)
    hand_over(review=review, role_name="Opptak", reviewer=leader, by=nord.administrator)
    assert item_of(review, leader).reviewer != leader
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.filter(pk=own.pk).update(reviewer=leader)


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


@pytest.mark.parametrize("days", [-1, 3])
def test_there_is_time_to_answer_in_and_the_reminder_comes_within_it(nord: Tenant, days: int) -> None:
    give_role(role=nord.role, employee=nord.caseworker, by=nord.administrator)
    with pytest.raises(PolicyViolation, match=r"Fristen|Påminnelsen"):
        open_with(nord, colleague(nord, "Leder"), colleague(nord, "Stedfortreder"), days=days)


def test_where_nobody_holds_a_role_there_is_nothing_to_review(nord: Tenant) -> None:
    with pytest.raises(PolicyViolation, match="ingenting"):
        open_with(nord, colleague(nord, "Leder"), colleague(nord, "Stedfortreder"))


def test_an_answer_may_be_changed_and_every_change_is_logged_with_before_and_after(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "KEEP")
    item = answered(review, nord.caseworker, "CHANGE", "Bare til sommeren")
    again = {item.pk: Answer("CHANGE", "Bare til sommeren")}
    assert answer_items(review=review, answers=again, by=item.reviewer) == 0
    assert events(nord) == ["role:review:opened", "role:review:answered", "role:review:answered"]
    entry = AuditEntry.objects.of_organisation(nord.organisation.pk).last()
    assert entry is not None
    assert entry.fields["details"]["answers"][0]["before"] == ["KEEP", ""]


@pytest.mark.parametrize(("choice", "comment"), [("", ""), ("SOMETHING", ""), ("CHANGE", " ")])
def test_an_answer_is_one_of_three_and_a_change_says_which(nord: Tenant, choice: str, comment: str) -> None:
    review = opened_review(nord)
    with pytest.raises(PolicyViolation):
        answered(review, nord.caseworker, choice, comment)
    assert item_of(review, nord.caseworker).answer == ""


def test_an_unknown_access_and_the_neighbours_are_refused_alike(nord: Tenant, soer: Tenant) -> None:
    review, theirs = opened_review(nord), opened_review(soer)
    said = []
    for key in (item_of(theirs, soer.caseworker).pk, uuid4()):
        with pytest.raises(PolicyViolation) as refused:
            answer_items(review=review, answers={key: Answer("KEEP")}, by=colleague(nord, "Leder"))
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_after_the_deadline_nothing_is_answered_and_what_has_no_answer_is_listed(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "KEEP")
    overdue(review)
    with pytest.raises(PolicyViolation, match="avsluttet"):
        answered(review, nord.caseworker, "REMOVE")
    assert mark_due() == 1
    assert mark_due() == 0
    review.refresh_from_db()
    assert review.closed_at is not None
    assert review_counts(review) == {"Behold": 1, "Endre": 0, "Fjern": 0, "Ikke besvart": 1}
    assert [row.answer for row in review_rows(review)] == ["Ikke besvart", "Behold"]
    assert events(nord)[-1] == "role:review:closed"


def test_the_clock_reminds_once_and_only_those_who_have_something_left(nord: Tenant, soer: Tenant) -> None:
    review = opened_review(nord)
    opened_review(soer)
    answered(review, colleague(nord, "Leder"), "KEEP")
    AccessReview.objects.filter(pk=review.pk).update(remind_at=timezone.now())
    assert mark_due() == 1
    assert mark_due() == 0
    assert events(nord)[-1] == "role:review:reminded"
    assert [each.reminded_at is not None for each in waiting_for(colleague(nord, "Leder"))] == [True]
    assert waiting_for(colleague(nord, "Stedfortreder")) == []
    assert [each.reminded_at for each in waiting_for(colleague(soer, "Leder"))] == [None]
    assert "Påminnelse" in logged_in(colleague(nord, "Leder")).get("/").content.decode()
    assert "Påminnelse" not in logged_in(colleague(soer, "Leder")).get("/").content.decode()


def test_what_should_go_is_withdrawn_when_the_review_is_over_and_nothing_else_is(nord: Tenant) -> None:
    review, leader = opened_review(nord), colleague(nord, "Leder")
    answered(review, nord.caseworker, "REMOVE", "Har sluttet")
    with pytest.raises(PolicyViolation, match="Avslutt"):
        withdraw_removed(review=review, by=nord.administrator)
    close_review(review=review, by=nord.administrator)
    assert withdraw_removed(review=review, by=nord.administrator) == 1
    assert withdraw_removed(review=review, by=nord.administrator) == 0
    assert live_roles(nord.caseworker) == []
    assert live_roles(leader) == [nord.role]
    assert {row.item.employee: row.held for row in review_rows(review)} == {nord.caseworker: False, leader: True}


def test_what_is_held_through_a_group_is_left_and_listed(nord: Tenant) -> None:
    member = colleague(nord, "Medlem")
    group = create_group(organisation=nord.organisation, name="Opptak", members=[member], by=nord.administrator)
    give_role(role=nord.role, group=group, by=nord.administrator)
    review = opened_review(nord)
    answered(review, member, "REMOVE")
    close_review(review=review, by=nord.administrator)
    assert withdraw_removed(review=review, by=nord.administrator) == 0
    assert [row.item.employee for row in review_rows(review) if row.to_be_done] == [member]


def test_the_neighbours_administrator_closes_hands_over_and_withdraws_nothing(nord: Tenant, soer: Tenant) -> None:
    review = opened_review(nord)
    for act in (close_review, withdraw_removed):
        with pytest.raises(PolicyViolation, match="administrerer ikke"):
            act(review=review, by=soer.administrator)
    with pytest.raises(PolicyViolation, match="administrerer ikke"):
        hand_over(review=review, role_name="Opptak", reviewer=colleague(nord, "Ny"), by=soer.administrator)
    assert events(nord) == ["role:review:opened"]


def test_a_role_is_handed_over_but_for_what_is_answered(nord: Tenant) -> None:
    review, new = opened_review(nord), colleague(nord, "Ny")
    answered(review, nord.caseworker, "KEEP")
    assert hand_over(review=review, role_name="Opptak", reviewer=new, by=nord.administrator) == 1
    assert item_of(review, colleague(nord, "Leder")).reviewer == new
    assert item_of(review, nord.caseworker).reviewer == colleague(nord, "Leder")
    assert events(nord)[-1] == "role:review:handed-over"


def test_the_workbook_has_every_access_and_says_what_is_not_answered(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "CHANGE", "=Bare oppslag")
    sheet = openpyxl.load_workbook(BytesIO(review_workbook(review))).active
    assert sheet is not None
    rows = [(row[0], row[4], row[5]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(rows, key=str) == [
        ("Leder", "Ikke besvart", None),
        ("Saksbehandler Nord", "Endre", "=Bare oppslag"),
    ]


def post(client: Client, review: AccessReview, item: ReviewItem, choice: str, comment: str = "") -> HttpResponse:
    said = {f"{item.pk}-svar": choice, f"{item.pk}-merknad": comment}
    response = client.post(f"/tilgangsgjennomgang/{review.pk}/", said)
    assert isinstance(response, HttpResponse)
    return response


def test_a_reviewer_answers_on_the_page_and_sees_only_what_is_theirs_to_answer(nord: Tenant) -> None:
    review, client = opened_review(nord), logged_in(colleague(nord, "Leder"))
    page = client.get(f"/tilgangsgjennomgang/{review.pk}/").content.decode()
    assert "Saksbehandler Nord: Opptak" in page
    assert "Leder: Opptak" not in page
    assert post(client, review, item_of(review, nord.caseworker), "KEEP").status_code == 302
    assert item_of(review, nord.caseworker).answer == "KEEP"
    assert post(client, review, item_of(review, colleague(nord, "Leder")), "KEEP").status_code == 302
    assert item_of(review, colleague(nord, "Leder")).answer == ""


def test_a_change_without_a_word_and_a_number_in_the_remark_are_refused_at_the_field(nord: Tenant) -> None:
    review, client = opened_review(nord), logged_in(colleague(nord, "Leder"))
    item = item_of(review, nord.caseworker)
    for choice, comment, why in (("CHANGE", "", "hva som skal endres"), ("KEEP", "01810050050", "fødselsnummer")):
        refused = post(client, review, item, choice, comment)
        assert refused.status_code == 400
        assert why in refused.content.decode()
    assert item_of(review, nord.caseworker).answer == ""


def test_a_review_one_has_no_part_in_answers_as_one_that_never_was(nord: Tenant, soer: Tenant) -> None:
    review = opened_review(nord)
    for who in (soer.caseworker, nord.caseworker, nord.administrator):
        client = logged_in(who)
        for key in (review.pk, uuid4()):
            assert client.get(f"/tilgangsgjennomgang/{key}/").status_code == 404
            assert client.post(f"/tilgangsgjennomgang/{key}/").status_code == 404
        assert client.get("/tilgangsgjennomgang/").status_code == 302


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
