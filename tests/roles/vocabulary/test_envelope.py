"""An address of every kind as the lines of an envelope."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import KontaktadresseForDoedsbo, decode_person
from roles.vocabulary.envelope import (
    AddressLines,
    address_lines,
    estate_lines,
    kommune_line,
    kommune_number,
    numbered_kommune_line,
)
from tests.integrations.folkeregisteret.making import as_json
from tests.roles.vocabulary.addressesofeverykind import KINDS, TOWN, Kind


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def entry(element: str, **holds: Any) -> Any:
    return getattr(decode_person(as_json({element: [holds]})), element)[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_of_address_is_an_envelope(kind: Kind) -> None:
    (lines,) = address_lines(entry(kind.element, **kind.holds))
    assert lines.envelope == kind.envelope


def test_a_structured_and_a_free_form_are_two_addresses_unless_they_say_the_same() -> None:
    box = {"postboks": "95", "poststed": {"postnummer": "8400", "poststedsnavn": "SORTLAND"}}
    free = {"adresselinje": ["Postboks 95"], "poststed": box["poststed"]}
    both = entry("postadresse", postboksadresse=box, postadresseIFrittFormat=free)
    assert [lines.envelope for lines in address_lines(both)] == [("Postboks 95", TOWN)]
    other = entry("postadresse", postboksadresse=box, postadresseIFrittFormat=free | {"adresselinje": ["Kaia"]})
    assert [lines.above for lines in address_lines(other)] == [("Postboks 95",), ("Kaia",)]


def test_an_entry_without_an_address_has_no_lines() -> None:
    assert address_lines(entry("bostedsadresse")) == ()
    assert address_lines(entry("oppholdsadresse", adressenErUkjent=False)) == ()
    assert address_lines(entry("postadresseIUtlandet", utenlandskAdresse={})) == ()


def test_the_contact_of_an_estate_has_an_envelope_too() -> None:
    address = KontaktadresseForDoedsbo(
        adresselinje=("Lia 7",), postnummer="8400", poststedsnavn="SORTLAND", landkode="NO"
    )
    assert estate_lines(address) == AddressLines(("Lia 7",), "8400", "SORTLAND", country="Norge")


NO_COUNTRIES = ["XX", "YY", "ZZ", "XA", "XXX", "XXA", "XXB", "XXC", "XUK", "ZZZ"]


@pytest.mark.parametrize("code", [*NO_COUNTRIES, "xxx", "QQ", "", None])
def test_a_code_of_no_country_is_no_line(code: str | None) -> None:
    assert estate_lines(KontaktadresseForDoedsbo(adresselinje=("Lia 7",), landkode=code)).envelope == ("Lia 7",)


@pytest.mark.parametrize(
    ("holds", "kommune"),
    [
        ({"vegadresse": {"kommunenummer": "1870"}}, "1870"),
        ({"matrikkeladresse": {"matrikkelnummer": {"kommunenummer": "1871"}}}, "1871"),
        ({"matrikkeladresse": {"bruksenhetsnummer": "H0101"}}, None),
        ({"ukjentBosted": {"bostedskommune": "1872"}}, "1872"),
        ({"ukjentBosted": {}}, None),
        ({}, None),
    ],
)
def test_the_kommune_of_an_address_is_read_wherever_it_stands(holds: dict[str, Any], kommune: str | None) -> None:
    assert kommune_number(entry("bostedsadresse", **holds)) == kommune


def test_mail_lies_in_no_kommune() -> None:
    assert kommune_number(entry("postadresse", vegadresse={"adressenavn": "Lia"})) is None
    assert kommune_number(entry("postadresseIUtlandet", utenlandskAdresse={"landkode": "SE"})) is None


@pytest.mark.parametrize(("since", "name"), [("1990-01-01", "Våle"), ("2010-01-01", "Re"), (None, "Re")])
def test_a_kommune_has_the_name_of_the_day_the_address_began_to_hold(since: str | None, name: str) -> None:
    home = entry("bostedsadresse", vegadresse={"kommunenummer": "0716"}, gyldighetstidspunkt=since)
    assert (kommune_line(home), numbered_kommune_line(home)) == (name, f"{name} (0716)")
