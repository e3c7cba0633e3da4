"""What a supplier is told about a role: all it needs to call, and nothing that is secret."""

import shlex
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from roles.integrations import create_integration
from roles.models import Integration, Role
from roles.services import give_role
from roles.supplierinfo import SupplierInfo, supplier_info
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
BASE = "https://fiksreg.example"


@pytest.fixture
def nord() -> Tenant:
    return tenant("Nord")


def case_system(where: Tenant) -> Integration:
    integration, _password = create_integration(
        organisation=where.organisation, name="Opptak", maskinporten_organisation="310000019", by=where.administrator
    )
    give_role(role=where.role, integration=integration, by=where.administrator)
    return integration


def told(where: Tenant, *elements: str) -> SupplierInfo:
    Role.objects.filter(pk=where.role.pk).update(elements=elements)
    info = supplier_info(case_system(where), where.role.pk, base_url=BASE)
    assert info
    return info


def test_the_parts_are_those_that_bring_what_the_role_opens_each_once(nord: Tenant) -> None:
    info = told(nord, "navn", "bostedsadresse", "bostedsadresse.kretser")
    assert info.parts == ["navn", "bostedsadresse"]


def test_a_chosen_element_that_no_basis_of_the_role_opens_is_no_allowed_part(nord: Tenant) -> None:
    assert told(nord, "navn", "familierelasjon").parts == ["navn"]


def test_the_curl_line_calls_the_role_with_its_parts_and_leaves_the_secrets_to_the_shell(nord: Tenant) -> None:
    info = told(nord, "navn", "foedsel")
    words = shlex.split(info.curl)
    assert [words[at + 1] for at, word in enumerate(words) if word == "--header"] == [
        "Authorization: Bearer $TOKEN",
        f"IntegrasjonId: {info.integration_id}",
        "IntegrasjonPassord: $INTEGRASJON_PASSORD",
    ]
    address = urlsplit(words[-1])
    assert address.path == f"/folkeregister/api/v1/{nord.role.pk}/v1/personer/$FOEDSELSNUMMER"
    assert parse_qs(address.query) == {"part": ["navn", "foedsel"]}


def test_a_role_that_opens_nothing_has_nothing_to_call(nord: Tenant) -> None:
    info = told(nord)
    assert (info.parts, info.curl) == ([], "")


def test_nothing_is_told_about_a_role_the_integration_does_not_hold_now(nord: Tenant) -> None:
    soer = tenant("Sør")
    integration = case_system(nord)
    assert supplier_info(integration, soer.role.pk, base_url=BASE) is None
    Role.objects.filter(pk=nord.role.pk).update(is_active=False)
    assert supplier_info(integration, nord.role.pk, base_url=BASE) is None


def test_the_page_has_it_all_and_the_neighbours_answers_as_one_that_never_was(nord: Tenant) -> None:
    soer = tenant("Sør")
    own, foreign = case_system(nord), case_system(soer)
    client = Client()
    client.force_login(nord.administrator)
    listed = client.get(f"/admin/roles/integration/{own.pk}/change/").content.decode()
    address = f"/admin/roles/integration/{own.pk}/leverandor/{nord.role.pk}/"
    assert address in listed
    page = client.get(address).content.decode()
    assert all(text in page for text in (str(own.pk), str(nord.role.pk), "<code>navn</code>", "curl "))
    assert own.password_digest not in page
    for address in (f"{foreign.pk}/leverandor/{soer.role.pk}", f"{own.pk}/leverandor/{soer.role.pk}"):
        assert client.get(f"/admin/roles/integration/{address}/").status_code == 404
