"""The administration's pages of own workbooks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from citizenlists.models import OwnWorkbook
from tests.citizenlists.ownworkbooks.made import dressed, own_workbook
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db

LIST = "/admin/citizenlists/ownworkbook/"


def sent(where: Tenant, content: bytes) -> dict[str, object]:
    file = SimpleUploadedFile("mal.xlsx", content)
    return {"organisation": str(where.organisation.pk), "name": "Brevmal", "file": file, "reason": "Sak 2026/5"}


def browser(where: Tenant) -> Client:
    client = Client()
    client.force_login(where.administrator)
    return client


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_an_administrator_uploads_a_workbook_and_takes_it_out_of_use() -> None:
    nord = tenant("Nord")
    client = browser(nord)
    assert 'enctype="multipart/form-data"' in text(client.get(f"{LIST}add/"))
    assert client.post(f"{LIST}add/", sent(nord, dressed())).status_code == 302
    made = OwnWorkbook.objects.get()
    assert (made.name, made.headers, made.is_active) == ("Brevmal", ["Etternavn", "Fornavn", "Fødselsdato"], True)
    assert "Etternavn, Fornavn, Fødselsdato" in text(client.get(f"{LIST}{made.pk}/change/"))
    changed = {"name": "Brevmal 2026", "reason": "Sak 2026/6"}
    assert client.post(f"{LIST}{made.pk}/change/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Brevmal 2026", False)
    history = text(client.get(f"{LIST}{made.pk}/history/"))
    for said in ("Arbeidsbok for lister lastet opp", "Arbeidsbok for lister endret", "Sak 2026/6"):
        assert said in history


def test_every_fault_is_said_at_the_file_and_what_was_typed_is_kept() -> None:
    nord = tenant("Nord")
    answer = browser(nord).post(f"{LIST}add/", sent(nord, dressed(columns=("{Etternamn}", "{Fornamn}"))))
    assert answer.status_code == 200
    for said in ("Brev!A5: Ingen liste har denne kolonnen.", "Brev!B5: Ingen liste", 'value="Brevmal"', "Sak 2026/5"):
        assert said in text(answer)
    assert not OwnWorkbook.objects.exists()


def test_a_name_is_taken_once() -> None:
    nord = tenant("Nord")
    own_workbook(nord.organisation, by=nord.administrator)
    answer = browser(nord).post(f"{LIST}add/", sent(nord, dressed()))
    assert "Virksomheten har alt en arbeidsbok med dette navnet" in text(answer)
    assert OwnWorkbook.objects.count() == 1


def test_a_workbook_of_another_organisation_is_neither_seen_nor_added() -> None:
    nord, south = tenant("Nord"), tenant("Sør")
    made = own_workbook(south.organisation, by=south.administrator)
    assert browser(nord).get(f"{LIST}{made.pk}/change/").status_code in (302, 403, 404)
    answer = browser(nord).post(f"{LIST}add/", {**sent(nord, dressed()), "organisation": str(south.organisation.pk)})
    assert answer.status_code == 200
    assert list(OwnWorkbook.objects.all()) == [made]
