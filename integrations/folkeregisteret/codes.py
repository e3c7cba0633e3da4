"""The register's closed code lists, as types for the fields that hold them.

A code that is not in its list is kept as it came, since the register adds codes without a new version; it is counted
as a novelty. Free text (kilde, aarsak, embete, myndighet) and lists that others own (countries, kommuner, the tasks of
guardians, kinds of documents) have no type here.

Sources: the register's OpenAPI 1.5, and its later notices (unik, from February 2027).
"""

from typing import Annotated


class Codes(frozenset[str]):
    """What a field may hold."""

    def __new__(cls, *codes: str) -> "Codes":
        return super().__new__(cls, codes)


Identifikatortype = Annotated[str, Codes("foedselsnummer", "dNummer")]
Identifikatorstatus = Annotated[str, Codes("iBruk", "opphoert")]
Identitetsgrunnlagstatus = Annotated[str, Codes("ingenStatus", "ikkeKontrollert", "kontrollert", "unik")]
#: The same in an event.
Legitimasjonskontroll = Annotated[str, Codes("ingenStatus", "ikkeKontrollert", "kontrollert", "unik")]
Personstatus = Annotated[
    str,
    Codes(
        "bosatt",
        "utflyttet",
        "forsvunnet",
        "doed",
        "opphoert",
        "foedselsregistrert",
        "midlertidig",
        "inaktiv",
        "ikkeBosatt",
        "aktiv",
    ),
]
Kjoenn = Annotated[str, Codes("kvinne", "mann")]
Sivilstandstype = Annotated[
    str,
    Codes(
        "uoppgitt",
        "ugift",
        "gift",
        "enkeEllerEnkemann",
        "skilt",
        "separert",
        "registrertPartner",
        "separertPartner",
        "skiltPartner",
        "gjenlevendePartner",
    ),
]
Bibeholdstatus = Annotated[str, Codes("harBibehold", "harIkkeLengerBibehold", "norskStatsborgerTrengerIkkeBibehold")]
Gradering = Annotated[str, Codes("ugradert", "klientadresse", "fortrolig", "strengtFortrolig")]
Bruksenhetstype = Annotated[
    str, Codes("bolig", "annetEnnBolig", "fritidsbolig", "ikkeGodkjentBolig", "unummerertBruksenhet")
]
OppholdAnnetSted = Annotated[str, Codes("militaer", "utenriks", "paaSvalbard", "pendler")]
Familierolle = Annotated[
    str, Codes("mor", "far", "medmor", "barn", "soesken", "ektefelleEllerPartner", "doedfoedtBarn")
]
Ansvar = Annotated[str, Codes("felles", "mor", "far", "medmor", "andre", "ukjent")]
Vergemaaltype = Annotated[
    str,
    Codes(
        "voksen",
        "mindreaarig",
        "midlertidigForVoksen",
        "midlertidigForMindreaarig",
        "ensligMindreaarigAsylsoeker",
        "ensligMindreaarigFlyktning",
        "forvaltningUtenforVergemaal",
        "stadfestetFremtidsfullmakt",
    ),
]
VergemaaletsOmfang = Annotated[
    str,
    Codes(
        "utlendingssakerPersonligeOgOekonomiskeInteresser",
        "personligeOgOekonomiskeInteresser",
        "oekonomiskeInteresser",
        "personligeInteresser",
    ),
]
Skifteform = Annotated[str, Codes("offentlig", "annet")]
UtenlandskNummertype = Annotated[
    str, Codes("utenlandskIdentifikasjonsnummer", "taxIdentificationNumber", "socialSecurityNumber")
]
Oppholdstillatelse = Annotated[str, Codes("midlertidig", "permanent", "opplysningMangler")]
Oppholdsvarighet = Annotated[str, Codes("underSeksMaaneder", "overSeksMaaneder", "overTolvMaaneder", "ukjent")]
SamiskSpraakkode = Annotated[str, Codes("nordsamisk", "soersamisk", "lulesamisk")]
Valgmanntallsforhold = Annotated[str, Codes("innmeldt", "utmeldt", "aldriInnmeldt")]
Entitetsendring = Annotated[str, Codes("registrereNy", "korrigere", "annullere", "korrigereHistorisk")]
