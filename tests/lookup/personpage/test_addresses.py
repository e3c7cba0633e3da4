"""An address reads the same on the page, in a list and on a letter: one table over every kind of address."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from citizenlists.content.columns import columns_for, reader
from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.elements import PRESENT
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import PermittedRecord, restrict
from tests.integrations.folkeregisteret.making import as_json
from tests.roles.vocabulary.addressesofeverykind import KINDS, Kind


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def record(kind: Kind) -> PermittedRecord:
    document = as_json({kind.element: [kind.holds | {"adressegradering": "ugradert"}]})
    return restrict(decode_person(document), elements=frozenset(ELEMENTS), protection=UNPROTECTED)


def page(kind: Kind) -> list[tuple[str, ...]]:
    """What the page shows of the one address there is, row by row."""
    (entry,) = record(kind)[kind.element].entries
    return [tuple(map(str, row.lines)) for row in PRESENT[kind.element](entry)]


def letter(kind: Kind) -> list[str]:
    """What a letter says that is merged from the three columns of the address in a list, word by word."""
    columns = columns_for([kind.element])[:3]
    cells = reader(columns)(record(kind))
    return [word for cell in cells if cell for word in str(cell).replace(",", " ").split()]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_page_shows_the_envelope(kind: Kind) -> None:
    assert page(kind)[0] == kind.envelope


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_letter_from_a_list_says_what_the_page_says_in_the_same_order(kind: Kind, language: str) -> None:
    with translation.override(language):
        said = letter(kind)
    assert said == " ".join(kind.envelope).replace(",", " ").split()


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.element == "bostedsadresse"])
def test_a_list_names_the_kommune_as_the_page_does(kind: Kind) -> None:
    columns = columns_for(["bostedsadresse"])
    named = dict(zip((column.sheet.header for column in columns), reader(columns)(record(kind)), strict=True))
    kommune = named["Kommune"]
    assert page(kind)[1:] == ([(str(kommune).removesuffix(" (1870)"),)] if kommune else [])


def test_a_cadastral_number_is_called_what_it_is() -> None:
    (entry,) = record(KINDS["a farm"])["bostedsadresse"].entries
    rows = list(PRESENT["bostedsadresse"](entry))
    assert [str(row.label) for row in rows] == ["Matrikkeladresse", "Kommune"]
