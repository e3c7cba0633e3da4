"""The answer from Tenor: a page of index documents. Only the fields that a hit list shows are asked for."""

from typing import Final

import msgspec

#: A field that has one value for some persons and several for others.
Texts = str | list[str] | None


class Metadata(msgspec.Struct, frozen=True):
    """id: the number of the person, the only field that is always there."""

    id: str = ""


class Person(msgspec.Struct, frozen=True):
    """One synthetic person in the index. Dates as written, 2018-03-05; codes as the register's."""

    id: str = ""
    tenorMetadata: Metadata = Metadata()
    identifikator: Texts = None
    identifikatorType: Texts = None
    visningnavn: str | None = None
    foedselsdato: str | None = None
    doedsdato: str | None = None
    personstatus: str | None = None
    bostedsadresse: Texts = None
    postadresse: Texts = None
    postadresseUtland: Texts = None
    adresseBeskyttelse: Texts = None
    adresseGradering: Texts = None

    @property
    def number(self) -> str:
        """The current number, which stands first in identifikator."""
        return self.id or self.tenorMetadata.id or next(iter(texts(self.identifikator)), "")

    def __repr__(self) -> str:
        return "<Person>"


#: The fields to ask for: all fields of Person.
FIELDS: Final = tuple(name for name in Person.__struct_fields__ if name != "tenorMetadata")


class Hits(msgspec.Struct, frozen=True):
    """A page of hits. treff: the number of all hits. offset: the position of the first one here. nesteSide: None on the
    last page.

    seed: asks for the same order again.
    """

    dokumentListe: list[Person]
    treff: int
    offset: int = 0
    nesteSide: int | None = None
    seed: int | None = None


def texts(value: Texts) -> list[str]:
    """The values of a field that may have one or several."""
    return [value] if isinstance(value, str) else value or []
