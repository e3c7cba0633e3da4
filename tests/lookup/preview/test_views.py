"""The preview pages show the role as its form stands, store nothing, and never show another organisation's role or
employee."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from roles.access.liveroles import live_roles
from roles.audit.models import AuditEntry
from roles.granting.roles import delete_role
from roles.models import AdministratorKind, Administratorship, Employee, Group, LegalBasis, Role, RoleAssignment, Use
from tests.roles.tenants import Tenant, central_administrator, confidential_basis, open_basis, tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nord(db: None) -> Tenant:
    return tenant("Nord")


@pytest.fixture
def soer(db: None) -> Tenant:
    return tenant("Sør")


def of(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee)
    return client


def role_page(tenant: Tenant) -> str:
    return f"/forhandsvisning/rolle/{tenant.role.pk}/"


def employee_page(tenant: Tenant, element: str = "navn") -> str:
    return f"/forhandsvisning/ansatt/{tenant.caseworker.pk}/?opplysning={element}"


def draft(**changes: object) -> dict[str, object]:
    """The administration's form, which has more fields than the preview needs."""
    return {
        "name": "Noe annet",
        "valid_from": "2026-01-01T00:00",
        "legal_bases": [open_basis().pk],
        "elements": ["navn", "foedsel"],
        "uses": ["SEARCH"],
    } | changes


def states(response: HttpResponse) -> dict[str, tuple[str, str]]:
    """The state of each element, and the rule that decided."""
    pattern = r'data-element="([^"]+)"\s+data-state="([^"]+)"\s+data-rule="([^"]+)"'
    return {key: (state, rule) for key, state, rule in re.findall(pattern, response.content.decode())}


def test_the_role_is_previewed_as_it_stands_in_the_form_and_stays_as_it_was(nord: Tenant) -> None:
    client, before = of(nord.administrator), AuditEntry.objects.count()
    assert states(client.get(role_page(nord)))["foedsel"] == ("not-in-role", "role")
    assert states(client.post(role_page(nord), draft()))["foedsel"] == ("value", "basis")
    nord.role.refresh_from_db()
    assert (nord.role.name, nord.role.elements) == ("Opptak", ["navn"])
    assert AuditEntry.objects.count() == before


def test_each_element_is_there_with_the_rule_that_decided(nord: Tenant) -> None:
    LegalBasis.objects.create(
        key="utgått",
        statute="Gammel lov",
        section="§ 9",
        confidential=True,
        kind="OPENS_CONFIDENTIAL",
        elements=["opphold"],
    )
    LegalBasis.objects.filter(key="utgått").update(for_every_area=True, valid_to=timezone.localdate())
    bases = [open_basis().pk, confidential_basis().pk, "utgått"]
    chosen = ["navn", "bostedsadresse", "familierelasjon", "adressebeskyttelse", "opphold", "kjoenn"]
    sent = draft(legal_bases=bases, elements=chosen, example="fortrolig")
    page = of(nord.administrator).post(role_page(nord), sent)
    shown = states(page)
    assert len(shown) == 39
    assert shown["navn"] == ("value", "basis")
    assert shown["foedsel"] == ("not-in-role", "role")
    assert shown["bostedsadresse"] == ("protected", "protection")
    assert shown["opphold"] == shown["kjoenn"] == ("not-in-role", "basis")
    text = page.content.decode()
    assert "Gjelder ikke i dag: Gammel lov § 9 (forslag)." in text
    assert "Åpnet av Barnehageloven § 47 (forslag)." in text


def test_a_role_without_a_confidential_basis_is_told_which_package_it_uses(nord: Tenant) -> None:
    page = of(nord.administrator).post(role_page(nord), draft(elements=["familierelasjon"]))
    assert states(page)["familierelasjon"] == ("not-in-role", "package")


def test_a_service_area_without_confidential_elements_decides(nord: Tenant) -> None:
    nord.role.service_area.may_hold_confidential = False
    nord.role.service_area.save()
    page = of(nord.administrator).post(role_page(nord), draft(legal_bases=[confidential_basis().pk]))
    assert states(page)["familierelasjon"] == ("not-in-role", "area")


