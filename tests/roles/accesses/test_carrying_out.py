"""What a closed access review said should go, goes; nothing else does, and nothing half."""

from io import BytesIO

import openpyxl
import pytest

from roles.accesses.reviewreport import review_rows, review_workbook
from roles.accesses.reviews import close_review, hand_over, withdraw_removed
from roles.assignments import live_roles, live_roles_of
from roles.audit.models import AuditEntry
from roles.groups import create_group
from roles.services import give_role
from roles.violations import PolicyViolation
from tests.roles.accesses.campaigns import answered, colleague, events, opened_review
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db


def last_reason(where: Tenant) -> str:
    entry = AuditEntry.objects.of_organisation(where.organisation.pk).last()
    assert entry is not None
    return str(entry.fields["details"]["reason"])


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
    held = {row.item.holder_name: row.held for row in review_rows(review)}
    assert held == {"Saksbehandler Nord": False, "Leder": True, "Administrator Nord": True}


def test_what_an_integration_should_not_hold_any_more_is_withdrawn_with_the_reason_in_the_log(nord: Tenant) -> None:
    integration = case_system(nord)
    review = opened_review(nord)
    answered(review, None, "REMOVE", "Avtalen er over")
    close_review(review=review, by=nord.administrator)
    assert withdraw_removed(review=review, by=nord.administrator) == 1
    assert live_roles_of(integration) == []
    assert last_reason(nord) == "Høsten 2026: Avtalen er over"


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


def test_the_workbook_has_every_access_and_says_what_is_not_answered(nord: Tenant) -> None:
    case_system(nord)
    review = opened_review(nord)
    answered(review, nord.caseworker, "CHANGE", "=Bare oppslag")
    sheet = openpyxl.load_workbook(BytesIO(review_workbook(review))).active
    assert sheet is not None
    rows = [(row[0], row[1], row[5], row[6]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(rows, key=str) == [
        ("Administrator Nord", "Administrator", "Ikke besvart", None),
        ("Fagsystem", "Integrasjon", "Ikke besvart", None),
        ("Leder", "Bruker", "Ikke besvart", None),
        ("Saksbehandler Nord", "Bruker", "Endre", "=Bare oppslag"),
    ]
