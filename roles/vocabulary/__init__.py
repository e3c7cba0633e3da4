"""The names of elements and codes for pages, columns, administration and log. Bokmål is the source language."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.codes import letters_of
from roles.vocabulary.guardianwords import AUTHORITIES, TASKS

ELEMENT_NAMES: Mapping[str, Promise] = {
    "identifikasjonsnummer": _("Fødselsnummer eller d-nummer"),
    "navn": _("Navn"),
    "foedsel": _("Fødsel"),
    "kjoenn": _("Kjønn"),
    "status": _("Personstatus"),
    "status.utvidet": _("Taushetsbelagt personstatus"),
    "doedsfall": _("Dødsfall"),
    "bostedsadresse": _("Bostedsadresse"),
    "bostedsadresse.kretser": _("Kretser"),
    "deltBosted": _("Delt bosted"),
    "oppholdsadresse": _("Oppholdsadresse"),
    "postadresse": _("Postadresse"),
    "postadresseIUtlandet": _("Postadresse i utlandet"),
    "sivilstand": _("Sivilstand"),
    "sivilstand.relatertVedSivilstand": _("Ektefelle eller partner"),
    "statsborgerskap": _("Statsborgerskap"),
    "identitetsgrunnlag": _("Identitetsgrunnlag"),
    "foedselINorge": _("Fødsel i Norge"),
    "innflytting": _("Innflytting til Norge"),
    "innflytting.historikk": _("Tidligere innflyttinger"),
    "utflytting": _("Utflytting fra Norge"),
    "utflytting.historikk": _("Tidligere utflyttinger"),
    "vergemaalEllerFremtidsfullmakt": _("Vergemål eller fremtidsfullmakt"),
    "rettsligHandleevne": _("Rettslig handleevne"),
    "kontaktinformasjonForDoedsbo": _("Kontaktinformasjon for dødsbo"),
    "oppholdPaaSvalbard": _("Opphold på Svalbard"),
    "historikk": _("Tidligere nummer, navn og adresser"),
    "historikk.utvidet": _("Annen historikk"),
    "familierelasjon": _("Familierelasjoner"),
    "foreldreansvar": _("Foreldreansvar"),
    "adressebeskyttelse": _("Adressebeskyttelse"),
    "utenlandskPersonidentifikasjon": _("Utenlandsk personidentifikasjon"),
    "utlendingsmyndighetenesIdentifikasjonsnummer": _("Utlendingsmyndighetenes nummer (DUF)"),
    "legitimasjonsdokument": _("Legitimasjonsdokument"),
    "falskIdentitet": _("Falsk identitet"),
    "opphold": _("Oppholdstillatelse"),
    "bibehold": _("Bibehold av norsk statsborgerskap"),
    "brukAvSamiskSpraak": _("Bruk av samisk språk"),
    "forholdTilSametingetsValgmanntall": _("Sametingets valgmanntall"),
}

_YES_NO = {"true": _("Ja"), "false": _("Nei")}
_ROLES_IN_FAMILY = {
    "mor": _("Mor"),
    "far": _("Far"),
    "medmor": _("Medmor"),
    "barn": _("Barn"),
    "soesken": _("Søsken"),
    "ektefelleEllerPartner": _("Ektefelle eller partner"),
    "doedfoedtBarn": _("Dødfødt barn"),
}
_GRADES = {
    "ugradert": _("Ugradert"),
    "klientadresse": _("Klientadresse"),
    "fortrolig": _("Fortrolig"),
    "strengtFortrolig": _("Strengt fortrolig"),
}

#: Field of the register -> code -> name. The key is the field's name in the documents, or "element.field" when two
#: elements use the same field name for different codes.
CODE_NAMES: Mapping[str, Mapping[str, Promise]] = {
    "status": {
        "bosatt": _("Bosatt"),
        "utflyttet": _("Utflyttet"),
        "forsvunnet": _("Forsvunnet"),
        "doed": _("Død"),
        "opphoert": _("Opphørt"),
        "foedselsregistrert": _("Fødselsregistrert"),
        "midlertidig": _("Midlertidig"),
        "inaktiv": _("Inaktiv"),
        "ikkeBosatt": _("Ikke bosatt"),
        "aktiv": _("Aktiv"),
    },
    "identifikasjonsnummer.status": {"iBruk": _("I bruk"), "opphoert": _("Opphørt")},
    "identifikatortype": {"foedselsnummer": _("Fødselsnummer"), "dNummer": _("D-nummer")},
    "identitetsgrunnlagstatus": {
        "ingenStatus": _("Ingen status"),
        "ikkeKontrollert": _("Ikke kontrollert"),
        "kontrollert": _("Kontrollert"),
        "unik": _("Unik"),
    },
    "kjoenn": {"kvinne": _("Kvinne"), "mann": _("Mann")},
    "sivilstand": {
        "uoppgitt": _("Uoppgitt"),
        "ugift": _("Ugift"),
        "gift": _("Gift"),
        "enkeEllerEnkemann": _("Enke eller enkemann"),
        "skilt": _("Skilt"),
        "separert": _("Separert"),
        "registrertPartner": _("Registrert partner"),
        "separertPartner": _("Separert partner"),
        "skiltPartner": _("Skilt partner"),
        "gjenlevendePartner": _("Gjenlevende partner"),
    },
    "relatertPersonsRolle": _ROLES_IN_FAMILY,
    "minRolleForPerson": _ROLES_IN_FAMILY,
    "ansvar": {
        "felles": _("Felles"),
        "mor": _("Mor"),
        "far": _("Far"),
        "medmor": _("Medmor"),
        "andre": _("Andre"),
        "ukjent": _("Ukjent"),
    },
    "graderingsnivaa": _GRADES,
    "adressegradering": _GRADES,
    "bibeholdstatus": {
        "harBibehold": _("Har bibehold"),
        "harIkkeLengerBibehold": _("Har ikke lenger bibehold"),
        "norskStatsborgerTrengerIkkeBibehold": _("Norsk statsborger, trenger ikke bibehold"),
    },
    "oppholdAnnetSted": {
        "militaer": _("I militæret"),
        "utenriks": _("I utenrikstjeneste"),
        "paaSvalbard": _("På Svalbard"),
        "pendler": _("Pendler"),
    },
    "oppholdstillatelse": {
        "midlertidig": _("Midlertidig"),
        "permanent": _("Permanent"),
        "opplysningMangler": _("Opplysning mangler"),
    },
    "antattOppholdsvarighet": {
        "underSeksMaaneder": _("Under seks måneder"),
        "overSeksMaaneder": _("Over seks måneder"),
        "overTolvMaaneder": _("Over tolv måneder"),
        "ukjent": _("Ukjent"),
    },
    "spraak": {
        "nordsamisk": _("Nordsamisk"),
        "soersamisk": _("Sørsamisk"),
        "lulesamisk": _("Lulesamisk"),
    },
    "forhold": {
        "innmeldt": _("Innmeldt"),
        "utmeldt": _("Utmeldt"),
        "aldriInnmeldt": _("Aldri innmeldt"),
    },
    "skifteform": {"offentlig": _("Offentlig skifte"), "annet": _("Annet")},
    "vergemaaltype": {
        "voksen": _("Voksen"),
        "mindreaarig": _("Mindreårig"),
        "midlertidigForVoksen": _("Midlertidig for voksen"),
        "midlertidigForMindreaarig": _("Midlertidig for mindreårig"),
        "ensligMindreaarigAsylsoeker": _("Enslig mindreårig asylsøker"),
        "ensligMindreaarigFlyktning": _("Enslig mindreårig flyktning"),
        "forvaltningUtenforVergemaal": _("Forvaltning utenfor vergemål"),
        "stadfestetFremtidsfullmakt": _("Stadfestet fremtidsfullmakt"),
    },
    "omfang": {
        "utlendingssakerPersonligeOgOekonomiskeInteresser": _("Utlendingssaker, personlige og økonomiske interesser"),
        "personligeOgOekonomiskeInteresser": _("Personlige og økonomiske interesser"),
        "oekonomiskeInteresser": _("Økonomiske interesser"),
        "personligeInteresser": _("Personlige interesser"),
    },
    "identifikasjonsnummertype": {
        "utenlandskIdentifikasjonsnummer": _("Utenlandsk identifikasjonsnummer"),
        "taxIdentificationNumber": _("Skattenummer"),
        "socialSecurityNumber": _("Trygdenummer"),
        "utlendingsmyndighetenesIdentifikasjonsnummer": _("Utlendingsmyndighetenes nummer (DUF)"),
        "DUFNummer": _("Utlendingsmyndighetenes nummer (DUF)"),
    },
    "identifikasjonsdokumenttype": {
        "pass": _("Pass"),
        "nasjonaltIdentitetskort": _("Nasjonalt identitetskort"),
        "utlendingspass": _("Utlendingspass"),
        "norskUtlendingspass": _("Norsk utlendingspass"),
        "reisebevisForFlyktninger": _("Reisebevis for flyktninger"),
        "foererkort": _("Førerkort"),
        "nordiskFoererkort": _("Nordisk førerkort"),
        "diplomatpass": _("Diplomatpass"),
        "tjenestepass": _("Tjenestepass"),
        "servicePass": _("Tjenestepass"),
        "spesialpass": _("Spesialpass"),
        "noedpass": _("Nødpass"),
        "passerbrev": _("Passerbrev"),
        "schengenStandardisertOppholdskortFraNorge": _("Norsk oppholdskort"),
        "foedselsmelding": _("Fødselsmelding"),
        "tiltroddTredjepart": _("Bekreftelse fra tiltrodd tredjepart"),
        "annet": _("Annet dokument"),
    },
    "bruksenhetstype": {
        "bolig": _("Bolig"),
        "annetEnnBolig": _("Annet enn bolig"),
        "fritidsbolig": _("Fritidsbolig"),
        "ikkeGodkjentBolig": _("Ikke godkjent bolig"),
        "unummerertBruksenhet": _("Bruksenhet uten nummer"),
    },
    "rettsligHandleevneomfang": {
        "oekonomiskeForhold": _("Begrenset i økonomiske forhold"),
        "personligeForhold": _("Begrenset i personlige forhold"),
        "personligeOgOekonomiskeForhold": _("Begrenset i personlige og økonomiske forhold"),
    },
    "myndighet": {
        "DEN_NORSKE_KIRKE": _("Den norske kirke"),
        "STATSFORVALTEREN": _("Statsforvalteren"),
        "FYLKESMANNEN": _("Fylkesmannen"),
        "ANSATT_I_KOMMUNE": _("Ansatt i kommune"),
    },
    "vergeTjenestevirksomhet": AUTHORITIES,
    "vergeTjenesteoppgave": TASKS,
    "erFalsk": _YES_NO,
    "rettIdentitetErUkjent": _YES_NO,
}


def element_name(key: str) -> str:
    """The element's name in the language of the page. Raises KeyError for a key outside the vocabulary."""
    return _element_name(key, get_language())


@cache
def _element_name(key: str, _language: str | None) -> str:
    """Cached by language, because every page about a person names each element."""
    return str(ELEMENT_NAMES[key])


def code_name(field: str, code: str) -> str:
    """The name of a code in the language of the page. Upper and lower case make no difference.

    A code that we do not know is shown as unknown, never raw; the service log has it as a novelty.
    """
    names = CODE_NAMES.get(field, {})
    name = names.get(code) or _by_letters(field).get(letters_of(code))
    return gettext("Ukjent kode") if name is None else str(name)


@cache
def _by_letters(field: str) -> Mapping[str, Promise]:
    return {letters_of(code): name for code, name in CODE_NAMES.get(field, {}).items()}
