"""An address reads the same on the page and in a list: one table over every kind of address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from citizenlists import addresslines
from integrations.folkeregisteret.documents import decode_person
from lookup.personpage.elements import PRESENT
from tests.integrations.folkeregisteret.making import as_json
from tests.roles.addressesofeverykind import KINDS, Kind


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def entry(kind: Kind) -> Any:
    return getattr(
        decode_person(as_json({kind.element: [kind.holds | {"adressegradering": "ugradert"}]})), kind.element
    )[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_page_shows_the_envelope(kind: Kind) -> None:
    assert kind.envelope in [row.lines for row in PRESENT[kind.element](entry(kind))]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_columns_of_a_list_say_what_the_page_says(kind: Kind, language: str) -> None:
    with translation.override(language):
        columns = [
            read(addresslines.lines_of(entry(kind)))
            for read in (addresslines.street, addresslines.postal_code, addresslines.postal_place)
        ]
    assert sorted(words(*(text for text in columns if text))) == sorted(words(*kind.envelope))


def words(*texts: str) -> list[str]:
    return [word for text in texts for word in text.replace(",", " ").split()]


def test_a_cadastral_number_is_called_what_it_is() -> None:
    rows = list(PRESENT["bostedsadresse"](entry(KINDS["a farm"])))
    assert [str(row.label) for row in rows] == ["Matrikkeladresse", "Kommune"]
