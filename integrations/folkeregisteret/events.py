"""Events: entries of the feed, which say what happened to a person, and event documents, which say what was changed.

EVENT_TYPES has every type that the register has announced (contract section 1.7). An unknown type is kept as it came
and counted as a novelty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from integrations.folkeregisteret.codes import Codes, Entitetsendring, Legitimasjonskontroll
from integrations.folkeregisteret.documents import (
    BibeholdAvNorskStatsborgerskap,
    Bostedsadresse,
    DeltBosted,
    Document,
    Doedsfall,
    Entry,
    FalskIdentitet,
    Familierelasjon,
    Foedsel,
    FoedselINorge,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    Foreldreansvar,
    GraderingAvAdresse,
    Identifikasjonsdokument,
    Identitetsgrunnlag,
    InnflyttingTilNorge,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    KontaktinformasjonForDoedsbo,
    NummerFraUtlendingsmyndighetene,
    Opphold,
    OppholdPaaSvalbard,
    Oppholdsadresse,
    Personidentifikasjon,
    Personkjoenn,
    RettsligHandleevne,
    SametingetsValgmanntall,
    SamiskSpraak,
    Sivilstand,
    Statsborgerskap,
    UtflyttingFraNorge,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
)


@dataclass(frozen=True, slots=True)
class EventType:
    """What an event's type tells.

    properties: the properties of the person document that may have changed; empty means any. thick: there is an event
    document that says what was changed. leaves_document: there is an archived person document from after the event.
    urgent: the register asks its consumers to act at once.
    """

    properties: frozenset[str] = frozenset()
    thick: bool = True
    leaves_document: bool = True
    urgent: bool = False


def _change(*properties: str, urgent: bool = False) -> EventType:
    return EventType(frozenset(properties), urgent=urgent)


_ADDRESSES: Final = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")

EVENT_TYPES: Final[Mapping[str, EventType]] = {
    "personErOpprettet": EventType(),
    # Also sent for a mere correction of the date of death.
    "personErReaktivert": EventType(urgent=True),
    # Says only that the person must be fetched again.
    "personErOppdatert": EventType(thick=False),
    "personErOpphoert": EventType(),
    "personErViderefoertSomGjeldendeVedSammenslaaing": EventType(),
    "personErOpphoertSomDublett": EventType(leaves_document=False),
    "personErEndretVedSplitting": EventType(),
    "personErGjenopprettetVedSplitting": EventType(),
    "personErDoed": EventType(),
    "personErBosatt": EventType(),
    "personErUtflyttet": EventType(),
    "personErInaktiv": EventType(),
    "endringIStatus": _change("status"),
    "endringIIdentitetsgrunnlag": _change("identitetsgrunnlag"),
    "endringIUtenlandskPersonidentifikasjon": _change("utenlandskPersonidentifikasjon"),
    "endringIUtlendingsmyndighetenesIdentifikasjonsnummer": _change("utlendingsmyndighetenesIdentifikasjonsnummer"),
    "endringILegitimasjonsdokument": _change("legitimasjonsdokument"),
    "endringIIdentifikasjonsnummer": _change("identifikasjonsnummer"),
    "endringIFalskIdentitet": _change("falskIdentitet", urgent=True),
    "endringIKontaktopplysningerForDoedsbo": _change("kontaktinformasjonForDoedsbo"),
    "endringIDeltBosted": _change("deltBosted"),
    "endringIFoedsel": _change("foedsel"),
    "endringIFoedselINorge": _change("foedselINorge"),
    "endringIKjoenn": _change("kjoenn"),
    "endringIFamilierelasjon": _change("familierelasjon"),
    "endringISivilstand": _change("sivilstand"),
    # The death may have been annulled.
    "endringIDoedsfall": _change("doedsfall", urgent=True),
    "endringINavn": _change("navn"),
    # One event may change every address, so stored addresses must be deleted (contract section 3).
    "endringIAdressebeskyttelse": _change("adressebeskyttelse", *_ADDRESSES, urgent=True),
    "endringIBostedsadresse": _change("bostedsadresse"),
    "endringIBostedsadresseUtenFlytting": _change("bostedsadresse"),
    "endringIBostedsadresseVedKommuneregulering": _change("bostedsadresse"),
    "endringIOppholdsadresse": _change("oppholdsadresse"),
    "endringIInnflytting": _change("innflytting"),
    "endringIUtflytting": _change("utflytting"),
    "endringIBrukAvSamiskSpraak": _change("brukAvSamiskSpraak"),
    "endringISametingetsValgmanntall": _change("forholdTilSametingetsValgmanntall"),
    "endringIKontaktinformasjon": _change("postadresse", "postadresseIUtlandet"),
    "endringIForeldreansvar": _change("foreldreansvar"),
    "endringIStatsborgerskap": _change("statsborgerskap", "bibehold"),
    "endringIOpphold": _change("opphold"),
    "endringIOppholdPaaSvalbard": _change("oppholdPaaSvalbard"),
    "endringIVergemaal": _change("vergemaalEllerFremtidsfullmakt"),
    "endringIRettsligHandleevne": _change("rettsligHandleevne"),
    # Replaces any other type when the package may not know which it is.
    "endringIPerson": EventType(),
}

Hendelsestype = Annotated[str, Codes(*EVENT_TYPES)]


class HendelseIFeed(Document, frozen=True, kw_only=True):
    """One event about one person. Its two ids name the documents to fetch, if there are any."""

    folkeregisteridentifikator: str | None = None
    hendelsetype: Hendelsestype | None = None
    hendelsesdokument: str | None = None
    persondokument: str | None = None
    ajourholdstidspunkt: str | None = None


class FeedEntry(Document, frozen=True, kw_only=True):
    """An event and its place in the feed."""

    sekvensnummer: int
    hendelse: HendelseIFeed


class IdentitetsgrunnlagIHendelse(Identitetsgrunnlag, frozen=True, kw_only=True):
    """Grounds of identity in an event. Its status has another name than in person documents."""

    legitimasjonskontroll: Legitimasjonskontroll | None = None


class Registerdata(Document, frozen=True, kw_only=True):
    """One entity and what was done to it. Among the other fields only the one for this entity is set."""

    entitet: str | None = None
    entitetsendring: Entitetsendring | None = None
    adressebeskyttelse: GraderingAvAdresse | None = None
    bibehold: BibeholdAvNorskStatsborgerskap | None = None
    bostedsadresse: Bostedsadresse | None = None
    brukAvSamiskSpraak: SamiskSpraak | None = None
    deltBosted: DeltBosted | None = None
    doedsfall: Doedsfall | None = None
    falskIdentitet: FalskIdentitet | None = None
    familierelasjon: Familierelasjon | None = None
    foedsel: Foedsel | None = None
    foedselINorge: FoedselINorge | None = None
    foreldreansvar: Foreldreansvar | None = None
    forholdTilSametingetsValgmanntall: SametingetsValgmanntall | None = None
    identifikasjonsnummer: Folkeregisteridentifikator | None = None
    identitetsgrunnlag: IdentitetsgrunnlagIHendelse | None = None
    innflytting: InnflyttingTilNorge | None = None
    kjoenn: Personkjoenn | None = None
    kontaktinformasjonForDoedsbo: KontaktinformasjonForDoedsbo | None = None
    legitimasjonsdokument: Identifikasjonsdokument | None = None
    navn: Folkeregisterpersonnavn | None = None
    opphold: Opphold | None = None
    oppholdPaaSvalbard: OppholdPaaSvalbard | None = None
    oppholdsadresse: Oppholdsadresse | None = None
    postadresse: Kontaktadresse | None = None
    postadresseIUtlandet: KontaktadresseIUtlandet | None = None
    rettsligHandleevne: RettsligHandleevne | None = None
    sivilstand: Sivilstand | None = None
    statsborgerskap: Statsborgerskap | None = None
    status: Folkeregisterpersonstatus | None = None
    utenlandskPersonidentifikasjon: Personidentifikasjon | None = None
    utflytting: UtflyttingFraNorge | None = None
    utlendingsmyndighetenesIdentifikasjonsnummer: NummerFraUtlendingsmyndighetene | None = None
    vergemaalEllerFremtidsfullmakt: VergemaalRepresentasjonEllerFremtidsfullmakt | None = None

    def entry(self) -> Entry | None:
        """The entity as the person document has it; None for an unknown entity."""
        values = (getattr(self, name) for name in self.__struct_fields__)
        return next((value for value in values if isinstance(value, Entry)), None)


class Hendelse(Document, frozen=True, kw_only=True):
    folkeregisteridentifikator: str | None = None
    hendelsestype: Hendelsestype | None = None
    ajourholdstidspunkt: str | None = None
    hendelsesaarsakIDsf: str | None = None
    egenskapshendelse: tuple[Registerdata, ...] = ()


class EventDocument(Document, frozen=True, kw_only=True):
    """An event document (the register's DokumentForHendelse)."""

    dokumentidentifikator: str
    skjemaversjon: str | None = None
    hendelse: Hendelse
