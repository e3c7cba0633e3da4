"""Each information element with the type of its entries, so that mypy knows the fields of an entry.

The history elements are missing: their entries are of every type.
"""

from dataclasses import dataclass
from typing import Generic

from integrations.folkeregisteret.documents import (
    AnEntry,
    BibeholdAvNorskStatsborgerskap,
    Bostedsadresse,
    DeltBosted,
    Doedsfall,
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
class ElementOf(Generic[AnEntry]):
    """An element's key and the type of its entries. A split has the entry type of the property that it splits."""

    key: str
    entry: type[AnEntry]


IDENTIFIKASJONSNUMMER = ElementOf("identifikasjonsnummer", Folkeregisteridentifikator)
NAVN = ElementOf("navn", Folkeregisterpersonnavn)
FOEDSEL = ElementOf("foedsel", Foedsel)
KJOENN = ElementOf("kjoenn", Personkjoenn)
STATUS = ElementOf("status", Folkeregisterpersonstatus)
STATUS_UTVIDET = ElementOf("status.utvidet", Folkeregisterpersonstatus)
DOEDSFALL = ElementOf("doedsfall", Doedsfall)
BOSTEDSADRESSE = ElementOf("bostedsadresse", Bostedsadresse)
KRETSER = ElementOf("bostedsadresse.kretser", Bostedsadresse)
DELT_BOSTED = ElementOf("deltBosted", DeltBosted)
OPPHOLDSADRESSE = ElementOf("oppholdsadresse", Oppholdsadresse)
POSTADRESSE = ElementOf("postadresse", Kontaktadresse)
POSTADRESSE_I_UTLANDET = ElementOf("postadresseIUtlandet", KontaktadresseIUtlandet)
SIVILSTAND = ElementOf("sivilstand", Sivilstand)
RELATERT_VED_SIVILSTAND = ElementOf("sivilstand.relatertVedSivilstand", Sivilstand)
STATSBORGERSKAP = ElementOf("statsborgerskap", Statsborgerskap)
IDENTITETSGRUNNLAG = ElementOf("identitetsgrunnlag", Identitetsgrunnlag)
FOEDSEL_I_NORGE = ElementOf("foedselINorge", FoedselINorge)
INNFLYTTING = ElementOf("innflytting", InnflyttingTilNorge)
UTFLYTTING = ElementOf("utflytting", UtflyttingFraNorge)
VERGEMAAL_ELLER_FREMTIDSFULLMAKT = ElementOf(
    "vergemaalEllerFremtidsfullmakt", VergemaalRepresentasjonEllerFremtidsfullmakt
)
RETTSLIG_HANDLEEVNE = ElementOf("rettsligHandleevne", RettsligHandleevne)
KONTAKTINFORMASJON_FOR_DOEDSBO = ElementOf("kontaktinformasjonForDoedsbo", KontaktinformasjonForDoedsbo)
OPPHOLD_PAA_SVALBARD = ElementOf("oppholdPaaSvalbard", OppholdPaaSvalbard)
FAMILIERELASJON = ElementOf("familierelasjon", Familierelasjon)
FORELDREANSVAR = ElementOf("foreldreansvar", Foreldreansvar)
ADRESSEBESKYTTELSE = ElementOf("adressebeskyttelse", GraderingAvAdresse)
UTENLANDSK_PERSONIDENTIFIKASJON = ElementOf("utenlandskPersonidentifikasjon", Personidentifikasjon)
UTLENDINGSMYNDIGHETENES_IDENTIFIKASJONSNUMMER = ElementOf(
    "utlendingsmyndighetenesIdentifikasjonsnummer", NummerFraUtlendingsmyndighetene
)
LEGITIMASJONSDOKUMENT = ElementOf("legitimasjonsdokument", Identifikasjonsdokument)
FALSK_IDENTITET = ElementOf("falskIdentitet", FalskIdentitet)
OPPHOLD = ElementOf("opphold", Opphold)
BIBEHOLD = ElementOf("bibehold", BibeholdAvNorskStatsborgerskap)
BRUK_AV_SAMISK_SPRAAK = ElementOf("brukAvSamiskSpraak", SamiskSpraak)
FORHOLD_TIL_SAMETINGETS_VALGMANNTALL = ElementOf("forholdTilSametingetsValgmanntall", SametingetsValgmanntall)
