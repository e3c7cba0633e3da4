"""Documents of the register's test environment, and whatever its schema allows, as a page: no code, every element."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings

from integrations.folkeregisteret.documents import PersonRecord, decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.parts import PersonPage
from lookup.personpage.presenters import person_page
from roles.policy.addressprotection import verdict
from roles.policy.fieldpolicy import restrict
from tests.contract.facts import samples
from tests.contract.test_any_document import persons
from tests.integrations.folkeregisteret.making import as_json
from tests.lookup.people import EVERYTHING, NOBODY, OPEN
from tests.lookup.personpage.reading import CODE, keys, texts

TODAY = date(2026, 11, 30)


def pages(record: PersonRecord) -> Iterator[PersonPage]:
    for elements in (EVERYTHING, OPEN):
        for may_open in (False, True):
            shown = restrict(record, elements=elements, protection=verdict(record, may_open=may_open))
            yield person_page(shown, asked=NOBODY, today=TODAY)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_a_real_document_is_a_page_without_a_code_and_with_every_element(path: Path, language: str) -> None:
    record = decode_person(path.read_bytes())
    with translation.override(language):
        for page in pages(record):
            assert not list(filter(CODE.search, texts(page)))
            assert sorted(keys(page)) == sorted(ELEMENTS)


@settings(max_examples=60, deadline=None)
@given(persons())
def test_whatever_the_schema_allows_is_a_page_with_every_element(person: dict[str, object]) -> None:
    with translation.override("nb"):
        for page in pages(decode_person(as_json(person))):
            assert sorted(keys(page)) == sorted(ELEMENTS)
            assert all(isinstance(text, str) for text in texts(page))
