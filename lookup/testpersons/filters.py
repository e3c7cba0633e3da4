"""The predefined filters: traits that testers look for, each as a query in Tenor's language (contract section 5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from string import Template
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_AGES: Final = (6, 16, 18, 67)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. kql: $born18 in it stands for the birth date of those who turn 18 today.

    among: of the chosen filters with the same word here, a person must fit one; "" when this filter must fit.
    """

    key: str
    label: Promise
    kql: str
    among: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """The filters under one heading."""

    key: str
    heading: Promise
    filters: tuple[Filter, ...]


TOPICS: Final = (
    Topic(
        "alder",
        _("Alder og kjønn"),
        (
            Filter("under-6", _("Under 6 år"), "foedselsdato > $born6", "age"),
            Filter("6-til-15", _("6 til 15 år"), "(foedselsdato <= $born6 AND foedselsdato > $born16)", "age"),
            Filter("16-til-17", _("16 til 17 år"), "(foedselsdato <= $born16 AND foedselsdato > $born18)", "age"),
            Filter("18-til-66", _("18 til 66 år"), "(foedselsdato <= $born18 AND foedselsdato > $born67)", "age"),
            Filter("67-eller-eldre", _("67 år eller eldre"), "foedselsdato <= $born67", "age"),
            Filter("kvinne", _("Kvinne"), "kjoenn: kvinne", "sex"),
            Filter("mann", _("Mann"), "kjoenn: mann", "sex"),
        ),
    ),
    Topic(
        "status",
        _("Personstatus"),
        (
            Filter("bosatt", _("Bosatt"), "personstatus: bosatt", "status"),
            Filter("utflyttet", _("Utflyttet"), "personstatus: utflyttet", "status"),
            Filter("doed", _("Død"), "personstatus: doed", "status"),
            Filter("forsvunnet", _("Forsvunnet"), "personstatus: forsvunnet", "status"),
            Filter("foedselsregistrert", _("Fødselsregistrert"), "personstatus: foedselsregistrert", "status"),
            Filter("midlertidig", _("Midlertidig"), "personstatus: midlertidig", "status"),
            Filter("ikke-bosatt", _("Ikke bosatt"), "personstatus: ikkeBosatt", "status"),
            Filter("inaktiv", _("Inaktiv"), "personstatus: inaktiv", "status"),
            Filter("opphoert", _("Opphørt"), "personstatus: opphoert", "status"),
            Filter("doedsbo", _("Kontaktinformasjon for dødsbo"), "kontaktinfoDoedsbo:*"),
            Filter("innflyttet", _("Innflyttet til Norge"), "harInnflytting: true"),
        ),
    ),
    Topic(
        "nummer",
        _("Nummer og identitet"),
        (
            Filter("d-nummer", _("D-nummer"), "identifikatorType: dNummer", "number"),
            Filter("fra-d-nummer", _("Gikk fra d-nummer til fødselsnummer"), "identifikatorType: dNummerOgFoedselsnr"),
            Filter("avvik-foedselsdato", _("Annen fødselsdato enn i nummeret"), "harAvvikFdato: true"),
            Filter("falsk-identitet", _("Falsk identitet"), "falskIdentitet: true"),
            Filter("utenlandsk-id", _("Utenlandsk personidentifikasjon"), "utenlandskPersonidentifikasjon:*"),
            Filter("legitimasjon", _("Legitimasjonsdokument"), "legitimasjonsdokument:*"),
            Filter("ikke-kontrollert", _("Ikke kontrollert identitet"), "identitetsgrunnlagStatus: ikkeKontrollert"),
            Filter("opphold", _("Oppholdstillatelse"), "harOpphold: true"),
        ),
    ),
    Topic(
        "navn",
        _("Navn"),
        (
            Filter("navn-spesialtegn", _("Spesialtegn i navnet"), "navnSpesialtegn: true"),
            Filter("langt-navn", _("Navn på over 40 tegn"), "navnLengde > 40"),
            Filter("mellomnavn", _("Mellomnavn"), "mellomnavn:*"),
            Filter("flere-fornavn", _("Flere fornavn"), "flereFornavn: true"),
            Filter("skiftet-navn", _("Har hatt et annet navn"), "harNavnHistorikk: true"),
        ),
    ),
    Topic(
        "adresse",
        _("Adresse"),
        (
            Filter("uten-bostedsadresse", _("Uten bostedsadresse"), "NOT bostedsadresse:*"),
            Filter("ukjent-bosted", _("Ukjent bosted"), "ukjentBosted: true"),
            Filter("matrikkeladresse", _("Matrikkeladresse"), "bostedsadresseType: matrikkel"),
            Filter("oppholdsadresse", _("Opphold et annet sted"), "oppholdAnnetSted:*"),
            Filter("postadresse", _("Postadresse i Norge"), "postadresse:*"),
            Filter("postboks", _("Postboks"), "harPostboks: true"),
            Filter("postadresse-utlandet", _("Postadresse i utlandet"), "postadresseUtland:*"),
            Filter("co-adresse", _("C/o-adresse"), "coAdressenavnType:*"),
            Filter("adresse-spesialtegn", _("Spesialtegn i adressen"), "adresseSpesialtegn: true"),
            Filter("har-flyttet", _("Har flyttet"), "harBostedsadresseHistorikk: true"),
        ),
    ),
    Topic(
        "beskyttelse",
        _("Adressebeskyttelse"),
        (
            Filter("klientadresse", _("Klientadresse"), "adresseGradering: klientadresse", "protection"),
            Filter("fortrolig", _("Fortrolig"), "adresseBeskyttelse: fortrolig", "protection"),
            Filter("strengt-fortrolig", _("Strengt fortrolig"), "adresseBeskyttelse: strengtFortrolig", "protection"),
            Filter(
                "beskyttet-barn",
                _("Har barn med beskyttet adresse"),
                'tenorRelasjoner.freg: {tenorRelasjonsnavn: "barn" AND adresseBeskyttelse:*}',
            ),
        ),
    ),
    Topic(
        "familie",
        _("Familie"),
        (
            Filter("delt-bosted", _("Barn med delt bosted"), "deltBosted:*"),
            Filter(
                "uten-foreldre-hjemme",
                _("Barn som ikke bor med noen av foreldrene"),
                "(foedselsdato > $born18 AND borMedMor: false AND borMedFar: false AND borMedMedmor: false)",
            ),
            Filter("foreldre-samme-kjoenn", _("Foreldre med samme kjønn"), "harForeldreMedSammeKjoenn: true"),
            Filter("har-barn", _("Har barn"), "antallBarn >= 1"),
            Filter("tre-barn", _("Har tre barn eller flere"), "antallBarn >= 3"),
            Filter("doedfoedt-barn", _("Dødfødt barn"), "harDoedfoedtBarn: true"),
            Filter("gift", _("Gift"), "sivilstand: gift", "civil"),
            Filter("skilt", _("Skilt"), "sivilstand: skilt", "civil"),
            Filter("separert", _("Separert"), "sivilstand: separert", "civil"),
            Filter("enke", _("Enke eller enkemann"), "sivilstand: enkeEllerEnkemann", "civil"),
            Filter("partner", _("Registrert partner"), "sivilstand: registrertPartner", "civil"),
            Filter(
                "slektning-uten-nummer",
                _("Slektning uten nummer i registeret"),
                "harRelatertPersonUtenFolkeregisteridentifikator: true",
            ),
            Filter("verge", _("Har verge"), "vergemaalType:*"),
            Filter("handleevne", _("Begrenset rettslig handleevne"), "harRettsligHandleevne: true"),
        ),
    ),
    Topic(
        "statsborgerskap",
        _("Statsborgerskap"),
        (
            Filter("norsk", _("Norsk"), "norskStatsborgerskap: true"),
            Filter("flere-statsborgerskap", _("Flere statsborgerskap"), "flereStatsborgerskap: true"),
            Filter("norden", _("I Norden utenfor Norge"), "nordenStatsborgerskap: true", "region"),
            Filter("eu-eoes", _("I EU eller EØS"), "euEoesStatsborgerskap: true", "region"),
            Filter("tredjeland", _("I et tredjeland"), "tredjelandStatsborgerskap: true", "region"),
            Filter("tidligere-statsborgerskap", _("Har mistet et statsborgerskap"), "utgaattStatsborgerskap: true"),
        ),
    ),
)

