"""What Tenor answers: a page of index documents. Of their many fields only what a hit list shows is asked for."""

from typing import Final

import msgspec

#: A field that has one value for one person and several for another.
Texts = str | list[str] | None


class Metadata(msgspec.Struct, frozen=True):
    """id: the number of the person, the only thing that always comes."""

    id: str = ""


class Person(msgspec.Struct, frozen=True):
    """One synthetic person, as the index has them. Dates as they were written, 2018-03-05; codes as the register's."""

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
        """The current one; earlier ones stand behind it in identifikator."""
        return self.id or self.tenorMetadata.id or next(iter(texts(self.identifikator)), "")

    def __repr__(self) -> str:
        return "<Person>"


#: The fields to ask for: all that a person above is made of.
FIELDS: Final = tuple(name for name in Person.__struct_fields__ if name != "tenorMetadata")


class Hits(msgspec.Struct, frozen=True):
    """treff: how many there are in all. offset: of the first one here. nesteSide: None after the last page.

    seed: gives the same order once more.
    """

    dokumentListe: list[Person]
    treff: int
    offset: int = 0
    nesteSide: int | None = None
    seed: int | None = None


def texts(value: Texts) -> list[str]:
    """The values of a field that may have several."""
    return [value] if isinstance(value, str) else value or []
