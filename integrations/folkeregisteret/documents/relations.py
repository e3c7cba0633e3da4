"""The person's relatives, parental responsibility, and guardians or representatives."""

from datetime import date

from integrations.folkeregisteret.codes import (
    Ansvar,
    Familierolle,
    Kjoenn,
    Sivilstandstype,
    Skifteform,
    VergemaaletsOmfang,
    Vergemaaltype,
)
from integrations.folkeregisteret.documents.identity import IdentifiserendeInformasjon, Personnavn
from integrations.folkeregisteret.documents.metadata import Document, Entry


class RelatertBiPerson(Document, frozen=True, kw_only=True):
    """A related person without a number in the register."""

    navn: Personnavn | None = None
    foedselsdato: date | None = None
    kjoenn: Kjoenn | None = None
    statsborgerskap: str | None = None


class Sivilstand(Entry, frozen=True, kw_only=True):
    sivilstand: Sivilstandstype | None = None
    sivilstandsdato: date | None = None
    myndighet: str | None = None
    kommune: str | None = None
    sted: str | None = None
    utland: str | None = None
    relatertVedSivilstand: str | None = None


class Familierelasjon(Entry, frozen=True, kw_only=True):
    relatertPerson: str | None = None
    relatertPersonUtenFolkeregisteridentifikator: RelatertBiPerson | None = None
    relatertPersonsRolle: Familierolle | None = None
    minRolleForPerson: Familierolle | None = None


class Foreldreansvar(Entry, frozen=True, kw_only=True):
    """Parental responsibility. The child's entry has ansvarlig, the parent's entry has ansvarssubjekt."""

    ansvar: Ansvar | None = None
    ansvarlig: str | None = None
    ansvarligUtenIdentifikator: RelatertBiPerson | None = None
    ansvarligOrganisasjon: str | None = None
    ansvarssubjekt: str | None = None
    ansvarssubjektUtenIdentifikator: RelatertBiPerson | None = None


class VergeTjeneste(Document, frozen=True, kw_only=True):
    vergeTjenestevirksomhet: str | None = None
    vergeTjenesteoppgave: str | None = None


class VergeRepresentantEllerFullmektig(Document, frozen=True, kw_only=True):
    """A guardian or representative. Only entries from before November 2023 have navn, omfang and
    omfangetErInnenPersonligOmraade."""

    foedselsEllerDNummer: str | None = None
    navnFoedselsdato: IdentifiserendeInformasjon | None = None
    tjenesteomraade: tuple[VergeTjeneste, ...] = ()
    navn: Personnavn | None = None
    omfang: VergemaaletsOmfang | None = None
    omfangetErInnenPersonligOmraade: bool | None = None


class VergemaalRepresentasjonEllerFremtidsfullmakt(Entry, frozen=True, kw_only=True):
    vergemaaltype: Vergemaaltype | None = None
    embete: str | None = None
    verge: VergeRepresentantEllerFullmektig | None = None


class RettsligHandleevne(Entry, frozen=True, kw_only=True):
    """Legal capacity. A current entry means that it is restricted."""

    rettsligHandleevneomfang: str | None = None


class KontaktadresseForDoedsbo(Document, frozen=True, kw_only=True):
    adresselinje: tuple[str, ...] = ()
    postnummer: str | None = None
    poststedsnavn: str | None = None
    landkode: str | None = None


class PersonSomKontakt(Document, frozen=True, kw_only=True):
    foedselsEllerDNummer: str | None = None
    foedselsdato: date | None = None
    personnavn: Personnavn | None = None


class AdvokatSomKontakt(Document, frozen=True, kw_only=True):
    personnavn: Personnavn | None = None
    organisasjonsnavn: str | None = None
    organisasjonsnummer: str | None = None


class OrganisasjonSomKontakt(Document, frozen=True, kw_only=True):
    organisasjonsnavn: str | None = None
    organisasjonsnummer: str | None = None
    kontaktpersonnavn: Personnavn | None = None


class KontaktinformasjonForDoedsbo(Entry, frozen=True, kw_only=True):
    skifteform: Skifteform | None = None
    attestutstedelsesdato: date | None = None
    adresse: KontaktadresseForDoedsbo | None = None
    person: PersonSomKontakt | None = None
    advokat: AdvokatSomKontakt | None = None
    organisasjon: OrganisasjonSomKontakt | None = None
