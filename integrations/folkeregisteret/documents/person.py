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
    """A person document as the register sends it (its Folkeregisterperson). It is raw and must not leave the gate.

    A part that was not asked for looks like one that the person lacks: () or None.
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
    """The person's number now. A number in use is preferred to a ceased one, a current to a former one. None without
    any number."""
    numbered = (entry for entry in identifiers if entry.foedselsEllerDNummer)
    return min(numbered, key=lambda entry: (entry.status != "iBruk", entry.erGjeldende is False), default=None)


def current_number(record: PersonRecord) -> str | None:
    """The eleven digits of number_in_use(); None when the record has no number."""
    identifier = number_in_use(record.identifikasjonsnummer)
    return identifier.foedselsEllerDNummer if identifier else None
