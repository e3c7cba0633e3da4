"""The person's addresses for residence, stay and mail, and their gradings.

In a foreign address landkode is ISO 3166 alpha-2; everywhere else in a document countries are alpha-3.
"""

from datetime import date

from integrations.folkeregisteret.codes import Bruksenhetstype, Gradering, OppholdAnnetSted
from integrations.folkeregisteret.documents.metadata import Document, Entry


class GraderingAvAdresse(Entry, frozen=True, kw_only=True):
    """The person's own grading. Each address has a grading of its own too (adressegradering)."""

    graderingsnivaa: Gradering | None = None


class Poststed(Document, frozen=True, kw_only=True):
    postnummer: str | None = None
    poststedsnavn: str | None = None


class Adressenummer(Document, frozen=True, kw_only=True):
    husnummer: str | None = None
    husbokstav: str | None = None


class Vegadresse(Document, frozen=True, kw_only=True):
    kommunenummer: str | None = None
    bruksenhetsnummer: str | None = None
    bruksenhetstype: Bruksenhetstype | None = None
    adressenavn: str | None = None
    adressenummer: Adressenummer | None = None
    adressekode: str | None = None
    adressetilleggsnavn: str | None = None
    coAdressenavn: str | None = None
    poststed: Poststed | None = None


class VegadresseForPost(Document, frozen=True, kw_only=True):
    bruksenhetsnummer: str | None = None
    adressenavn: str | None = None
    adressenummer: Adressenummer | None = None
    adressekode: str | None = None
    adressetilleggsnavn: str | None = None
    coAdressenavn: str | None = None
    poststed: Poststed | None = None


class Matrikkelnummer(Document, frozen=True, kw_only=True):
    kommunenummer: str | None = None
    gaardsnummer: int | None = None
    bruksnummer: int | None = None
    festenummer: int | None = None


class Matrikkeladresse(Document, frozen=True, kw_only=True):
    bruksenhetsnummer: str | None = None
    bruksenhetstype: Bruksenhetstype | None = None
    matrikkelnummer: Matrikkelnummer | None = None
    undernummer: int | None = None
    adressetilleggsnavn: str | None = None
    coAdressenavn: str | None = None
    poststed: Poststed | None = None


class UkjentBosted(Document, frozen=True, kw_only=True):
    bostedskommune: str | None = None


class InternasjonalAdresse(Document, frozen=True, kw_only=True):
    coAdressenavn: str | None = None
    adressenavn: str | None = None
    bygning: str | None = None
    etasjenummer: str | None = None
    boenhet: str | None = None
    postboks: str | None = None
    postkode: str | None = None
    byEllerStedsnavn: str | None = None
    distriktsnavn: str | None = None
    region: str | None = None
    landkode: str | None = None


class InternasjonalAdresseIFrittFormat(Document, frozen=True, kw_only=True):
    adresselinje: tuple[str, ...] = ()
    postkode: str | None = None
    byEllerStedsnavn: str | None = None
    landkode: str | None = None


class Bostedsadresse(Entry, frozen=True, kw_only=True):
    vegadresse: Vegadresse | None = None
    matrikkeladresse: Matrikkeladresse | None = None
    ukjentBosted: UkjentBosted | None = None
    adresseIdentifikatorFraMatrikkelen: str | None = None
    naerAdresseIdentifikatorFraMatrikkelen: str | None = None
    adressegradering: Gradering | None = None
    flyttedato: date | None = None
    grunnkrets: int | None = None
    stemmekrets: int | None = None
    skolekrets: int | None = None
    kirkekrets: int | None = None


class DeltBosted(Entry, frozen=True, kw_only=True):
    vegadresse: Vegadresse | None = None
    matrikkeladresse: Matrikkeladresse | None = None
    ukjentBosted: UkjentBosted | None = None
    adresseIdentifikatorFraMatrikkelen: str | None = None
    naerAdresseIdentifikatorFraMatrikkelen: str | None = None
    adressegradering: Gradering | None = None
    startdatoForKontrakt: date | None = None
    sluttdatoForKontrakt: date | None = None


class Oppholdsadresse(Entry, frozen=True, kw_only=True):
    vegadresse: Vegadresse | None = None
    matrikkeladresse: Matrikkeladresse | None = None
    utenlandskAdresse: InternasjonalAdresse | None = None
    adressenErUkjent: bool | None = None
    adresseIdentifikatorFraMatrikkelen: str | None = None
    naerAdresseIdentifikatorFraMatrikkelen: str | None = None
    adressegradering: Gradering | None = None
    oppholdAnnetSted: OppholdAnnetSted | None = None
    oppholdsadressedato: date | None = None


class Postboksadresse(Document, frozen=True, kw_only=True):
    postbokseier: str | None = None
    postboks: str | None = None
    poststed: Poststed | None = None


class PostadresseIFrittFormat(Document, frozen=True, kw_only=True):
    adresselinje: tuple[str, ...] = ()
    poststed: Poststed | None = None


class Kontaktadresse(Entry, frozen=True, kw_only=True):
    """An entry of postadresse. It may have both a structured and a free form."""

    postboksadresse: Postboksadresse | None = None
    vegadresse: VegadresseForPost | None = None
    postadresseIFrittFormat: PostadresseIFrittFormat | None = None
    adresseIdentifikatorFraMatrikkelen: str | None = None
    adressegradering: Gradering | None = None


class KontaktadresseIUtlandet(Entry, frozen=True, kw_only=True):
    """An entry of postadresseIUtlandet."""

    utenlandskAdresse: InternasjonalAdresse | None = None
    utenlandskAdresseIFrittFormat: InternasjonalAdresseIFrittFormat | None = None
    adressegradering: Gradering | None = None


Address = Bostedsadresse | DeltBosted | Oppholdsadresse | Kontaktadresse | KontaktadresseIUtlandet


def street_of(entry: Address) -> Vegadresse | VegadresseForPost | None:
    """The street form of a Norwegian address; None for a foreign address."""
    return None if isinstance(entry, KontaktadresseIUtlandet) else entry.vegadresse


def plot_of(entry: Address) -> Matrikkeladresse | None:
    """The cadastral form of an address; None for a postal address, which never has one."""
    return None if isinstance(entry, Kontaktadresse | KontaktadresseIUtlandet) else entry.matrikkeladresse
