"""Which fields of an entry each information element opens. A field that is not listed here is never shown.

The keys are those of integrations.folkeregisteret.elements. A split opens its fields on the entries of the property it
splits. The parts of a field (of a vegadresse, of a Personnavn) are open when the field is.
"""

from collections.abc import Mapping

#: Open on every entry. `aarsak` is left out on purpose: it is free text that may tell of an adoption (see CAUSE).
METADATA = frozenset({"erGjeldende", "gyldighetstidspunkt", "opphoerstidspunkt", "ajourholdstidspunkt", "kilde"})

#: The field that names what could not be read of an entry. Only names of open fields pass (roles.policy.fieldpolicy).
UNREAD = "unread"

#: Free text about why an entry was written. It may name an adoption, so only a role that opens relations sees it.
CAUSE = "aarsak"
CAUSE_FOLLOWS = "familierelasjon"

_PLACE = frozenset(
    {
        "vegadresse",
        "matrikkeladresse",
        "ukjentBosted",
        "adressegradering",
        "adresseIdentifikatorFraMatrikkelen",
        "naerAdresseIdentifikatorFraMatrikkelen",
    }
)
_IDENTIFICATION = frozenset({"identifikasjonsnummer", "identifikasjonsnummertype", "utstederland"})

FIELDS: Mapping[str, frozenset[str]] = {
    "identifikasjonsnummer": frozenset({"foedselsEllerDNummer", "identifikatortype", "status"}),
    "navn": frozenset({"fornavn", "mellomnavn", "etternavn", "forkortetNavn", "originaltNavn"}),
    "foedsel": frozenset({"foedselsdato", "foedselsaar", "foedested", "foedekommuneINorge", "foedeland"}),
    "kjoenn": frozenset({"kjoenn"}),
    "status": frozenset({"status"}),
    "doedsfall": frozenset({"doedsdato"}),
    "bostedsadresse": _PLACE | {"flyttedato"},
    "bostedsadresse.kretser": frozenset({"grunnkrets", "stemmekrets", "skolekrets", "kirkekrets"}),
    "deltBosted": _PLACE | {"startdatoForKontrakt", "sluttdatoForKontrakt"},
    "oppholdsadresse": _PLACE | {"utenlandskAdresse", "adressenErUkjent", "oppholdAnnetSted", "oppholdsadressedato"},
    "postadresse": frozenset(
        {
            "postboksadresse",
            "vegadresse",
            "postadresseIFrittFormat",
            "adressegradering",
            "adresseIdentifikatorFraMatrikkelen",
        }
    ),
    "postadresseIUtlandet": frozenset({"utenlandskAdresse", "utenlandskAdresseIFrittFormat", "adressegradering"}),
    "sivilstand": frozenset({"sivilstand", "sivilstandsdato", "myndighet", "kommune", "sted", "utland"}),
    "sivilstand.relatertVedSivilstand": frozenset({"relatertVedSivilstand"}),
    "statsborgerskap": frozenset({"statsborgerskap", "ervervsdato"}),
    "identitetsgrunnlag": frozenset({"identitetsgrunnlagstatus"}),
    "foedselINorge": frozenset({"foedselsinstitusjonsnavn", "rekkefoelgenummer"}),
    "innflytting": frozenset({"fraflyttingsland", "fraflyttingsstedIUtlandet"}),
    "utflytting": frozenset({"tilflyttingsland", "tilflyttingsstedIUtlandet", "utflyttingsdato"}),
    "vergemaalEllerFremtidsfullmakt": frozenset({"vergemaaltype", "embete", "verge"}),
    "rettsligHandleevne": frozenset({"rettsligHandleevneomfang"}),
    "kontaktinformasjonForDoedsbo": frozenset(
        {"skifteform", "attestutstedelsesdato", "adresse", "person", "advokat", "organisasjon"}
    ),
    "oppholdPaaSvalbard": frozenset(
        {
            "startdato",
            "sluttdato",
            "antattOppholdsvarighet",
            "antallTidligereOpphold",
            "fraflyttingsland",
            "fraflyttingskommunenummer",
        }
    ),
    "familierelasjon": frozenset(
        {
            "relatertPerson",
            "relatertPersonUtenFolkeregisteridentifikator",
            "relatertPersonsRolle",
            "minRolleForPerson",
        }
    ),
    "foreldreansvar": frozenset(
        {
            "ansvar",
            "ansvarlig",
            "ansvarligUtenIdentifikator",
            "ansvarligOrganisasjon",
            "ansvarssubjekt",
            "ansvarssubjektUtenIdentifikator",
        }
    ),
    "adressebeskyttelse": frozenset({"graderingsnivaa"}),
    "utenlandskPersonidentifikasjon": _IDENTIFICATION,
    "utlendingsmyndighetenesIdentifikasjonsnummer": _IDENTIFICATION,
    "legitimasjonsdokument": frozenset(
        {
            "identifikasjonsdokumenttype",
            "identifikasjonsdokumentnummer",
            "utstederland",
            "utstedernavn",
            "gyldigFra",
            "gyldigTil",
            "dokumentkontroll",
        }
    ),
    "falskIdentitet": frozenset(
        {
            "erFalsk",
            "rettIdentitetErUkjent",
            "rettIdentitetVedIdentifikasjonsnummer",
            "rettIdentitetVedOpplysninger",
        }
    ),
    "opphold": frozenset({"oppholdstillatelse", "oppholdFra", "oppholdTil"}),
    "bibehold": frozenset({"bibeholdstatus", "datoForBibehold"}),
    "brukAvSamiskSpraak": frozenset({"spraak"}),
    "forholdTilSametingetsValgmanntall": frozenset({"forhold", "vedtaksdato"}),
}
