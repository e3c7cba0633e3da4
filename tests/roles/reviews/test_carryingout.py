"""Carrying out a closed review: only the accesses to remove are withdrawn, all of them or none."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from roles.access.liveroles import live_roles, live_roles_of
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role
from roles.granting.roles import create_role
from roles.models import AccessReview, Administratorship, Employee, Group, Role
from roles.people.groups import create_group
from roles.reviews.carryingout import (
    leavings,
    still_administered,
    take_out_of_groups,
    withdraw_administrators,
    withdraw_removed,
)
from roles.reviews.reviewreport import review_rows, review_workbook
from roles.reviews.reviews import close_review, hand_over
from roles.violations import PolicyViolation
from tests.roles.reviews.campaigns import answered, colleague, events, item_of, logged_in, opened_review, say
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db


def page_of(who: Employee, review: AccessReview, sent: dict[str, object] | None = None) -> str:
    """The review in the administration, after something was sent there or not."""
    client, address = logged_in(who), f"/admin/roles/accessreview/{review.pk}/change/"
    response = client.get(address) if sent is None else client.post(address, sent, follow=True)
    return response.content.decode()


def with_right(where: Tenant, name: str, kind: str) -> Employee:
    employee = colleague(where, name)
    Administratorship.objects.create(employee=employee, organisation=where.organisation, kind=kind)
    return employee


def last_reason(where: Tenant) -> str:
    entry = AuditEntry.objects.of_organisation(where.organisation.pk).last()
    assert entry is not None
    return str(entry.fields["details"]["reason"])


def test_only_accesses_to_remove_are_withdrawn_after_the_review(nord: Tenant) -> None:
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


def test_an_integrations_role_to_remove_is_withdrawn_with_the_reason_in_the_log(nord: Tenant) -> None:
    integration = case_system(nord)
    review = opened_review(nord)
    answered(review, None, "REMOVE", "Avtalen er over")
    close_review(review=review, by=nord.administrator)
    assert withdraw_removed(review=review, by=nord.administrator) == 1
    assert live_roles_of(integration) == []
    assert last_reason(nord) == "Høsten 2026: Avtalen er over"


def through_a_group(where: Tenant, *roles: Role) -> tuple[Group, Employee]:
    """A group with one member that has these roles."""
    member = colleague(where, "Medlem")
    group = create_group(
        organisation=where.organisation,
        name="Mottak",
        members=[member, colleague(where, "Makker")],
        by=where.administrator,
    )
    for role in roles:
        give_role(role=role, group=group, by=where.administrator)
    return group, member


def second_role(where: Tenant) -> Role:
    return create_role(
        organisation=where.organisation, service_area=where.role.service_area, name="Skole", by=where.administrator
    )


def to_remove(where: Tenant, *employees: Employee, role: str = "Opptak") -> AccessReview:
    """A closed review that says to remove the role from these holders."""
    review = opened_review(where)
    for item in review.items.filter(employee__in=employees, role_name=role):
        say(item, "REMOVE", "Byttet jobb")
    return close_review(review=review, by=where.administrator)


def test_a_role_held_through_a_group_is_removed_only_after_the_further_losses_were_shown(nord: Tenant) -> None:
    group, member = through_a_group(nord, nord.role, second_role(nord))
    review = to_remove(nord, member)
    assert withdraw_removed(review=review, by=nord.administrator) == 0
    (leaving,) = leavings(review)
    assert (leaving.employee, leaving.group, leaving.roles, leaving.also) == (member, group, ("Opptak",), ("Skole",))
    assert take_out_of_groups(review=review, chosen=[leaving.key], by=nord.administrator) == 1
    assert live_roles(member) == []
    assert last_reason(nord) == "Høsten 2026: Byttet jobb"
    assert [each.display_name for each in group.members.all()] == ["Makker"]
    assert leavings(review) == []


def test_two_roles_of_one_group_are_one_way_out_of_it(nord: Tenant) -> None:
    _group, member = through_a_group(nord, nord.role, second_role(nord))
    review = opened_review(nord)
    for item in review.items.filter(employee=member):
        say(item, "REMOVE")
    close_review(review=review, by=nord.administrator)
    assert [(each.roles, each.also) for each in leavings(review)] == [(("Opptak", "Skole"), ())]


def test_a_group_that_gives_more_than_was_seen_lets_nobody_out(nord: Tenant) -> None:
    group, member = through_a_group(nord, nord.role)
    review = to_remove(nord, member, colleague(nord, "Makker"))
    seen = [each.key for each in leavings(review)]
    give_role(role=second_role(nord), group=group, by=nord.administrator)
    with pytest.raises(PolicyViolation, match="endret noe siden"):
        take_out_of_groups(review=review, chosen=seen, by=nord.administrator)
    with pytest.raises(PolicyViolation, match="Velg"):
        take_out_of_groups(review=review, chosen=[], by=nord.administrator)
    assert group.members.count() == 2


def test_for_a_tied_group_the_page_says_so_and_nobody_is_removed(nord: Tenant) -> None:
    group, member = through_a_group(nord, nord.role)
    review = to_remove(nord, member)
    Group.objects.filter(pk=group.pk).update(external_id="8f1c")
    page = page_of(nord.administrator, review)
    assert "Innloggingstjenesten bestemmer hvem som er i disse gruppene" in page
    assert "Ta de valgte ut" not in page
    chosen = [each.key for each in leavings(review)]
    with pytest.raises(PolicyViolation, match="Innloggingstjenesten"):
        take_out_of_groups(review=review, chosen=chosen, by=nord.administrator)
    assert group.members.count() == 2


def test_the_page_lists_the_further_losses_and_removes_the_chosen_employees(nord: Tenant) -> None:
    group, member = through_a_group(nord, nord.role, second_role(nord))
    review = to_remove(nord, member)
    said = "Medlem tas ut av gruppen Mottak for å miste Opptak, og mister da også: Skole."
    assert said in page_of(nord.administrator, review)
    sent = {"act": "leave-groups", "chosen": [each.key for each in leavings(review)]}
    assert "1 er tatt ut av gruppen." in page_of(nord.administrator, review, sent)
    assert group.members.count() == 1


def test_an_administratorship_that_should_go_is_withdrawn_by_who_appoints(nord: Tenant) -> None:
    officer, chief = with_right(nord, "Ombud", "PRIVACY"), with_right(nord, "Sjef", "ORGANISATION")
    review = to_remove(nord, officer, role="Personvernombud")
    (item,) = still_administered(review)
    assert withdraw_administrators(review=review, chosen=[str(item.pk)], by=chief) == 1
    assert not officer.administratorships.exists()
    assert last_reason(nord) == "Høsten 2026: Byttet jobb"
    assert {row.item.holder_name: row.held for row in review_rows(review)}["Ombud"] is False
    assert not still_administered(review)


def test_an_administratorship_that_may_not_be_withdrawn_is_named_and_none_is_withdrawn(nord: Tenant) -> None:
    with_right(nord, "Ombud", "PRIVACY")
    chief = with_right(nord, "Sjef", "ORGANISATION")
    review = opened_review(nord)
    for item in review.items.filter(assignment=None):
        say(item, "REMOVE")
    close_review(review=review, by=nord.administrator)
    chosen = [str(item.pk) for item in still_administered(review)]
    with pytest.raises(PolicyViolation, match="Sjef: Virksomhetsadministrator: Du kan ikke trekke tilbake ditt eget"):
        withdraw_administrators(review=review, chosen=chosen, by=chief)
    with pytest.raises(PolicyViolation, match=r": Du kan ikke gi eller trekke tilbake dette ansvaret\."):
        withdraw_administrators(review=review, chosen=chosen, by=nord.administrator)
    assert Administratorship.objects.filter(organisation=nord.organisation).count() == 3


def test_a_role_administrator_reads_who_must_withdraw_them_and_an_administrator_does_it_on_the_page(
    nord: Tenant,
) -> None:
    officer, chief = with_right(nord, "Ombud", "PRIVACY"), with_right(nord, "Sjef", "ORGANISATION")
    review = to_remove(nord, officer, role="Personvernombud")
    assert "Bare virksomhetens egen administrator" in page_of(nord.administrator, review)
    sent = {"act": "withdraw-administrators", "chosen": [str(item.pk) for item in still_administered(review)]}
    assert "Du kan ikke gi eller trekke tilbake dette ansvaret." in page_of(nord.administrator, review, sent)
    assert "1 tilgang er trukket tilbake." in page_of(chief, review, sent)
    assert not officer.administratorships.exists()


def test_the_neighbours_administrator_closes_hands_over_and_withdraws_nothing(nord: Tenant, soer: Tenant) -> None:
    _group, member = through_a_group(nord, nord.role)
    review = opened_review(nord)
    for act in (close_review, withdraw_removed):
        with pytest.raises(PolicyViolation, match="administrerer ikke"):
            act(review=review, by=soer.administrator)
    for choose in (take_out_of_groups, withdraw_administrators):
        with pytest.raises(PolicyViolation, match="administrerer ikke"):
            choose(review=review, chosen=[str(item_of(review, member).pk)], by=soer.administrator)
    with pytest.raises(PolicyViolation, match="administrerer ikke"):
        hand_over(review=review, role_name="Opptak", reviewer=colleague(nord, "Ny"), by=soer.administrator)
    assert events(nord) == ["role:review:opened"]


def test_the_workbook_has_every_access_and_marks_the_unanswered_ones(nord: Tenant) -> None:
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


def test_a_role_that_a_group_gives_until_a_future_day_is_lost_with_the_group(nord: Tenant) -> None:
    group, member = through_a_group(nord, nord.role)
    until = timezone.now() + timedelta(days=30)
    give_role(role=second_role(nord), group=group, by=nord.administrator, valid_to=until)
    (leaving,) = leavings(to_remove(nord, member))
    assert (leaving.roles, leaving.also) == (("Opptak",), ("Skole",))


def test_a_review_whose_deadline_has_passed_is_closed_once(nord: Tenant) -> None:
    review = opened_review(nord)
    past = timezone.now() - timedelta(minutes=1)
    AccessReview.objects.filter(pk=review.pk).update(remind_at=past, deadline=past)
    assert close_review(review=review, by=nord.administrator).closed_at is not None
    with pytest.raises(PolicyViolation, match="avsluttet"):
        close_review(review=review, by=nord.administrator)