def test_the_special_right_counts_as_it_stands_in_the_form(nord: Tenant) -> None:
    bases = [open_basis().pk, confidential_basis().pk]
    sent = draft(legal_bases=bases, elements=["bostedsadresse", "adressebeskyttelse"], example="fortrolig-begrunnet")
    client = of(nord.administrator)
    assert states(client.post(role_page(nord), sent))["bostedsadresse"] == ("protected", "protection")
    with_right = client.post(role_page(nord), {**sent, "confidential_addresses": "on"})
    assert states(with_right)["bostedsadresse"] == ("value", "basis")


def test_another_example_is_shown_on_the_same_draft(nord: Tenant) -> None:
    page = of(nord.administrator).post(role_page(nord), draft(example="doed")).content.decode()
    assert "MINNE EKSEMPELSEN" in page
    for hidden in ('name="elements" value="foedsel"', 'name="legal_bases" value="open"', 'name="uses" value="SEARCH"'):
        assert hidden in page


@pytest.mark.parametrize(
    ("changes", "active", "said"),
    [
        ({}, True, set()),
        ({"uses": []}, True, {"oppslag"}),
        ({}, False, {"aktiv"}),
        ({"uses": []}, False, {"oppslag", "aktiv"}),
    ],
)
def test_it_is_said_when_nobody_could_look_anybody_up(
    nord: Tenant, changes: dict[str, object], active: bool, said: set[str]
) -> None:
    Role.objects.filter(pk=nord.role.pk).update(is_active=active)
    page = of(nord.administrator).post(role_page(nord), draft(**changes)).content.decode()
    sentences = {"oppslag": "Rollen kan ikke brukes til oppslag.", "aktiv": "Rollen er ikke aktiv."}
    assert {word for word, sentence in sentences.items() if sentence in page} == said


@pytest.mark.parametrize("nonsense", [{"elements": ["hemmelig"]}, {"legal_bases": ["ukjent"]}, {"example": "ukjent"}])
def test_what_no_form_of_ours_sends_is_refused(nord: Tenant, nonsense: dict[str, object]) -> None:
    assert of(nord.administrator).post(role_page(nord), draft(**nonsense)).status_code == 400


def test_only_who_looks_after_the_organisation_gets_a_preview_and_all_else_answers_as_unknown(
    nord: Tenant, soer: Tenant
) -> None:
    privacy = Employee.objects.create_employee(issuer="https://idp.example", subject="Ombud", display_name="Ombud")
    Administratorship.objects.create(employee=privacy, organisation=nord.organisation, kind=AdministratorKind.PRIVACY)
    unknown = ("/forhandsvisning/rolle/{}/", "/forhandsvisning/ansatt/{}/")
    for who, allowed in (
        (nord.administrator, 200),
        (privacy, 200),
        (central_administrator(), 404),
        (nord.caseworker, 403),
    ):
        client = of(who)
        for page in (role_page(nord), employee_page(nord)):
            assert client.get(page).status_code == allowed, (who, page)
        foreign = [client.get(page) for page in (role_page(soer), employee_page(soer))]
        never = [client.get(page.format(uuid4())) for page in unknown]
        assert [answer.status_code for answer in foreign] == [answer.status_code for answer in never]
        assert "Sør" not in "".join(answer.content.decode() for answer in foreign)
        assert client.post(role_page(nord), draft()).status_code == allowed
        assert client.post(role_page(soer), draft()).status_code == client.post(unknown[0].format(uuid4())).status_code


def test_who_is_not_logged_in_is_sent_to_the_login(nord: Tenant) -> None:
    assert Client().get(role_page(nord)).status_code == 302
    assert Client().get(employee_page(nord)).status_code == 302


def give(tenant: Tenant, **changes: object) -> RoleAssignment:
    return RoleAssignment.objects.create(role=tenant.role, **{"employee": tenant.caseworker, **changes})


def answered(tenant: Tenant, element: str = "navn") -> tuple[str, str]:
    page = of(tenant.administrator).get(employee_page(tenant, element)).content.decode()
    found = re.search('data-answer="(yes|no)"', page)
    assert found
    return found[1], page


def test_an_employee_sees_what_the_role_opens_and_the_page_says_by_which_law(nord: Tenant) -> None:
    give(nord)
    seen, page = answered(nord)
    assert seen == "yes"
    assert "Åpnet av Folkeregisterloven § 10-1 (forslag)." in page


def test_an_employee_does_not_see_what_the_role_has_not_chosen(nord: Tenant) -> None:
    give(nord)
    seen, page = answered(nord, "foedsel")
    assert seen == "no"
    assert "Ikke valgt i rollen. Kan åpnes av Folkeregisterloven § 10-1 (forslag)." in page


