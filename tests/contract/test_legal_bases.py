"""Our catalogue of legal bases against the rows that were read in the acts themselves, where they are at hand."""

import csv
import re
from collections.abc import Mapping
from functools import cache

import pytest

from roles.catalogue.datafiles import BasisRow, read_catalogue
from tests.contract.conftest import SHARED

CHECKED = SHARED.parent / "fiks" / "lovhjemler-checked.csv"

pytestmark = pytest.mark.skipif(not CHECKED.exists(), reason=f"the rows that were read are not here: {CHECKED}")
#: What tells one row from the others.
Place = tuple[str, str, str]


@cache
def checked() -> Mapping[Place, Mapping[str, str]]:
    with CHECKED.open(encoding="utf-8", newline="") as file:
        return {_place_of(row): row for row in csv.DictReader(file)}


def _place_of(row: Mapping[str, str]) -> Place:
    found = re.fullmatch(r"([A-Z_]+|\*)(?: \((.*)\))?", row["tjenesteomraade"])
    assert found is not None
    return found[1], (found[2] or "").casefold(), row["lov"]


@cache
def ours() -> Mapping[Place, BasisRow]:
    bases = read_catalogue().bases.values()
    return {(area, basis.note.casefold(), basis.statute): basis for basis in bases for area in basis.areas}


def test_the_catalogue_has_the_rows_that_were_read_and_no_others() -> None:
    assert ours().keys() == checked().keys()
    assert len(ours()) == len(read_catalogue().bases)


@pytest.mark.parametrize("fact", ["paragraf", "taushetsbelagt", "opplysninger", "status", "basis_kind", "text_checked"])
def test_each_row_says_what_was_read(fact: str) -> None:
    said = {place: _said(basis)[fact] for place, basis in ours().items()}
    assert said == {place: row[fact] for place, row in checked().items()}


def test_each_row_names_the_version_that_was_read() -> None:
    assert {place: basis.version for place, basis in ours().items()} == {
        place: row["source_act_version"] for place, row in checked().items()
    }


def test_what_each_section_says_is_said_in_words_of_our_own() -> None:
    theirs = {row["says"] for row in checked().values()}
    assert all(basis.says and basis.says not in theirs for basis in ours().values())


def _said(basis: BasisRow) -> Mapping[str, str]:
    return {
        "paragraf": basis.section,
        "taushetsbelagt": "ja" if basis.confidential else "nei",
        "opplysninger": ";".join(basis.elements),
        "status": basis.status,
        "basis_kind": basis.kind,
        "text_checked": "yes" if basis.text_read else "no",
    }
