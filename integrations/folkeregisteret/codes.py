"""The register's closed code lists, as types for the fields that hold them.

Codes are compared without case, spaces and other characters between letters: UGRADERT and I_BRUK become ugradert and
iBruk in our documents. A code that is not in its list is kept as it came, because the register adds codes without a new
version; it is counted as a novelty. So the types name the known codes, but a field may hold others. Free text (kilde,
aarsak, embete, myndighet) and lists that other bodies own (countries, kommuner, tasks of guardians, kinds of documents)
have no type here.

Sources: the register's OpenAPI 1.5, and its later notices (unik, from February 2027).
"""

from functools import cache
from typing import Any, Literal, get_args, get_origin


class Codes(frozenset[str]):
    """The known codes of a field."""

    def __new__(cls, *codes: str) -> "Codes":
        return super().__new__(cls, codes)

    def known(self, written: str) -> str | None:
        """The known code that `written` stands for; None when it is not in the list."""
        return written if written in self else _by_letters(self).get(letters_of(written))


def codes_of(hint: Any) -> Codes | None:
    """The codes of a type of this module; None for any other type."""
    return Codes(*get_args(hint)) if get_origin(hint) is Literal else None


def letters_of(written: str) -> str:
    """The form in which codes are compared: letters and digits in lower case, with æ, ø and å replaced."""
    small = written.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return "".join(sign for sign in small if sign.isalnum())


@cache
def _by_letters(codes: Codes) -> dict[str, str]:
    return {letters_of(code): code for code in codes}


Identifikatortype = Literal["foedselsnummer", "dNummer"]
Identifikatorstatus = Literal["iBruk", "opphoert"]
Identitetsgrunnlagstatus = Literal["ingenStatus", "ikkeKontrollert", "kontrollert", "unik"]
#: The same field in an event.
Legitimasjonskontroll = Literal["ingenStatus", "ikkeKontrollert", "kontrollert", "unik"]
Personstatus = Literal[
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
]
Kjoenn = Literal["kvinne", "mann"]
Sivilstandstype = Literal[
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
]
Bibeholdstatus = Literal["harBibehold", "harIkkeLengerBibehold", "norskStatsborgerTrengerIkkeBibehold"]
Gradering = Literal["ugradert", "klientadresse", "fortrolig", "strengtFortrolig"]
Bruksenhetstype = Literal["bolig", "annetEnnBolig", "fritidsbolig", "ikkeGodkjentBolig", "unummerertBruksenhet"]
OppholdAnnetSted = Literal["militaer", "utenriks", "paaSvalbard", "pendler"]
Familierolle = Literal["mor", "far", "medmor", "barn", "soesken", "ektefelleEllerPartner", "doedfoedtBarn"]
Ansvar = Literal["felles", "mor", "far", "medmor", "andre", "ukjent"]
Vergemaaltype = Literal[
    "voksen",
    "mindreaarig",
    "midlertidigForVoksen",
    "midlertidigForMindreaarig",
    "ensligMindreaarigAsylsoeker",
    "ensligMindreaarigFlyktning",
    "forvaltningUtenforVergemaal",
    "stadfestetFremtidsfullmakt",
]
VergemaaletsOmfang = Literal[
    "utlendingssakerPersonligeOgOekonomiskeInteresser",
    "personligeOgOekonomiskeInteresser",
    "oekonomiskeInteresser",
    "personligeInteresser",
]
Skifteform = Literal["offentlig", "annet"]
UtenlandskNummertype = Literal["utenlandskIdentifikasjonsnummer", "taxIdentificationNumber", "socialSecurityNumber"]
Oppholdstillatelse = Literal["midlertidig", "permanent", "opplysningMangler"]
Oppholdsvarighet = Literal["underSeksMaaneder", "overSeksMaaneder", "overTolvMaaneder", "ukjent"]
SamiskSpraakkode = Literal["nordsamisk", "soersamisk", "lulesamisk"]
Valgmanntallsforhold = Literal["innmeldt", "utmeldt", "aldriInnmeldt"]
Entitetsendring = Literal["registrereNy", "korrigere", "annullere", "korrigereHistorisk"]