def test_a_role_held_through_a_group_names_the_group(nord: Tenant) -> None:
    group = Group.objects.create(organisation=nord.organisation, name="Opptakskontoret")
    group.members.add(nord.caseworker)
    give(nord, employee=None, group=group)
    seen, page = answered(nord)
    assert seen == "yes"
    assert "Opptakskontoret" in page


def test_a_group_of_another_organisation_gives_nothing_here(nord: Tenant, soer: Tenant) -> None:
    group = Group.objects.create(organisation=soer.organisation, name="Opptakskontoret")
    group.members.add(nord.caseworker)
    give(nord, employee=None, group=group)
    seen, page = answered(nord)
    assert (seen, bool(live_roles(nord.caseworker))) == ("no", False)
    assert "Opptakskontoret" not in page


def test_a_deleted_role_has_no_preview(nord: Tenant) -> None:
    delete_role(role=nord.role, by=nord.administrator, reason="Slått sammen")
    assert of(nord.administrator).get(role_page(nord)).status_code == 404


def test_an_employee_without_a_role_is_said_to_have_none(nord: Tenant) -> None:
    assert "Den ansatte er ikke gitt noen rolle." in answered(nord)[1]


def test_roles_in_an_organisation_that_is_not_the_administrators_are_not_told_of(nord: Tenant, soer: Tenant) -> None:
    RoleAssignment.objects.create(role=soer.role, employee=nord.caseworker)
    seen, page = answered(nord)
    assert seen == "no"
    assert "Den ansatte er ikke gitt noen rolle." in page


NOW = timezone.now()
PAST, FUTURE = NOW - timedelta(days=2), NOW + timedelta(days=2)
HINDRANCES: dict[str, tuple[str, dict[str, object], str]] = {
    "none": ("role", {}, "Har rollen nå."),
    "blocked": ("employee", {"is_active": False}, "Den ansatte er sperret."),
    "given later": ("given", {"valid_from": FUTURE}, "Tilgangen har ikke begynt å gjelde."),
    "withdrawn": ("given", {"valid_from": PAST, "valid_to": PAST + timedelta(days=1)}, "Tilgangen er avsluttet."),
    "groups only": ("organisation", {"groups_only": True}, "Virksomheten gir roller bare gjennom grupper."),
    "inactive": ("role", {"is_active": False}, "Rollen er ikke aktiv."),
    "role later": ("role", {"valid_from": FUTURE}, "Rollen har ikke begynt å gjelde."),
    "role over": ("role", {"valid_to": PAST}, "Rollen gjelder ikke lenger."),
    "organisation over": ("organisation", {"valid_to": PAST}, "Virksomheten har ikke tilgang nå."),
    "not for lookup": ("role", {"uses": ["CITIZEN_LIST"]}, "Rollen kan ikke brukes til oppslag."),
}


@pytest.mark.parametrize("hindrance", sorted(HINDRANCES))
def test_what_is_said_of_a_role_is_what_the_next_request_finds(nord: Tenant, hindrance: str) -> None:
    what, changes, sentence = HINDRANCES[hindrance]
    rows = {"role": nord.role, "employee": nord.caseworker, "organisation": nord.organisation, "given": give(nord)}
    for name, value in changes.items():
        setattr(rows[what], name, value)
    rows[what].save()
    seen, page = answered(nord)
    assert sentence in page
    nord.caseworker.refresh_from_db()
    assert (seen == "yes") == bool(live_roles(nord.caseworker, Use.SEARCH))


def test_a_preview_costs_few_queries_however_many_bases_there_are(
    nord: Tenant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        LegalBasis.objects.create(key=f"lov-{number}", statute=f"Lov {number}", section="§ 1", elements=["kjoenn"])
    nord.role.legal_bases.set(LegalBasis.objects.all())
    client = of(nord.administrator)
    with django_assert_max_num_queries(15):
        assert client.get(role_page(nord)).status_code == 200


def test_the_way_in_stands_on_the_role_and_on_the_employee(nord: Tenant) -> None:
    client = of(nord.administrator)
    role = client.get(f"/admin/roles/role/{nord.role.pk}/change/").content.decode()
    assert f'formaction="{role_page(nord)}"' in role
    employee = client.get(f"/admin/roles/employee/{nord.caseworker.pk}/change/").content.decode()
    assert employee_page(nord).partition("?")[0] in employee
