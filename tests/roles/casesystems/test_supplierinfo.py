"""The information for a supplier: everything that calls in a role need, and no secret."""

from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.test import Client

from integrations.folkeregisteret.elements import ELEMENTS
from roles.casesystems.integrations import create_integration
from roles.casesystems.supplierinfo import SupplierInfo, curl_line, supplier_info
from roles.granting.assignments import give_role
from roles.models import Integration, Role
from tests.roles.shell import after, given_to_curl
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db
BASE = "https://fiksreg.example"


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


def test_each_part_of_the_elements_that_the_role_opens_is_listed_once(nord: Tenant) -> None:
    info = told(nord, "navn", "bostedsadresse", "bostedsadresse.kretser")
    assert info.parts == ["navn", "bostedsadresse"]


def test_a_chosen_element_that_no_basis_of_the_role_opens_is_no_allowed_part(nord: Tenant) -> None:
    assert told(nord, "navn", "familierelasjon").parts == ["navn"]


def test_a_shell_calls_the_role_with_its_parts_and_the_secrets_it_was_given(nord: Tenant) -> None:
    info = told(nord, "navn", "foedsel")
    words = given_to_curl(info.curl)
    assert after(words, "--header") == [
        "Authorization: Bearer et-token",
        f"IntegrasjonId: {info.integration_id}",
        "IntegrasjonPassord: et passord",
    ]
    assert "--get" in words
    assert parse_qs("&".join(after(words, "--data"))) == {"part": ["navn", "foedsel"]}
    assert words[-1] == f"{BASE}/folkeregister/api/v1/{nord.role.pk}/v1/personer/et-nummer"


def test_a_call_for_all_parts_has_short_lines_and_each_part_once() -> None:
    parts = list(dict.fromkeys(element.part for element in ELEMENTS.values()))
    call = curl_line(f"{BASE}/folkeregister", uuid4(), parts)
    assert max(len(line) for line in call.splitlines()) <= 80
    assert parse_qs("&".join(after(given_to_curl(call), "--data"))) == {"part": parts}


def test_a_role_that_opens_nothing_has_nothing_to_call(nord: Tenant) -> None:
    info = told(nord)
    assert (info.parts, info.curl) == ([], "")


def test_there_is_no_sheet_for_a_role_that_the_integration_does_not_hold(nord: Tenant) -> None:
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
