"""The whole person document."""

from collections.abc import Iterable

from integrations.folkeregisteret.documents.addresses import (
    Bostedsadresse,
    DeltBosted,
    GraderingAvAdresse,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Oppholdsadresse,
)
from integrations.folkeregisteret.documents.identity import (
    Doedsfall,
    FalskIdentitet,
    Foedsel,
    FoedselINorge,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    Identifikasjonsdokument,
    Identitetsgrunnlag,
    NummerFraUtlendingsmyndighetene,
    Personidentifikasjon,
    Personkjoenn,
)
from integrations.folkeregisteret.documents.metadata import Document
from integrations.folkeregisteret.documents.relations import (
    Familierelasjon,
    Foreldreansvar,
    KontaktinformasjonForDoedsbo,
    RettsligHandleevne,
    Sivilstand,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
)
from integrations.folkeregisteret.documents.residence import (
    BibeholdAvNorskStatsborgerskap,
    InnflyttingTilNorge,
    Opphold,
    OppholdPaaSvalbard,
    SametingetsValgmanntall,
    SamiskSpraak,
    Statsborgerskap,
    UtflyttingFraNorge,
)


class PersonRecord(Document, frozen=True, kw_only=True):
    """A person document as the register gives it (its Folkeregisterperson): raw, and never outside the gate.

    A part that was not asked for, or that the person lacks, is () or None alike.
    """

    identifikasjonsnummer: tuple[Folkeregisteridentifikator, ...] = ()
    identitetsgrunnlag: tuple[Identitetsgrunnlag, ...] = ()
    status: tuple[Folkeregisterpersonstatus, ...] = ()
    navn: tuple[Folkeregisterpersonnavn, ...] = ()
    kjoenn: tuple[Personkjoenn, ...] = ()
    foedsel: tuple[Foedsel, ...] = ()
    foedselINorge: tuple[FoedselINorge, ...] = ()
    doedsfall: Doedsfall | None = None
    sivilstand: tuple[Sivilstand, ...] = ()
    statsborgerskap: tuple[Statsborgerskap, ...] = ()
    bibehold: tuple[BibeholdAvNorskStatsborgerskap, ...] = ()
    adressebeskyttelse: tuple[GraderingAvAdresse, ...] = ()
    bostedsadresse: tuple[Bostedsadresse, ...] = ()
    deltBosted: tuple[DeltBosted, ...] = ()
    oppholdsadresse: tuple[Oppholdsadresse, ...] = ()
    postadresse: tuple[Kontaktadresse, ...] = ()
    postadresseIUtlandet: tuple[KontaktadresseIUtlandet, ...] = ()
    familierelasjon: tuple[Familierelasjon, ...] = ()
    foreldreansvar: tuple[Foreldreansvar, ...] = ()
    vergemaalEllerFremtidsfullmakt: tuple[VergemaalRepresentasjonEllerFremtidsfullmakt, ...] = ()
    rettsligHandleevne: tuple[RettsligHandleevne, ...] = ()
    innflytting: tuple[InnflyttingTilNorge, ...] = ()
    utflytting: tuple[UtflyttingFraNorge, ...] = ()
    kontaktinformasjonForDoedsbo: tuple[KontaktinformasjonForDoedsbo, ...] = ()
    utenlandskPersonidentifikasjon: tuple[Personidentifikasjon, ...] = ()
    utlendingsmyndighetenesIdentifikasjonsnummer: tuple[NummerFraUtlendingsmyndighetene, ...] = ()
    legitimasjonsdokument: tuple[Identifikasjonsdokument, ...] = ()
    falskIdentitet: FalskIdentitet | None = None
    opphold: tuple[Opphold, ...] = ()
    oppholdPaaSvalbard: tuple[OppholdPaaSvalbard, ...] = ()
    brukAvSamiskSpraak: tuple[SamiskSpraak, ...] = ()
    forholdTilSametingetsValgmanntall: tuple[SametingetsValgmanntall, ...] = ()


def number_in_use(identifiers: Iterable[Folkeregisteridentifikator]) -> Folkeregisteridentifikator | None:
    """What the person is numbered by now: in use before ceased, current before former. None without any number."""
    numbered = (entry for entry in identifiers if entry.foedselsEllerDNummer)
    return min(numbered, key=lambda entry: (entry.status != "iBruk", entry.erGjeldende is False), default=None)


def current_number(record: PersonRecord) -> str | None:
    """The number the person carries now. None without any."""
    identifier = number_in_use(record.identifikasjonsnummer)
    return identifier.foedselsEllerDNummer if identifier else None
