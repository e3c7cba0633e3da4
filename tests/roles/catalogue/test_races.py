"""Two who change the catalogue at the same moment: a test for each lock, which fails without the lock."""

import pytest

from roles.catalogue.importing import confirm_upload, read_upload, store_upload
from roles.catalogue.requests import answer_request, ask_for_area
from roles.models import (
    RequestState,
    ServiceAreaRequest,
)
from tests.racing import race
from tests.roles.catalogue.books import OPEN_ROW, book
from tests.roles.rivals import events, refused
from tests.roles.tenants import Tenant, central_administrator, kindergarten, open_basis

pytestmark = pytest.mark.django_db


def test_a_catalogue_is_imported_once() -> None:
    central, other = central_administrator("En"), central_administrator("To")
    kindergarten()
    upload = store_upload(contents=read_upload(book(OPEN_ROW)), file_name="x.xlsx", by=central)
    _first, second = race(
        lambda: confirm_upload(upload=upload, by=central), lambda: confirm_upload(upload=upload, by=other)
    )
    assert (refused(second), events("role:catalogue:changed")) == (True, 1)


def test_of_two_catalogues_the_second_is_compared_with_what_the_first_made() -> None:
    central = central_administrator()
    open_basis()
    first, second = (
        store_upload(contents=read_upload(book(OPEN_ROW | {"opplysninger": elements})), file_name="x.xlsx", by=central)
        for elements in ("navn", "navn; foedsel")
    )
    _first, late = race(
        lambda: confirm_upload(upload=first, by=central), lambda: confirm_upload(upload=second, by=central)
    )
    assert refused(late)


def test_a_wish_is_answered_once(nord: Tenant) -> None:
    wish = ask_for_area(
        organisation=nord.organisation, name="Havn", statute="§ 1", reason="Gebyr", by=nord.administrator
    )
    central = central_administrator()

    def answer(text: str) -> ServiceAreaRequest:
        return answer_request(request=wish, state=RequestState.REFUSED, answer=text, service_area=None, by=central)

    _first, second = race(lambda: answer("Nei"), lambda: answer("Jo"))
    assert (refused(second), ServiceAreaRequest.objects.get().answer) == (True, "Nei")