#: Tenor's fields that people write themselves. The help beside the search lists them.
USEFUL_FIELDS: Final = (
    *("identifikator", "identifikatorType", "fornavn", "mellomnavn", "etternavn", "visningnavn", "navnLengde"),
    *("foedselsdato", "doedsdato", "foedeland", "kjoenn", "personstatus", "sivilstand", "statsborgerskap"),
    *("kommunenr", "sisteBoKommune", "bostedsadresse", "bostedsadresseType", "postadresse", "postadresseUtland"),
    *("adresseBeskyttelse", "adresseGradering", "antallBarn", "morFnr", "farFnr", "barnFnr", "partnerFnr"),
    *("foreldreansvar", "deltBosted", "borMedMor", "borMedFar", "vergemaalType", "sisteHendelse", "hendelser"),
)

FILTERS: Final = {found.key: found for topic in TOPICS for found in topic.filters}


def query_of(chosen: Iterable[str], today: date) -> list[str]:
    """The queries that must all fit, for the filters with these keys. Raises KeyError for an unknown key."""
    filters = sorted((FILTERS[key] for key in chosen), key=lambda one: one.among)
    born = {f"born{years}": _years_before(today, years).isoformat() for years in _AGES}
    return list(_pieces(filters, born))


def _pieces(filters: list[Filter], born: dict[str, str]) -> Iterator[str]:
    for among, some in groupby(filters, key=lambda one: one.among):
        pieces = [Template(one.kql).substitute(born) for one in some]
        if among and len(pieces) > 1:
            yield f"({' OR '.join(pieces)})"
        else:
            yield from pieces


def _years_before(today: date, years: int) -> date:
    """The same day `years` ago. On 29 February, the 28th when that year has no such day."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)
