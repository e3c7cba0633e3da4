"""Names of elements and codes."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from django.utils import translation

from integrations.folkeregisteret import documents
from integrations.folkeregisteret.codes import Codes, codes_of
from integrations.folkeregisteret.elements import CONFIDENTIAL_STATUSES, ELEMENTS, UMBRELLA_STATUS
from roles.vocabulary import CODE_NAMES, ELEMENT_NAMES, code_name, element_name
from roles.vocabulary.guardianwords import governor_name
from tests.roles.vocabulary.openlists import COUNTIES, OPEN_LISTS


def test_every_element_has_a_name_of_its_own() -> None:
    assert set(ELEMENT_NAMES) == set(ELEMENTS)
    with translation.override("nb"):
        assert len({element_name(key) for key in ELEMENTS}) == len(ELEMENTS)


def test_every_status_has_a_name() -> None:
    assert set(CODE_NAMES["status"]) >= {*CONFIDENTIAL_STATUSES, UMBRELLA_STATUS}


def test_a_code_that_is_new_to_us_is_said_to_be_unknown_and_never_shown() -> None:
    with translation.override("nb"):
        assert code_name("status", "heltNy") == "Ukjent kode"
        assert code_name("etNyttFelt", "kode") == "Ukjent kode"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_code_of_a_document_has_a_name_in_every_language(language: str) -> None:
    with translation.override(language):
        for field, listed in fields_with_codes():
            names = {code: code_name(field, code) for code in listed}
            unnamed = {code for code, name in names.items() if name == code_name("", "") or looks_like_a_code(name)}
            assert not unnamed, field


def test_each_code_has_its_name_as_its_list_writes_it_and_no_other_code_has_one() -> None:
    lists = defaultdict(set[str], {field: set(codes) for field, codes in OPEN_LISTS.items()})
    for field, codes in fields_with_codes():
        lists[field] |= codes
    assert {field: set(names) for field, names in CODE_NAMES.items()} == lists


@pytest.mark.parametrize("style", [str.upper, str.lower, lambda code: f" {code} "])
def test_a_code_has_its_name_however_it_is_written(style: Callable[[str], str]) -> None:
    for field, names in CODE_NAMES.items():
        assert all(code_name(field, style(code)) == str(name) for code, name in names.items()), field


def looks_like_a_code(name: str) -> bool:
    return bool(re.search(r"[a-zæøå][A-ZÆØÅ]|_", name)) or not name[:1].isupper()


def fields_with_codes() -> Iterator[tuple[str, Codes]]:
    """Every closed list in the documents, by the field as the vocabulary names it."""
    kinds = (kind for kind in vars(documents).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct))
    for kind in kinds:
        for field, hint in get_type_hints(kind).items():
            listed_ = next(filter(None, map(codes_of, _leaves(hint))), None)
            if listed_:
                yield ("identifikasjonsnummer.status" if "iBruk" in listed_ else field), listed_


def _leaves(hint: Any) -> Iterator[Any]:
    yield hint
    if get_origin(hint) is not Literal:
        for inner in get_args(hint):
            yield from _leaves(inner)


@pytest.mark.parametrize(
    ("code", "bokmal", "nynorsk", "english"),
    [
        ("statsforvalterenITroendelag", "Statsforvalteren i Trøndelag", "Statsforvaltaren i Trøndelag", "Trøndelag"),
        ("statsforvaltarenIMoereOgRomsdal", "Statsforvalteren i Møre og Romsdal", "Statsforvaltaren i Møre og Romsdal",
         "Møre og Romsdal"),
        ("statsforvaltarenIVestfoldOgTelemark", "Statsforvalteren i Vestfold og Telemark",
         "Statsforvaltaren i Vestfold og Telemark", "Vestfold og Telemark"),
        ("STATSFORVALTEREN_I_OSLO_OG_VIKEN", "Statsforvalteren i Oslo og Viken", "Statsforvaltaren i Oslo og Viken",
         "Oslo og Viken"),
        ("statsforvalterenIOestfoldBuskerudOsloOgAkershus", "Statsforvalteren i Østfold, Buskerud, Oslo og Akershus",
         "Statsforvaltaren i Østfold, Buskerud, Oslo og Akershus", "Østfold, Buskerud, Oslo og Akershus"),
        ("fylkesmannenISognOgFjordane", "Fylkesmannen i Sogn og Fjordane", "Fylkesmannen i Sogn og Fjordane",
         "Sogn og Fjordane"),
        ("fylkesmannenINordTroendelag", "Fylkesmannen i Nord-Trøndelag", "Fylkesmannen i Nord-Trøndelag", "Trøndelag"),
    ],
)  # fmt: skip
def test_a_county_governor_is_called_what_the_county_is_called(
    code: str, bokmal: str, nynorsk: str, english: str
) -> None:
    for language, name in (("nb", bokmal), ("nn", nynorsk)):
        with translation.override(language):
            assert governor_name(code) == name
    with translation.override("en"):
        assert english in governor_name(code)


@pytest.mark.parametrize("county", COUNTIES)
def test_each_county_has_had_a_governor(county: str) -> None:
    with translation.override("nb"):
        assert governor_name(f"statsforvalterenI{county}") == f"Statsforvalteren i {COUNTIES[county]}"
        assert governor_name(f"fylkesmannenI{county}") == f"Fylkesmannen i {COUNTIES[county]}"


@pytest.mark.parametrize("code", ["statsforvalterenIAtlantis", "statsforvalterenI", "noeHeltAnnet", ""])
def test_an_office_that_is_not_known_is_said_to_be_unknown(code: str) -> None:
    with translation.override("nb"):
        assert governor_name(code) == "Ukjent embete"
