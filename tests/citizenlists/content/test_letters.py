"""Letters to an address of every kind, whoever gets them: the columns of the file are the lines of the envelope."""

import json
from datetime import date

import pytest
from django.utils import translation

from citizenlists.building import pipeline
from citizenlists.building.pipeline import Households
from citizenlists.building.sorting import arranged
from citizenlists.content.criteria import ListCriteria
from citizenlists.content.layouts import LETTER_ELEMENTS, TO_GUARDIANS
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList, Layout, RowsPer
from integrations.folkeregisteret.documents import decode_person
from roles.disclosure import ManyDisclosed
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import PermittedRecord, restrict
from tests.citizenlists.building.test_sorting import Held
from tests.roles.vocabulary.addressesofeverykind import KINDS, Kind

ELEMENTS = ("navn", "foreldreansvar", "foedsel", *LETTER_ELEMENTS)
GUARDIAN = "03865032144"
LABEL = ("c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land")
UNKNOWN = ("Ukjent bosted", "Adressen er ukjent")
LETTERS = {name: kind for name, kind in KINDS.items() if kind.element in LETTER_ELEMENTS}
each_kind = pytest.mark.parametrize("kind", LETTERS.values(), ids=LETTERS.keys())


def person(name: str, kind: Kind | None = None, **more: object) -> PermittedRecord:
    document: dict[str, object] = {"navn": [{"erGjeldende": True, "fornavn": name, "etternavn": "SKY"}], **more}
    if kind:
        document[kind.element] = [{"erGjeldende": True, "adressegradering": "ugradert", **kind.holds}]
    record = decode_person(json.dumps(document).encode())
    # Like this an unknown residence comes to a role that may see gradings, too.
    return restrict(record, elements=frozenset({*ELEMENTS, "adressebeskyttelse"}), protection=UNPROTECTED)


def rows_of(disclosed: ManyDisclosed, rows_per: str, layout: str = Layout.LETTER) -> list[dict[str, object]]:
    order = CitizenList(elements=list(ELEMENTS), layout=layout, rows_per=rows_per)
    sheet, criteria = sheet_of(order), ListCriteria("1870", 1900, date.max.year)
    made = tuple(pipeline.rows(disclosed, sheet.stored, criteria, sheet.of_guardians))
    chunks = [pipeline.Chunk(made, frozenset(), frozenset())]
    read = arranged(lambda: pipeline.lines(chunks, sheet, Households(frozenset(), tells=True)), sheet, Held())
    headers = [column.header for column in sheet.shown]
    return [dict(zip(headers, cells, strict=True)) for cells in pipeline.sheet_rows(read(), sheet)]


def written_to(kind: Kind, rows_per: str) -> list[dict[str, object]]:
    """The letters where somebody has this address: a person of the list, or who answers for one."""
    if rows_per not in TO_GUARDIANS:
        return rows_of(ManyDisclosed((person("KARI", kind),), 0, frozenset()), rows_per)
    held = [{"erGjeldende": True, "ansvar": "mor", "ansvarlig": GUARDIAN}]
    child = person("LISE", foreldreansvar=held)
    return rows_of(ManyDisclosed((child,), 0, frozenset(), guardians={GUARDIAN: person("KARI", kind)}), rows_per)


@pytest.mark.parametrize("rows_per", RowsPer)
@each_kind
def test_the_label_is_the_envelope_of_the_page(kind: Kind, rows_per: str) -> None:
    with translation.override("nb"):
        envelope = [] if set(kind.envelope) <= set(UNKNOWN) else list(kind.envelope)
    (row,) = written_to(kind, rows_per)
    shown = ", ".join(str(row[header]) for header in LABEL if row[header])
    assert shown.replace(",", "").casefold().split() == ", ".join(envelope).replace(",", "").casefold().split()
    to_guardian = rows_per in TO_GUARDIANS and not envelope
    assert row["Navn"] == ("Foresatte til LISE SKY" if to_guardian else "KARI SKY")


@each_kind
def test_a_label_is_written_as_posten_wants_it(kind: Kind) -> None:
    """Who has the mailbox before the street; in Norway nothing but the code and the place on the last line; abroad the
    country last, in capitals."""
    (row,) = written_to(kind, RowsPer.PERSON)
    lines = [str(row[header] or "") for header in LABEL]
    country = lines[-1]
    assert country == country.upper()
    assert not any(line.casefold().startswith("c/o") for line in lines[1:])
    if not country and row["Postnummer"]:
        assert str(row["Postnummer"]).isdigit()
        assert "," not in str(row["Poststed"])
