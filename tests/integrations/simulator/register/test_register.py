"""The register in memory: what others build on, without a door between."""

import pytest

from integrations.simulator.population.documents import document_of
from integrations.simulator.population.population import populate
from integrations.simulator.register.founding import found
from integrations.simulator.register.register import Register
from tests.integrations.simulator.door import Document

KOMMUNER = ("1870", "4640")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [document_of(resident) for resident in populate("1", size=120, kommuner=KOMMUNER).residents]


@pytest.fixture(scope="module")
def filled() -> Register:
    return found("1", size=120, kommuner=KOMMUNER).register


def current_number(document: Document) -> str:
    return str(document["identifikasjonsnummer"][0]["foedselsEllerDNummer"])


def test_the_numbers_come_in_the_order_of_entry(filled: Register, documents: list[Document]) -> None:
    assert list(filled.numbers()) == [current_number(document) for document in documents]
    assert len(filled) == len(documents)


def test_a_document_is_whole_and_as_it_was_put_in(filled: Register, documents: list[Document]) -> None:
    for document in documents:
        assert filled.document(current_number(document)) == document


def test_a_former_number_leads_to_the_document_of_the_person_carried_on(
    filled: Register, documents: list[Document]
) -> None:
    rows = [(current_number(document), document["identifikasjonsnummer"][1:]) for document in documents]
    former = [(number, row["foedselsEllerDNummer"]) for number, rest in rows for row in rest]
    assert former
    for number, earlier in former:
        assert filled.document(earlier) == filled.document(number)


def test_an_unknown_number_has_no_document(filled: Register) -> None:
    with pytest.raises(KeyError):
        filled.document("00000000000")
