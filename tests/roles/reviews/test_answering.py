"""Answering an access review: nobody answers for themselves or after the deadline, and unanswered items are listed."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from roles.audit.models import AuditEntry
from roles.models import AccessReview, Administratorship, ReviewItem
from roles.people.employees import deactivate_employee
from roles.reviews.pending import WaitingReview, pending_for
from roles.reviews.reminders import mark_due
from roles.reviews.reviewreport import review_counts, review_rows
from roles.reviews.reviews import Answer, answer_items, hand_over
from roles.violations import PolicyViolation
from tests.roles.reviews.campaigns import (
    answered,
    colleague,
    events,
    item_of,
    logged_in,
    opened_review,
    overdue,
    right_of,
)
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db


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


def test_an_administrator_answers_neither_for_their_roles_nor_for_their_administratorships(nord: Tenant) -> None:
    leader = colleague(nord, "Leder")
    Administratorship.objects.create(employee=leader, organisation=nord.organisation, kind="PRIVACY")
    review = opened_review(nord)
    own, others = right_of(review, leader), right_of(review, nord.administrator)
    assert (own.reviewer, others.reviewer) == (colleague(nord, "Stedfortreder"), leader)
    hand_over(review=review, role_name=own.role_name, reviewer=leader, by=nord.administrator)
    assert right_of(review, leader).reviewer != leader
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.filter(pk=own.pk).update(reviewer=leader)


def test_an_integrations_role_is_answered_for_and_handed_over_like_others(nord: Tenant) -> None:
    case_system(nord)
    review, new = opened_review(nord), colleague(nord, "Ny")
    assert item_of(review, None).reviewer == colleague(nord, "Leder")
    assert hand_over(review=review, role_name="Opptak", reviewer=new, by=nord.administrator) == 3
    assert answered(review, None, "KEEP").reviewer == new
    page = logged_in(new).get(f"/tilgangsgjennomgang/{review.pk}/").content.decode()
    assert "Fagsystem: Opptak" in page
    assert "En integrasjon:" in page


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


def test_after_the_deadline_nothing_is_answered_and_unanswered_items_are_listed(nord: Tenant) -> None:
    review = opened_review(nord)
    answered(review, nord.caseworker, "KEEP")
    overdue(review)
    with pytest.raises(PolicyViolation, match="avsluttet"):
        answered(review, nord.caseworker, "REMOVE")
    assert mark_due() == 1
    assert mark_due() == 0
    review.refresh_from_db()
    assert review.closed_at is not None
    assert review_counts(review) == {"Behold": 1, "Endre": 0, "Fjern": 0, "Ikke besvart": 2}
    assert [row.answer for row in review_rows(review)] == ["Ikke besvart", "Ikke besvart", "Behold"]
    assert events(nord)[-1] == "role:review:closed"


def waiting_for(where: Tenant, name: str) -> tuple[WaitingReview, ...]:
    """The notice about waiting reviews on the pages of this colleague."""
    return pending_for(colleague(where, name).pk).reviews


def test_the_clock_reminds_once_and_only_those_who_have_something_left(nord: Tenant, soer: Tenant) -> None:
    review = opened_review(nord)
    opened_review(soer)
    answered(review, colleague(nord, "Leder"), "KEEP")
    assert waiting_for(nord, "Stedfortreder") == ()
    AccessReview.objects.filter(pk=review.pk).update(remind_at=timezone.now())
    assert mark_due() == 1
    assert mark_due() == 0
    assert events(nord)[-1] == "role:review:reminded"
    assert [each.reminded_at is not None for each in waiting_for(nord, "Leder")] == [True]
    assert waiting_for(nord, "Stedfortreder") == ()
    assert [each.reminded_at for each in waiting_for(soer, "Leder")] == [None]
    assert "Påminnelse" in logged_in(colleague(nord, "Leder")).get("/").content.decode()
    assert "Påminnelse" not in logged_in(colleague(soer, "Leder")).get("/").content.decode()


def test_handing_over_a_role_leaves_its_answered_items(nord: Tenant) -> None:
    review, new = opened_review(nord), colleague(nord, "Ny")
    answered(review, nord.caseworker, "KEEP")
    assert hand_over(review=review, role_name="Opptak", reviewer=new, by=nord.administrator) == 1
    assert item_of(review, colleague(nord, "Leder")).reviewer == new
    assert item_of(review, nord.caseworker).reviewer == colleague(nord, "Leder")
    assert events(nord)[-1] == "role:review:handed-over"


def post(client: Client, review: AccessReview, item: ReviewItem, choice: str, comment: str = "") -> HttpResponse:
    said = {f"{item.pk}-svar": choice, f"{item.pk}-merknad": comment}
    response = client.post(f"/tilgangsgjennomgang/{review.pk}/", said)
    assert isinstance(response, HttpResponse)
    return response


def test_a_reviewer_answers_on_the_page_and_sees_only_their_own_items(nord: Tenant) -> None:
    review, client = opened_review(nord), logged_in(colleague(nord, "Leder"))
    page = client.get(f"/tilgangsgjennomgang/{review.pk}/").content.decode()
    assert "Saksbehandler Nord: Opptak" in page
    assert "Administrator Nord: Rolleadministrator" in page
    assert "Et administratoransvar i virksomheten." in page
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


def test_a_role_is_handed_over_only_to_an_active_employee_of_the_organisation(nord: Tenant, soer: Tenant) -> None:
    review, locked_out = opened_review(nord), colleague(nord, "Sperret")
    deactivate_employee(employee=locked_out, by=nord.administrator)
    locked_out.refresh_from_db()
    before = {item.pk: item.reviewer_id for item in review.items.all()}
    for who in (soer.caseworker, locked_out):
        with pytest.raises(PolicyViolation, match="aktiv ansatt i virksomheten"):
            hand_over(review=review, role_name="Opptak", reviewer=who, by=nord.administrator)
    assert {item.pk: item.reviewer_id for item in review.items.all()} == before


def test_nothing_is_handed_over_in_a_closed_review(nord: Tenant) -> None:
    review = overdue(opened_review(nord))
    with pytest.raises(PolicyViolation, match="avsluttet"):
        hand_over(review=review, role_name="Opptak", reviewer=colleague(nord, "Ny"), by=nord.administrator)
    assert events(nord) == ["role:review:opened"]
