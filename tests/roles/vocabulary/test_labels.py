"""The columns of a label say what the envelope says, in its order."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import (
    Address,
    Bostedsadresse,
    Kontaktadresse,
    Oppholdsadresse,
    PostadresseIFrittFormat,
    Poststed,
    UkjentBosted,
)
from roles.policy.examples import EXAMPLES
from roles.vocabulary.envelope import AddressLines, address_lines
from roles.vocabulary.labels import LabelColumns, label_columns, label_of

SORTLAND = Poststed(postnummer="8400", poststedsnavn="SORTLAND")


@dataclass(frozen=True)
class Case:
    lines: AddressLines
    label: LabelColumns


CASES = {
    "a street": Case(
        AddressLines(("Storgata 5B",), "0840", "OSLO"), LabelColumns("", "Storgata 5B", "", "", "0840", "OSLO")
    ),
    "care of": Case(
        AddressLines(("c/o Trost", "Storgata 5B", "Bolig H0101"), "0840", "OSLO"),
        LabelColumns("c/o Trost", "Storgata 5B", "Bolig H0101", "", "0840", "OSLO"),
    ),
    "care of, as people write it": Case(
        AddressLines(("v/ Trost", "Storgata 5B"), "0840", "OSLO"),
        LabelColumns("v/ Trost", "Storgata 5B", "", "", "0840", "OSLO"),
    ),
    "many lines": Case(
        AddressLines(("En", "To", "Tre", "Fire"), "0840", "OSLO"),
        LabelColumns("", "En", "To", "Tre, Fire", "0840", "OSLO"),
    ),
    "abroad": Case(
        AddressLines(("Exempelgatan 1",), "111 22", "STOCKHOLM", ("Uppland",), "Sverige"),
        LabelColumns("", "Exempelgatan 1", "", "", "111 22", "STOCKHOLM, Uppland", "SVERIGE"),
    ),
    "nothing": Case(AddressLines(()), LabelColumns()),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_line_has_its_column(case: Case) -> None:
    assert label_columns(case.lines) == case.label


def every_address() -> list[AddressLines]:
    entries = [
        entry
        for example in EXAMPLES.values()
        for name in ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
        for entry in getattr(example.record, name)
    ]
    return [lines for entry in entries for lines in address_lines(entry)]


def test_the_columns_of_every_kind_of_address_are_the_lines_of_its_envelope() -> None:
    assert len(every_address()) > 10
    with translation.override("nb"):
        for lines in every_address():
            label = label_columns(lines)
            said, shown = (", ".join(filter(None, one)).replace(",", "") for one in (label, lines.envelope))
            assert said.casefold().split() == shown.casefold().split()


def test_an_unknown_address_is_none_and_the_next_is_taken() -> None:
    box = Kontaktadresse(
        erGjeldende=True,
        postadresseIFrittFormat=PostadresseIFrittFormat(adresselinje=("Postboks 7",), poststed=SORTLAND),
    )
    unknown: list[Address] = [
        Bostedsadresse(erGjeldende=True, ukjentBosted=UkjentBosted(bostedskommune="1870")),
        Oppholdsadresse(erGjeldende=True, adressenErUkjent=True),
    ]
    assert label_of(unknown) == LabelColumns()
    assert label_of([*unknown, box]).line_1 == "Postboks 7"
