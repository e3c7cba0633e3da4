"""The person's identity: numbers, names, birth, sex, grounds of identity, documents."""

from datetime import date

from integrations.folkeregisteret.codes import (
    Identifikatorstatus,
    Identifikatortype,
    Identitetsgrunnlagstatus,
    Kjoenn,
    Personstatus,
    UtenlandskNummertype,
)
from integrations.folkeregisteret.documents.metadata import Document, Entry


class Folkeregisteridentifikator(Entry, frozen=True, kw_only=True):
    foedselsEllerDNummer: str | None = None
    identifikatortype: Identifikatortype | None = None
    status: Identifikatorstatus | None = None


class Identitetsgrunnlag(Entry, frozen=True, kw_only=True):
    identitetsgrunnlagstatus: Identitetsgrunnlagstatus | None = None


class Folkeregisterpersonstatus(Entry, frozen=True, kw_only=True):
    status: Personstatus | None = None


class Personnavn(Document, frozen=True, kw_only=True):
    fornavn: str | None = None
    mellomnavn: str | None = None
    etternavn: str | None = None


class Folkeregisterpersonnavn(Entry, frozen=True, kw_only=True):
    fornavn: str | None = None
    mellomnavn: str | None = None
    etternavn: str | None = None
    forkortetNavn: str | None = None
    originaltNavn: Personnavn | None = None


class Personkjoenn(Entry, frozen=True, kw_only=True):
    kjoenn: Kjoenn | None = None


class Foedsel(Entry, frozen=True, kw_only=True):
    foedselsdato: date | None = None
    foedselsaar: str | None = None
    foedested: str | None = None
    foedekommuneINorge: str | None = None
    foedeland: str | None = None


class FoedselINorge(Entry, frozen=True, kw_only=True):
    foedselsinstitusjonsnavn: str | None = None
    rekkefoelgenummer: int | None = None


class Doedsfall(Entry, frozen=True, kw_only=True):
    doedsdato: date | None = None


class IdentifiserendeInformasjon(Document, frozen=True, kw_only=True):
    """The description of a person without a number."""

    personnavn: Personnavn | None = None
    foedselsdato: date | None = None
    kjoenn: Kjoenn | None = None
    statsborgerskap: tuple[str, ...] = ()


class FalskIdentitet(Entry, frozen=True, kw_only=True):
    erFalsk: bool | None = None
    rettIdentitetErUkjent: bool | None = None
    rettIdentitetVedIdentifikasjonsnummer: str | None = None
    rettIdentitetVedOpplysninger: IdentifiserendeInformasjon | None = None


class Personidentifikasjon(Entry, frozen=True, kw_only=True):
    """A number given by another country."""

    identifikasjonsnummer: str | None = None
    identifikasjonsnummertype: UtenlandskNummertype | None = None
    utstederland: str | None = None


class NummerFraUtlendingsmyndighetene(Entry, frozen=True, kw_only=True):
    """A DUF number, with the same fields. No source documents the code of its type."""

    identifikasjonsnummer: str | None = None
    identifikasjonsnummertype: str | None = None
    utstederland: str | None = None


class TekniskDokumentkontroll(Document, frozen=True, kw_only=True):
    dokumentkontrollstatus: str | None = None
    dokumentkontrolltidspunkt: str | None = None


class Identifikasjonsdokument(Entry, frozen=True, kw_only=True):
    identifikasjonsdokumenttype: str | None = None
    identifikasjonsdokumentnummer: str | None = None
    utstederland: str | None = None
    utstedernavn: str | None = None
    gyldigFra: date | None = None
    gyldigTil: date | None = None
    dokumentkontroll: TekniskDokumentkontroll | None = None
