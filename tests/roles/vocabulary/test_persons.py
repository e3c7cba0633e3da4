"""Names of persons."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import (
    Folkeregisterpersonnavn,
    IdentifiserendeInformasjon,
    Personnavn,
    RelatertBiPerson,
)
from roles.vocabulary.persons import described_name, full_name


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


@pytest.mark.parametrize("kind", [Personnavn, Folkeregisterpersonnavn])
def test_a_full_name_is_its_parts_in_order(kind: type[Personnavn | Folkeregisterpersonnavn]) -> None:
    assert full_name(kind(fornavn="MILD", mellomnavn="SKY", etternavn="VIND")) == "MILD SKY VIND"
    assert full_name(kind(fornavn="MILD", etternavn="VIND")) == "MILD VIND"
    assert full_name(kind()) == full_name(None) == ""


def test_a_person_without_a_number_has_a_name_or_a_text_that_says_there_is_none() -> None:
    name = Personnavn(fornavn="MILD", etternavn="VIND")
    assert described_name(RelatertBiPerson(navn=name)) == "MILD VIND"
    assert described_name(IdentifiserendeInformasjon(personnavn=name)) == "MILD VIND"
    assert described_name(RelatertBiPerson()) == "Uten navn"
