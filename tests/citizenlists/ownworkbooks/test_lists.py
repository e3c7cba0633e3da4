"""Lists that are written into an organisation's own workbook."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from citizenlists import tasks
from citizenlists.models import CitizenList, OwnWorkbook, State
from citizenlists.ownworkbooks.choosing import OWN
from integrations.spreadsheets.stream import ABOUT_SHEET
from roles.models import AdministratorKind, Administratorship, Organisation
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.ownworkbooks.made import FIRST, own_workbook
from tests.citizenlists.register import Register
from tests.roles.tenants import tenant

pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/bestill/"
ELEMENTS = ["navn", "foedsel"]


def workbook_of(organisation: Organisation, name: str = "Brevmal") -> OwnWorkbook:
    by = tenant("Administrator").administrator
    Administratorship.objects.create(employee=by, organisation=organisation, kind=AdministratorKind.ORGANISATION)
    return own_workbook(organisation, by=by, name=name)


def sent(caseworker: Caseworker, **fields: object) -> HttpResponseBase:
    (kommune,) = caseworker.role.organisation.kommuner
    form = {"template": "fritt-utvalg", "kommune": kommune, "born_from": "2015", "born_to": "2016", "purpose": "Sak 1"}
    return caseworker.client.post(ADDRESS, {**form, "form_id": str(uuid4()), "sorting": "name", **fields})


def test_a_list_in_an_own_workbook_has_everybody_and_the_page_about_the_list(
    school: Caseworker, register: Register
) -> None:
    workbook = workbook_of(school.role.organisation)
    assert sent(school, elements=ELEMENTS, file_format=f"{OWN}{workbook.pk}").status_code == 302
    order = CitizenList.objects.get()
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY
    book = load_workbook(BytesIO(body(school.download(order.pk))))
    rows = list(book["Brev"].iter_rows(min_row=FIRST, max_col=3, values_only=True))
    assert len(rows) == order.rows == len(register.unprotected("1870", (2015, 2016)))
    assert {row[2].year for row in rows} == {2015, 2016}
    assert book["Brev"]["A1"].value == "Havbris kommune"
    assert "Sak 1" in [row[1].value for row in book[ABOUT_SHEET].rows]
    assert "Brevmal" in body(school.status(order.pk)).decode()
    again = body(school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/")).decode()
    assert f'<option value="{OWN}{workbook.pk}" selected>' in again


def test_the_pages_of_lists_do_not_read_the_workbooks(
    school: Caseworker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workbook = workbook_of(school.role.organisation)
    for purpose in ("Sak 1", "Sak 2"):
        sent(school, elements=ELEMENTS, file_format=f"{OWN}{workbook.pk}", purpose=purpose)
    order = CitizenList.objects.first()
    assert order is not None
    for address in ("/innbyggerlister/", f"/innbyggerlister/{order.pk}/"):
        with django_assert_max_num_queries(60) as asked:
            school.client.get(address)
        assert not [query for query in asked if '"shell"' in query["sql"]]


def test_only_the_organisations_own_active_workbooks_are_offered(school: Caseworker, neighbour: Caseworker) -> None:
    workbook = workbook_of(school.role.organisation)
    assert "Excel: Brevmal" in body(school.client.get(ADDRESS)).decode()
    assert "Excel: Brevmal" not in body(neighbour.client.get(ADDRESS)).decode()
    refused = sent(neighbour, elements=ELEMENTS, file_format=f"{OWN}{workbook.pk}")
    assert refused.status_code == 422
    OwnWorkbook.objects.update(is_active=False)
    assert "Excel: Brevmal" not in body(school.client.get(ADDRESS)).decode()
    assert sent(school, elements=ELEMENTS, file_format=f"{OWN}{workbook.pk}").status_code == 422
    assert not CitizenList.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"elements": ["navn"]}, "Arbeidsboken har kolonner som listen ikke har: Fødselsdato."),
        ({"elements": [*ELEMENTS, "kjoenn"]}, "Arbeidsboken viser ikke: Kjønn."),
    ],
)
def test_what_does_not_fit_the_workbook_is_said_at_the_format(
    school: Caseworker, fields: dict[str, object], said: str
) -> None:
    workbook = workbook_of(school.role.organisation)
    answer = sent(school, **fields, file_format=f"{OWN}{workbook.pk}")
    assert answer.status_code == 422
    assert said in body(answer).decode()
    assert 'id="id_file_format_error"' in body(answer).decode()


def test_what_an_order_gives_is_said_with_the_headings_of_the_workbook(school: Caseworker) -> None:
    workbook = workbook_of(school.role.organisation)
    (kommune,) = school.role.organisation.kommuner
    years = {"born_from": "2015", "born_to": "2016"}
    form = {"template": "fritt-utvalg", "kommune": kommune, **years, "purpose": "Sak 1", "elements": ELEMENTS}
    chosen = {"form_id": str(uuid4()), "file_format": f"{OWN}{workbook.pk}"}
    answer = school.client.post(f"{ADDRESS}se-over/", {**form, **chosen})
    told = " ".join(body(answer).decode().split())
    assert ", ".join(workbook.headers) in told
