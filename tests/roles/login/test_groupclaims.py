"""Groups tied to groups at the identity provider: a login changes the membership of that employee and of nobody
else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.assignments import give_role, withdraw_role
from roles.models import Employee, Group
from roles.people.employees import deactivate_employee
from roles.people.groups import change_group, create_group, tied_groups
from roles.violations import PolicyViolation
from tests.roles.provider import KNOWN_AS, SUBJECT, Browser, Provider
from tests.roles.tenants import Tenant
from tests.roles.tied import ANOTHER_ID, ID, employed, group, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings: Settings) -> None:
    settings.OIDC_GROUPS_CLAIM = "groups"


@pytest.fixture
def employee(nord: Tenant, provider: Provider) -> Employee:
    return employed(nord, provider)


def changes(where: Tenant) -> list[AuditEntry]:
    return list(AuditEntry.objects.of_organisation(where.organisation.pk).filter(event="role:group:changed"))


def test_a_login_brings_into_the_groups_that_the_claim_names_and_out_of_the_others(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    named, other = group(nord), group(nord, "Arkiv", ANOTHER_ID)
    give_role(role=nord.role, group=named, by=nord.administrator)
    log_in(browser, groups=[ID, "a-group-we-do-not-know"])
    assert list(employee.role_groups.all()) == [named]
    assert live_roles(employee) == [nord.role]
    log_in(browser, groups=[ANOTHER_ID])
    assert list(employee.role_groups.all()) == [other]
    assert live_roles(employee) == []


def test_an_empty_group_claim_removes_the_employee_from_every_tied_group(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    group(nord)
    log_in(browser, groups=[ID])
    log_in(browser, groups=[])
    assert not employee.role_groups.exists()


def test_the_claim_is_ignored_unless_it_is_named(
    browser: Browser, nord: Tenant, employee: Employee, settings: Settings
) -> None:
    settings.OIDC_GROUPS_CLAIM = ""
    group(nord)
    log_in(browser, groups=[ID])
    assert not employee.role_groups.exists()


def test_a_claim_creates_no_group_and_gives_no_role(browser: Browser, nord: Tenant, employee: Employee) -> None:
    made = group(nord)
    log_in(browser, groups=[ID, ANOTHER_ID, "Opptak"])
    assert list(Group.objects.all()) == [made]
    assert live_roles(employee) == []


def test_a_group_of_another_organisation_never_matches(
    browser: Browser, nord: Tenant, soer: Tenant, employee: Employee
) -> None:
    group(nord, external_id=ANOTHER_ID)
    group(soer)
    log_in(browser, groups=[ID])
    assert not employee.role_groups.exists()
    assert changes(nord) == changes(soer) == []


def test_the_same_group_of_the_provider_may_be_tied_in_two_organisations(
    browser: Browser, nord: Tenant, soer: Tenant, employee: Employee
) -> None:
    own = group(nord)
    group(soer)
    log_in(browser, groups=[ID])
    assert list(employee.role_groups.all()) == [own]


def test_groups_that_are_not_tied_and_other_members_are_left_alone(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    by_hand = create_group(
        organisation=nord.organisation, name="For hånd", members=[employee, nord.caseworker], by=nord.administrator
    )
    tied = create_group(organisation=nord.organisation, name="Opptak", members=[nord.caseworker], by=nord.administrator)
    change_group(group=tied, name="Opptak", members=[nord.caseworker], external_id=ID, by=nord.administrator)
    log_in(browser, groups=[])
    assert list(employee.role_groups.all()) == [by_hand]
    assert list(tied.members.all()) == [nord.caseworker]


NOT_SAID = [
    {"groups": None, "_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://x.example"}}},
    {"groups": None, "hasgroups": True},
    {"groups": None},
    {"groups": [ANOTHER_ID], "hasgroups": True},
    {"groups": {"0": ANOTHER_ID}},
    {"groups": [17]},
]


@pytest.mark.parametrize(
    "claims", NOT_SAID, ids=["elsewhere", "hasgroups", "no claim", "cut short", "object", "number"]
)
def test_a_missing_group_claim_is_not_read_as_no_groups(
    browser: Browser, nord: Tenant, employee: Employee, claims: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    tied = group(nord)
    log_in(browser, groups=[ID])
    before = len(changes(nord))
    log_in(browser, **claims)
    assert list(employee.role_groups.all()) == [tied]
    assert len(changes(nord)) == before
    assert "their groups stay as they are" in caplog.text
    assert not [word for word in (SUBJECT, str(employee.pk), employee.display_name, ID) if word in caplog.text]


def test_a_missing_group_claim_is_not_logged_where_no_group_is_tied(
    browser: Browser, employee: Employee, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(browser, hasgroups=True)
    assert "their groups" not in caplog.text


def test_a_distributed_claim_of_another_name_changes_nothing_in_this_one(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    tied = group(nord)
    log_in(browser, groups=[ID], _claim_names={"address": "src1"})
    assert list(employee.role_groups.all()) == [tied]


def test_userinfo_may_name_the_groups_and_one_may_stand_alone(
    browser: Browser, provider: Provider, nord: Tenant, employee: Employee
) -> None:
    tied = group(nord)
    provider.userinfo |= {"groups": ID}
    log_in(browser)
    assert list(employee.role_groups.all()) == [tied]


def test_the_change_is_logged_with_who_was_in_it_before_and_after_and_only_once(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    tied = group(nord)
    log_in(browser, groups=[ID])
    log_in(browser, groups=[ID])
    (entry,) = changes(nord)
    described = {"group": str(tied.pk), "name": "Opptak", "external_id": ID}
    assert entry.fields["actor"]["label"] == "Innlogging"
    assert entry.fields["details"] == {
        "before": described | {"members": []},
        "after": described | {"members": [str(employee.pk)]},
    }


def test_a_refused_login_changes_no_group(browser: Browser, nord: Tenant, employee: Employee) -> None:
    group(nord)
    Employee.objects.filter(pk=employee.pk).update(is_active=False)
    browser.provider.claims = {"groups": [ID]}
    assert browser.log_in() == 403
    assert changes(nord) == []


def test_a_newcomer_joins_the_tied_groups_of_the_organisation_they_are_placed_in(
    browser: Browser, nord: Tenant, settings: Settings
) -> None:
    settings.OIDC_ORGANISATION_CLAIM = "orgno"
    tied = group(nord)
    log_in(browser, groups=[ID], orgno=nord.organisation.organisation_number)
    assert [member.subject for member in tied.members.all()] == [KNOWN_AS]


@pytest.fixture
def chief(nord: Tenant, employee: Employee) -> Employee:
    """An administrator who logs in through the provider."""
    nord.administrator.administratorships.update(employee=employee)
    nord.administrator.administratorships.create(organisation=nord.organisation, kind="ROLE")
    return employee


def test_the_administrator_who_ties_a_group_does_not_join_it_at_login(
    browser: Browser, nord: Tenant, chief: Employee
) -> None:
    open_group = group(nord, external_id="")
    give_role(role=nord.role, group=open_group, by=nord.administrator)
    change_group(group=open_group, name="Opptak", members=[], external_id=ID, by=chief)
    log_in(browser, groups=[ID])
    assert live_roles(chief) == []
    for external_id in ("", ID):
        change_group(group=open_group, name="Opptak", members=[], external_id=external_id, by=nord.administrator)
    log_in(browser, groups=[ID])
    assert live_roles(chief) == [nord.role]


def test_the_administrator_who_gave_a_group_its_role_does_not_join_it_at_login(
    browser: Browser, nord: Tenant, chief: Employee
) -> None:
    give_role(role=nord.role, group=group(nord), by=chief)
    log_in(browser, groups=[ID])
    assert live_roles(chief) == []


def test_the_administrator_who_gave_a_group_its_role_until_a_future_day_does_not_join_it_at_login(
    browser: Browser, nord: Tenant, chief: Employee
) -> None:
    until = timezone.now() + timedelta(days=30)
    given = give_role(role=nord.role, group=group(nord), by=chief, valid_to=until)
    log_in(browser, groups=[ID])
    assert live_roles(chief) == []
    withdraw_role(assignment=given, by=nord.administrator)
    log_in(browser, groups=[ID])
    assert [each.subject for each in tied_groups(nord.organisation.pk).get().members.all()] == [KNOWN_AS]


def test_a_tied_group_is_renamed_also_with_a_member_who_is_locked_out(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    tied = group(nord)
    log_in(browser, groups=[ID])
    deactivate_employee(employee=employee, by=nord.administrator)
    everybody = list(tied.members.all())
    renamed = change_group(group=tied, name="Nytt navn", members=everybody, by=nord.administrator)
    assert (renamed.name, [each.subject for each in renamed.members.all()]) == ("Nytt navn", [KNOWN_AS])


def test_a_member_by_the_claim_gives_the_group_no_role(browser: Browser, nord: Tenant, chief: Employee) -> None:
    tied = group(nord)
    log_in(browser, groups=[ID])
    with pytest.raises(PolicyViolation, match="deg selv"):
        give_role(role=nord.role, group=tied, by=chief)


def test_the_id_of_a_tied_group_is_kept_without_the_spaces_around_it(
    browser: Browser, nord: Tenant, employee: Employee
) -> None:
    tied = group(nord, external_id=f"  {ID}\t")
    assert tied.external_id == ID
    log_in(browser, groups=[ID])
    assert list(tied.members.all()) == [employee]
    change_group(group=tied, name="Opptak", members=[employee], external_id=f"{ANOTHER_ID} ", by=nord.administrator)
    tied.refresh_from_db()
    assert tied.external_id == ANOTHER_ID
