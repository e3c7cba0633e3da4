"""The catalogue's pages in the administration: out and in as a workbook, by the central administrator alone."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from fiksreg.demo.data import ADMINISTRATOR, CENTRAL_ADMINISTRATOR, PRIVACY_OFFICER
from roles.catalogue import uploads
from roles.models import CatalogueImport, Employee, LegalBasis
from tests.roles.catalogue.books import OPEN_ROW, ROW, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
CATALOGUE = "/admin/roles/legalbasis/"


def browser(label: str) -> Client:
    client = Client()
    client.force_login(Employee.objects.get(display_name=label))
    return client


def posted(client: Client, file: BytesIO) -> str:
    """Where the browser is sent after an upload, or the page that says why not."""
    sent = {"file": SimpleUploadedFile("hjemler.xlsx", file.getvalue())}
    response = client.post(f"{CATALOGUE}import/", sent)
    return response.headers.get("Location", "") or response.content.decode()


def test_the_catalogue_goes_out_changed_and_in_and_is_in_force() -> None:
    client = browser(CENTRAL_ADMINISTRATOR)
    out = client.get(f"{CATALOGUE}eksport/")
    assert out.headers["Content-Disposition"] == f'attachment; filename="lovhjemler-{timezone.localdate()}.xlsx"'
    workbook = load_workbook(BytesIO(out.content))
    sheet = workbook.worksheets[0]
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("BARNEHAGE"))
    row[8].value = "bekreftet"
    changed = BytesIO()
    workbook.save(changed)
    review = posted(client, changed)
    page = client.get(review).content.decode()
    assert "Endret (1)" in page
    assert "<del>Forslag</del>" in page
    assert client.post(review, follow=True).redirect_chain[-1][0] == CATALOGUE
    assert LegalBasis.objects.filter(status="CONFIRMED").count() == 1


def test_the_review_names_the_roles_and_employees_that_would_lose_something() -> None:
    client = browser(CENTRAL_ADMINISTRATOR)
    page = client.get(posted(client, book(OPEN_ROW, ROW))).content.decode()
    assert "Står ikke i filen og blir lukket (72)" in page
    for touched in ("Havbris kommune", "Barnehageopptak", "Saksbehandler barnehage", "Fjellro kommune"):
        assert touched in page
    assert LegalBasis.objects.filter(valid_to=None).count() == 72


def test_a_wrong_workbook_changes_nothing_and_says_where_it_is_wrong() -> None:
    page = posted(browser(CENTRAL_ADMINISTRATOR), book(OPEN_ROW, ROW | {"status": "?"}))
    assert "hjemler.xlsx ble ikke lest inn. Ingenting er endret." in page
    assert ">3</td>" in page
    assert ">I (status)</td>" in page
    assert not CatalogueImport.objects.exists()


def test_two_files_at_once_are_one_too_many_and_the_page_says_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "WAIT_SECONDS", 0)
    client = browser(CENTRAL_ADMINISTRATOR)
    file = {"file": SimpleUploadedFile("hjemler.xlsx", book(OPEN_ROW, ROW).getvalue())}
    with uploads._alone():
        told = client.post(f"{CATALOGUE}import/", file)
    assert (told.status_code, told.headers["Retry-After"]) == (503, "10")
    assert "En annen fil leses inn akkurat nå. Prøv igjen om litt." in told.content.decode()
    assert not CatalogueImport.objects.exists()
    assert posted(client, book(OPEN_ROW, ROW)).startswith(f"{CATALOGUE}import/")


@pytest.mark.parametrize("label", [ADMINISTRATOR, PRIVACY_OFFICER])
def test_other_administrators_read_the_catalogue_and_cannot_import(label: str) -> None:
    client = browser(label)
    assert client.get(CATALOGUE).status_code == 200
    assert client.get(f"{CATALOGUE}eksport/").status_code == 200
    assert f"{CATALOGUE}import/" not in client.get(CATALOGUE).content.decode()
    assert client.get(f"{CATALOGUE}import/").status_code == 403
    assert "<html" in posted(client, book(ROW))
    assert not CatalogueImport.objects.exists()


def test_an_upload_of_anothers_making_cannot_be_opened_without_the_right() -> None:
    review = posted(browser(CENTRAL_ADMINISTRATOR), book(OPEN_ROW, ROW))
    for method in ("get", "post"):
        assert getattr(browser(ADMINISTRATOR), method)(review).status_code == 403
    assert LegalBasis.objects.count() == 72


def test_an_upload_that_never_was_does_not_exist() -> None:
    unknown = f"{CATALOGUE}import/00000000-0000-4000-8000-000000000000/"
    assert browser(CENTRAL_ADMINISTRATOR).get(unknown).status_code == 404


def test_the_central_administrator_sees_the_catalogue_and_nobodys_roles() -> None:
    client = browser(CENTRAL_ADMINISTRATOR)
    index = client.get("/admin/").content.decode()
    assert CATALOGUE in index
    assert "/admin/roles/role/" not in index
    assert client.get("/admin/roles/role/").status_code == 403
    assert client.get("/oppslag/").status_code == 403


def test_a_proposal_is_marked_on_the_role_form() -> None:
    client = browser(ADMINISTRATOR)
    role = Employee.objects.get(display_name="Saksbehandler barnehage").assignments.earliest("given_at").role_id
    assert "– forslag" in client.get(f"/admin/roles/role/{role}/change/").content.decode()
