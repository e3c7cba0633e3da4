"""The administration of 400 organisations and 20,000 employees, 15,000 of them in one organisation: every list and form
is made with a few queries, and none is too long to read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from roles.models import AdministratorKind
from tests.roles.largehouse import LargeHouse, addresses, large_house

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
MOST_QUERIES = 25
MOST_BYTES = 300_000


@pytest.fixture
def house(catalogue: None) -> LargeHouse:
    return large_house()


def test_every_list_and_form_is_made_in_a_few_queries_and_none_draws_thousands(house: LargeHouse) -> None:
    paths = list(addresses(house))
    measured: dict[tuple[str, str], tuple[int, int]] = {}
    for kind in AdministratorKind:
        client = Client()
        client.force_login(house.administrators[kind])
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            if response.status_code == 200:
                measured[kind, path] = len(queries), len(response.content)
    assert len(measured) > 40, "too few pages to say anything"
    over = {page: size for page, size in measured.items() if size[0] > MOST_QUERIES or size[1] > MOST_BYTES}
    assert over == {}
