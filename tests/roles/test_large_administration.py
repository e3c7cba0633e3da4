"""The administration of 400 organisations, 20,000 employees and 2,000 roles: every list and form in a few queries."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from roles.models import AdministratorKind
from tests.roles.largehouse import LargeHouse, addresses, large_house

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
MOST_QUERIES = 25


@pytest.fixture
def house() -> LargeHouse:
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    return large_house()


def test_every_list_and_form_is_made_in_a_few_queries(house: LargeHouse) -> None:
    paths = list(addresses(house))
    counted: dict[tuple[str, str], int] = {}
    for kind in AdministratorKind:
        client = Client()
        client.force_login(house.administrators[kind])
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = client.get(path)
            if response.status_code == 200:
                counted[kind, path] = len(queries)
    assert len(counted) > 40, "too few pages to say anything"
    assert {page: count for page, count in counted.items() if count > MOST_QUERIES} == {}
