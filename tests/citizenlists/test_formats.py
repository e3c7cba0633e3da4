"""The formats of a file, from the form to the download."""

import csv
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from pypdf import PdfReader

from citizenlists import tasks
from citizenlists.building import labels
from citizenlists.models import CitizenList, Failure, FileFormat, State
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/bestill/"
MAILED = ["navn", "bostedsadresse"]
FORM = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "2015",
    "born_to": "2016",
    "purpose": "Sak 26/1",
    "sorting": "name",
}


def sent(caseworker: Caseworker, **fields: object) -> HttpResponseBase:
    return caseworker.client.post(ADDRESS, FORM | {"form_id": str(uuid4())} | fields)


def built(caseworker: Caseworker, **fields: object) -> CitizenList:
    assert sent(caseworker, **fields).status_code == 302
    order = CitizenList.objects.get()
    tasks.build(str(order.pk))
    order.refresh_from_db()
    return order


def rows_of(caseworker: Caseworker, order: CitizenList) -> list[dict[str, str]]:
    text = body(caseworker.download(order.pk)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_a_csv_has_every_row_of_the_list(school: Caseworker, register: Register) -> None:
    order = built(school, elements=["identifikasjonsnummer", "navn"], file_format="csv")
    rows = rows_of(school, order)
    numbers = [row["Fødselsnummer eller d-nummer"] for row in rows]
    assert sorted(numbers) == sorted(register.unprotected("1870", (2015, 2016)))
    assert order.rows == len(rows) > 0


def test_labels_have_everybody_once_with_the_name_that_a_csv_has(school: Caseworker, register: Register) -> None:
    order = built(school, elements=MAILED, layout="letter", file_format="labels-3x7")
    pages = PdfReader(BytesIO(body(school.download(order.pk)))).pages
    assert sum(page.extract_text().count("SORTLAND") for page in pages) == order.rows > 0


def test_vaksine_has_the_columns_that_the_guide_says_and_no_other(school: Caseworker, register: Register) -> None:
    order = built(school, elements=["identifikasjonsnummer", *MAILED], file_format="vaccine")
    assert list(table(body(school.download(order.pk)))[0]) == [
        *("Fødselsnummer eller d-nummer", "Fornavn", "Mellomnavn", "Etternavn"),
        *("c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land"),
    ]


@pytest.mark.parametrize(
    ("file_format", "content_type", "ending"),
    [
        ("", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("csv", "text/csv; charset=utf-8", "csv"),
        ("labels-3x8", "application/pdf", "pdf"),
    ],
)
def test_a_file_says_what_it_is_and_its_name_tells_nothing(
    school: Caseworker, register: Register, file_format: str, content_type: str, ending: str
) -> None:
    order = built(school, elements=MAILED, layout="letter", file_format=file_format)
    answer = school.download(order.pk)
    name = "etiketter" if ending == "pdf" else "innbyggerliste"
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-{str(order.pk)[:8]}.{ending}"'
    assert answer["Cache-Control"].startswith("no-store, private")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(body(answer)) == int(answer["Content-Length"])


@pytest.mark.parametrize("file_format", ["csv", "labels-3x8"])
def test_the_file_of_another_organisations_list_is_not_to_be_had(
    school: Caseworker, neighbour: Caseworker, register: Register, file_format: str
) -> None:
    order = built(school, elements=MAILED, layout="letter", file_format=file_format)
    assert neighbour.download(order.pk).status_code == 404


@pytest.mark.parametrize("file_format", ["csv", "labels-3x8"])
def test_the_address_of_somebody_who_lives_with_a_protected_person_is_in_no_format(
    school: Caseworker, register: Register, file_format: str
) -> None:
    register.protect(register.number_of("vanlig-familie"))
    order = built(school, elements=MAILED, layout="letter", file_format=file_format, born_from="1950", born_to="2024")
    content = body(school.download(order.pk))
    if file_format == "csv":
        assert "" in [row["Adresselinje 1"] for row in rows_of(school, order)]
    else:
        assert "(uten adresse)" in " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"file_format": "labels-3x8"}, "Etiketter trenger oppsettet"),
        ({"file_format": "labels-3x8", "layout": "letter", "elements": [*MAILED, "kjoenn"]}, "Ta bort: Kjønn"),
        ({"file_format": "vaccine"}, "VAKSINE trenger fødselsnummer"),
        ({"file_format": "vaccine", "layout": "letter"}, "VAKSINE har sine egne kolonner"),
        ({"file_format": "vaccine", "elements": [*MAILED, "kjoenn"]}, "Ta bort: Kjønn"),
        ({"file_format": "docx"}, "Velg en av mulighetene"),
    ],
)
def test_what_a_format_cannot_have_is_said_at_its_field(
    school: Caseworker, chosen: dict[str, object], said: str
) -> None:
    answer = sent(school, **({"elements": MAILED} | chosen))
    assert answer.status_code == 422
    assert said in body(answer).decode()
    assert 'id="id_file_format_error"' in body(answer).decode()
    assert CitizenList.objects.count() == 0


def test_the_form_says_that_the_columns_of_vaksine_are_an_assumption(school: Caseworker) -> None:
    shown = body(school.client.get(ADDRESS)).decode()
    assert "Kolonnene i VAKSINE er vår antakelse" in shown
    assert all(str(label) in shown for label in FileFormat.labels)


def test_the_lists_page_says_what_a_workbook_says_about_the_list(school: Caseworker, register: Register) -> None:
    order = built(school, elements=MAILED, file_format="csv")
    shown = body(school.status(order.pk)).decode()
    for said in (
        "Havbris kommune",
        "Rollen til Saksbehandler skole",
        "Testloven § 1",
        "Sak 26/1",
        str(order.pk),
        "Laget",
    ):
        assert said in shown
    assert "Excel tar bort nuller foran tall" in shown


def test_more_labels_than_one_pdf_has_room_for_fail_the_order_in_words(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "MOST_LABELS", 1)
    order = built(school, elements=MAILED, layout="letter", file_format="labels-3x8")
    assert (order.state, order.failure) == (State.FAILED, Failure.TOO_MANY_LABELS)
    assert "flere etiketter enn én PDF kan ha" in body(school.status(order.pk)).decode()


def test_an_order_is_ordered_again_in_its_format(school: Caseworker, register: Register) -> None:
    order = built(school, elements=MAILED, file_format="csv")
    form = body(school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/")).decode()
    assert '<option value="csv" selected>' in form
