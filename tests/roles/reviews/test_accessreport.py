"""The access report: exactly the accesses of the administrator's own organisation, on the page and in the files."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from roles.access.liveroles import live_roles, live_roles_of
from roles.casesystems.integrations import change_integration
from roles.granting.assignments import give_role, withdraw_role
from roles.granting.roles import change_role
from roles.models import Employee, Integration, RoleAssignment
from roles.people.employees import deactivate_employee
from roles.people.groups import create_group
from roles.reviews.accessreport import AccessRow, AccessType, access_report, as_csv, as_workbook
from roles.reviews.holders import held_in
from tests.roles.tenants import Tenant, case_system

pytestmark = pytest.mark.django_db
REPORT = "/admin/roles/roleassignment/rapport/"


def member_of(where: Tenant, name: str) -> Employee:
    """An employee who holds the role through a group."""
    employee = Employee.objects.create_employee(
        issuer="https://idp.example", subject=name, display_name=name, organisation=where.organisation
    )
    group = create_group(
        organisation=where.organisation, name=f"Med {name}", members=[employee], by=where.administrator
    )
    give_role(role=where.role, group=group, by=where.administrator)
    return employee


def given(where: Tenant) -> RoleAssignment:
    return give_role(role=where.role, employee=where.caseworker, by=where.administrator)


def holders(where: Tenant) -> list[Employee | Integration]:
    """The holders as rows of the report."""
    held = held_in(where.organisation)
    reported = [row for row in access_report(where.organisation) if row.kind is not AccessType.ADMINISTRATOR]
    assert [(row.role, row.holder_id, row.name) for row in reported] == [
        (each.assignment.role.name, each.holder.pk, str(each.holder)) for each in held
    ]
    return [each.holder for each in held]


def switched_off(integration: Integration, by: Employee) -> Integration:
    return change_integration(
        integration=integration,
        name=integration.name,
        maskinporten_organisation=integration.maskinporten_organisation,
        is_active=False,
        by=by,
    )


def get(who: Employee, **query: str) -> HttpResponse:
    client = Client()
    client.force_login(who)
    response = client.get(REPORT, query)
    assert isinstance(response, HttpResponse)
    return response


def test_the_report_has_holders_of_roles_directly_or_through_a_group_and_administrators(nord: Tenant) -> None:
    given(nord)
    case_system(nord)
    member_of(nord, "Medlem")
    assert [(row.role, row.name, row.kind, row.group) for row in access_report(nord.organisation)] == [
        ("Opptak", "Fagsystem", AccessType.INTEGRATION, ""),
        ("Opptak", "Medlem", AccessType.USER, "Med Medlem"),
        ("Opptak", "Saksbehandler Nord", AccessType.USER, ""),
        ("Rolleadministrator", "Administrator Nord", AccessType.ADMINISTRATOR, ""),
    ]


def test_the_report_and_the_gate_agree_on_everybody(nord: Tenant, soer: Tenant) -> None:
    given(nord)
    given(soer)
    both = case_system(nord), case_system(soer)
    switched_off(both[1], soer.administrator)
    member_of(nord, "Medlem")
    deactivate_employee(employee=member_of(nord, "Sperret"), by=nord.administrator)
    withdraw_role(
        assignment=give_role(role=soer.role, employee=member_of(soer, "Trukket"), by=soer.administrator),
        by=soer.administrator,
    )
    for where in (nord, soer):
        for employee in Employee.objects.all():
            listed = {held.assignment.role for held in held_in(where.organisation) if held.holder == employee}
            assert listed == {role for role in live_roles(employee) if role.organisation == where.organisation}
        assert holders(where)
    assert [live_roles_of(each) for each in both] == [[nord.role], []]
    assert both[0] in holders(nord)
    assert both[1] not in holders(soer)


@pytest.mark.parametrize(
    "change",
    [
        *("assignment", "role", "validity", "organisation", "employee", "groups only"),
        *("foreign group", "integration", "foreign integration"),
    ],
)
def test_a_role_that_is_not_live_is_not_in_the_report(nord: Tenant, soer: Tenant, change: str) -> None:
    assignment, yesterday = given(nord), timezone.now() - timedelta(days=1)
    assert holders(nord) == [nord.caseworker]
    if change == "assignment":
        withdraw_role(assignment=assignment, by=nord.administrator)
    elif change == "role":
        change_role(role=nord.role, is_active=False, by=nord.administrator)
    elif change == "validity":
        nord.role.valid_from, nord.role.valid_to = yesterday, timezone.now()
        nord.role.save()
    elif change == "organisation":
        nord.organisation.valid_from, nord.organisation.valid_to = yesterday, timezone.now()
        nord.organisation.save()
    elif change == "employee":
        deactivate_employee(employee=nord.caseworker, by=nord.administrator)
    elif change == "groups only":
        nord.organisation.groups_only = True
        nord.organisation.save()
    elif change == "foreign group":
        group = create_group(
            organisation=soer.organisation, name="Gruppe", members=[soer.caseworker], by=soer.administrator
        )
        RoleAssignment.objects.filter(pk=assignment.pk).update(employee=None, group=group)
    else:
        integration = (
            switched_off(case_system(nord), nord.administrator) if change == "integration" else case_system(soer)
        )
        RoleAssignment.objects.filter(pk=assignment.pk).update(employee=None, integration=integration)
    assert holders(nord) == []


def test_both_files_begin_with_the_three_columns_of_the_contract_and_hold_nobodys_number(nord: Tenant) -> None:
    given(nord)
    integration = case_system(nord)
    header, *rows = csv.reader(StringIO(get(nord.administrator, fil="csv").content.decode("utf-8-sig")), delimiter=";")
    assert header == ["Rollenavn", "Personnummer", "Tilgangstype", "Navn", "Id"]
    assert rows[:2] == [
        ["Opptak", "", "Integrasjon", "Fagsystem", str(integration.pk)],
        ["Opptak", "", "Bruker", "Saksbehandler Nord", str(nord.caseworker.pk)],
    ]
    sheet = openpyxl.load_workbook(BytesIO(get(nord.administrator, fil="xlsx").content)).active
    assert sheet is not None
    titles, first, *_more = sheet.iter_rows(values_only=True)
    assert list(titles[:5]) == header
    assert first[1] is None


def test_the_workbook_says_through_which_group_and_from_when_and_by_whom(nord: Tenant) -> None:
    member_of(nord, "Medlem")
    sheet = openpyxl.load_workbook(BytesIO(get(nord.administrator, fil="xlsx").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Gruppe"], row["Gitt av"], row["Gjelder til"]) == ("Med Medlem", "Administrator Nord", None)
    assert abs(row["Gjelder fra"] - timezone.localtime().replace(tzinfo=None)) < timedelta(minutes=1)


def test_a_name_that_looks_like_a_formula_stays_a_name(nord: Tenant) -> None:
    row = AccessRow(role="=1+1", holder_id=nord.caseworker.pk, kind=AccessType.USER, name="@SUM(A1)")
    assert b"'=1+1" in as_csv([row])
    assert b"'@SUM(A1)" in as_csv([row])
    sheet = openpyxl.load_workbook(BytesIO(as_workbook([row]))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "before", ["", " ", "\t", "\r", "\n", "\x01", "\x00", "\xa0", "\u200b", "\ufeff", "\u202e", "\xad \t"]
)
@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_an_invisible_character_before_a_sign_makes_no_formula_of_it(nord: Tenant, before: str, sign: str) -> None:
    name = f'{before}{sign}HYPERLINK("x";"y")'
    row = AccessRow(role="Opptak; og mer", holder_id=nord.caseworker.pk, kind=AccessType.USER, name=name)
    (_header, read) = csv.reader(StringIO(as_csv([row]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert read[0] == "Opptak; og mer"
    assert read[3].startswith("'")
    assert "\x00" not in read[3]
    sheet = openpyxl.load_workbook(BytesIO(as_workbook([row]))).active
    assert sheet is not None
    assert (sheet["D2"].data_type, sheet["D2"].quotePrefix) == ("s", True)


def test_the_file_opens_as_a_table_by_a_double_click_in_norwegian(nord: Tenant) -> None:
    content = as_csv([AccessRow(role="Prøverolle", holder_id=nord.caseworker.pk, kind=AccessType.USER, name="Å")])
    assert content.startswith(b"\xef\xbb\xbfRollenavn;Personnummer;Tilgangstype;Navn;Id\r\n")
    assert content.decode("utf-8-sig").splitlines()[1].split(";")[0] == "Prøverolle"
    assert content.endswith(b"\r\n")


def test_a_name_of_several_words_and_signs_stays_as_it_is(nord: Tenant) -> None:
    for name in ("Kari-Anne Øst", "O'Brien", "10 % stilling", "A=B"):
        row = AccessRow(role="Opptak", holder_id=nord.caseworker.pk, kind=AccessType.USER, name=name)
        assert f";{name};" in as_csv([row]).decode()


def test_the_page_shows_ones_own_organisation_and_a_foreign_one_answers_as_one_that_never_was(
    nord: Tenant, soer: Tenant
) -> None:
    given(nord)
    given(soer)
    page = get(nord.administrator, virksomhet=str(nord.organisation.pk)).content.decode()
    assert "Saksbehandler Nord" in page
    assert "Sør" not in page
    for fil in ("", "csv", "xlsx"):
        foreign = get(nord.administrator, virksomhet=str(soer.organisation.pk), fil=fil)
        unknown = get(nord.administrator, virksomhet="ukjent", fil=fil)
        assert foreign.status_code == unknown.status_code == 404
        assert "Sør" not in foreign.content.decode()


def test_no_other_kind_of_file_is_made(nord: Tenant) -> None:
    assert get(nord.administrator, fil="pdf").status_code == 404
