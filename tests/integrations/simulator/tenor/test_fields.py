"""Every field, read out of a document made for it."""

from datetime import date
from typing import Any

import pytest

from integrations.simulator.days.events import Event
from integrations.simulator.tenor.fields import OWN_FIELDS
from integrations.simulator.tenor.household import HOUSEHOLD_FIELDS
from integrations.simulator.tenor.index import Index
from integrations.simulator.tenor.queries import Check, Literal, Word
from integrations.simulator.tenor.searchable import Subject

Document = dict[str, Any]

NUMBER, D_NUMBER, OTHER = "03851598730", "41819077302", "16863448801"
EVENTS = [
    Event(7, NUMBER, "personErOpprettet", date(2026, 1, 1), 0),
    Event(9, NUMBER, "endringINavn", date(2026, 1, 2), 0),
]
TOWN = {"postnummer": "8400", "poststedsnavn": "SORTLAND"}
STREET = {
    "kommunenummer": "1870",
    "adressenavn": "Lia",
    "adressenummer": {"husnummer": "1", "husbokstav": "B"},
    "bruksenhetsnummer": "H0101",
    "poststed": TOWN,
}
LOT = {"matrikkelnummer": {"kommunenummer": "1870", "gaardsnummer": 14, "bruksnummer": 2}, "poststed": TOWN}
BOX = {"postboks": "95", "poststed": TOWN}
ABROAD = {"adressenavn": "Calle 3", "postkode": "28001", "byEllerStedsnavn": "Madrid", "landkode": "ES"}
FREE_ABROAD = {"adresselinje": ["Poste restante"], "byEllerStedsnavn": "Montevideo", "landkode": "UY"}


def number(digits: str, *, kind: str = "foedselsnummer", now: bool = True) -> Document:
    return {"foedselsEllerDNummer": digits, "identifikatortype": kind, "erGjeldende": now}


def person(key: str, *rows: Document, digits: str = NUMBER) -> Document:
    """Somebody with a number and these entries of one property."""
    return {"identifikasjonsnummer": [number(digits)], key: list(rows)}


def named(given: str, middle: str = "", family: str = "ABBOR") -> Document:
    return person("navn", {"fornavn": given, "mellomnavn": middle, "etternavn": family})


def citizen(*countries: str) -> Document:
    return person("statsborgerskap", *({"statsborgerskap": country} for country in countries))


def related(role: str, **relative: object) -> Document:
    return person("familierelasjon", {"relatertPersonsRolle": role, "minRolleForPerson": "barn", **relative})


def guarded(**row: object) -> Document:
    return person("vergemaalEllerFremtidsfullmakt", {"vergemaaltype": "voksen", **row})


def earlier(key: str) -> Document:
    return person(key, {"erGjeldende": True}, {"erGjeldende": False, "opphoerstidspunkt": "2020-01-01T00:00:00+01:00"})


CHANGED = {"identifikasjonsnummer": [number(NUMBER), number(D_NUMBER, kind="dNummer", now=False)]}
BORN = person("foedsel", {"foedselsdato": "2015-05-03", "foedeland": "SWE"})
ESTATE = {"adresselinje": ["Arvegata 1"], "postnummer": "8400", "poststedsnavn": "SORTLAND"}
WITHOUT_NUMBER = {"relatertPersonUtenFolkeregisteridentifikator": {"navn": {"fornavn": "GLAD"}}}
AREA = {"tjenesteomraade": [{"vergeTjenestevirksomhet": "nav", "vergeTjenesteoppgave": "arbeid"}]}
SHARED = person("deltBosted", {"vegadresse": STREET})

READINGS: list[tuple[str, Document, object]] = [
    ("id", CHANGED, NUMBER),
    ("identifikator", CHANGED, [NUMBER, D_NUMBER]),
    ("identifikatorType", CHANGED, ["dNummerOgFoedselsnr"]),
    ("identifikatorType", {"identifikasjonsnummer": [number(D_NUMBER, kind="dNummer")]}, ["dNummer"]),
    ("foedselsdato", BORN, "2015-05-03"),
    ("foedeland", BORN, "SWE"),
    ("doedsdato", {**BORN, "doedsfall": {"doedsdato": "2020-02-02"}}, "2020-02-02"),
    ("kjoenn", person("kjoenn", {"kjoenn": "mann", "erGjeldende": False}, {"kjoenn": "kvinne"}), "kvinne"),
    ("personstatus", person("status", {"status": "bosatt"}), "bosatt"),
    ("identitetsgrunnlagStatus", person("identitetsgrunnlag", {"identitetsgrunnlagstatus": "unik"}), "unik"),
    ("falskIdentitet", {**BORN, "falskIdentitet": {"erFalsk": True}}, True),
    ("falskIdentitet", BORN, False),
    ("harAvvikFdato", person("foedsel", {"foedselsdato": "2015-05-03"}), False),
    ("harAvvikFdato", person("foedsel", {"foedselsdato": "2015-05-04"}), True),
    ("harAvvikFdato", person("foedsel", {"foedselsdato": "1990-01-01"}, digits=D_NUMBER), False),
    ("harAvvikFdato", person("foedsel", {"foedselsaar": "2015"}), False),
    ("fornavn", named("GULAKTIG"), "GULAKTIG"),
    ("mellomnavn", named("GULAKTIG", "TORSK"), "TORSK"),
    ("etternavn", named("GULAKTIG"), "ABBOR"),
    ("visningnavn", named("GULAKTIG", "TORSK"), "GULAKTIG TORSK ABBOR"),
    ("navnLengde", named("GULAKTIG"), 14),
    ("navnLengde", BORN, None),
    ("flereFornavn", named("GUL GRØNN"), True),
    ("flereFornavn", named("GUL"), False),
    ("navnSpesialtegn", named("GULÅÆØ"), False),
    ("navnSpesialtegn", named("GÜL"), True),
    ("navnSpesialtegn", named("GUL-GRØNN"), True),
    ("harNavnHistorikk", earlier("navn"), True),
    ("statsborgerskap", citizen("NOR", "SWE"), ["NOR", "SWE"]),
    ("norskStatsborgerskap", citizen("NOR"), True),
    ("flereStatsborgerskap", citizen("NOR", "SWE"), True),
    ("flereStatsborgerskap", citizen("NOR"), False),
    ("nordenStatsborgerskap", citizen("ISL"), True),
    ("nordenStatsborgerskap", citizen("NOR"), False),
    ("euEoesStatsborgerskap", citizen("LIE"), True),
    ("euEoesStatsborgerskap", citizen("GBR"), False),
    ("tredjelandStatsborgerskap", citizen("GBR"), True),
    ("tredjelandStatsborgerskap", citizen("FRA", "XXX"), False),
    ("utgaattStatsborgerskap", earlier("statsborgerskap"), True),
    ("harStatsborgerskapHistorikk", earlier("statsborgerskap"), True),
    ("legitimasjonsdokument", person("legitimasjonsdokument", {"identifikasjonsdokumenttype": "pass"}), ["pass"]),
    (
        "utenlandskPersonidentifikasjon",
        person("utenlandskPersonidentifikasjon", {"identifikasjonsnummertype": "socialSecurityNumber"}),
        ["socialSecurityNumber"],
    ),
    ("harOpphold", person("opphold", {"oppholdstillatelse": "permanent"}), True),
    ("harInnflytting", person("innflytting", {"fraflyttingsland": "ITA"}), True),
    ("harUtflytting", BORN, False),
    ("adresseBeskyttelse", person("adressebeskyttelse", {"graderingsnivaa": "fortrolig"}), "fortrolig"),
    ("adresseGradering", person("bostedsadresse", {"adressegradering": "klientadresse"}), ["klientadresse"]),
    ("bostedsadresse", person("bostedsadresse", {"vegadresse": STREET}), "Lia 1B, 8400 SORTLAND"),
    ("bostedsadresse", person("bostedsadresse", {"matrikkeladresse": LOT}), "14/2, 8400 SORTLAND"),
    ("bostedsadresse", person("bostedsadresse", {"ukjentBosted": {"bostedskommune": "1870"}}), None),
    ("bostedsadresseType", person("bostedsadresse", {"vegadresse": STREET}), "veiadresse"),
    ("bostedsadresseType", person("bostedsadresse", {"matrikkeladresse": LOT}), "matrikkel"),
    ("bostedsadresseType", person("bostedsadresse", {"ukjentBosted": {"bostedskommune": "1870"}}), "ukjent"),
    ("kommunenr", person("bostedsadresse", {"matrikkeladresse": LOT}), "1870"),
    ("kommunenr", person("bostedsadresse", {"ukjentBosted": {"bostedskommune": "4640"}}), "4640"),
    ("sisteBoKommune", person("bostedsadresse", {"vegadresse": STREET, "erGjeldende": False}), "1870"),
    ("sisteBoKommune", person("bostedsadresse", {"vegadresse": STREET}), None),
    ("ukjentBosted", person("bostedsadresse", {"ukjentBosted": {"bostedskommune": "1870"}}), True),
    ("harBostedsadresseHistorikk", earlier("bostedsadresse"), True),
    ("deltBosted", SHARED, ["Lia 1B, 8400 SORTLAND"]),
    ("oppholdAnnetSted", person("oppholdsadresse", {"oppholdAnnetSted": "pendler"}), ["pendler"]),
    ("postadresse", person("postadresse", {"postboksadresse": BOX}), "Postboks 95, 8400 SORTLAND"),
    ("postadresse", person("postadresse", {"vegadresse": STREET}), "Lia 1B, 8400 SORTLAND"),
    (
        "postadresse",
        person("postadresse", {"postadresseIFrittFormat": {"adresselinje": ["Hytta", "v/sjøen"], "poststed": TOWN}}),
        "Hytta, v/sjøen, 8400 SORTLAND",
    ),
    ("postadresseUtland", person("postadresseIUtlandet", {"utenlandskAdresse": ABROAD}), "Calle 3, 28001 Madrid ES"),
    (
        "postadresseUtland",
        person("postadresseIUtlandet", {"utenlandskAdresseIFrittFormat": FREE_ABROAD}),
        "Poste restante, Montevideo UY",
    ),
    ("coAdressenavnType", person("postadresse", {"vegadresse": STREET | {"coAdressenavn": "A"}}), ["postadresse"]),
    ("adresseSpesialtegn", person("bostedsadresse", {"vegadresse": STREET | {"adressenavn": "Lüa"}}), True),
    ("adresseSpesialtegn", SHARED, False),
    ("harPostboks", person("postadresseIUtlandet", {"utenlandskAdresse": ABROAD | {"postboks": "1"}}), True),
    ("harPostadresseIFrittFormat", person("postadresse", {"postadresseIFrittFormat": {"adresselinje": ["A"]}}), True),
    ("harPostadressePostboks", person("postadresse", {"postboksadresse": BOX}), True),
    ("harPostadresseVegadresse", person("postadresse", {"vegadresse": STREET}), True),
    (
        "harUtenlandskAdresseIFrittFormat",
        person("postadresseIUtlandet", {"utenlandskAdresseIFrittFormat": FREE_ABROAD}),
        True,
    ),
    (
        "harUtenlandskPostadressePostboks",
        person("postadresseIUtlandet", {"utenlandskAdresse": ABROAD | {"postboks": "1"}}),
        True,
    ),
    ("harUtenlandskPostadresseVegadresse", person("postadresseIUtlandet", {"utenlandskAdresse": ABROAD}), True),
    ("kontaktinfoDoedsbo", person("kontaktinformasjonForDoedsbo", {"adresse": ESTATE}), "Arvegata 1, 8400 SORTLAND"),
    ("sivilstand", person("sivilstand", {"sivilstand": "skilt"}), "skilt"),
    ("harSivilstandHistorikk", earlier("sivilstand"), True),
    ("partnerFnr", person("sivilstand", {"sivilstand": "gift", "relatertVedSivilstand": OTHER}), OTHER),
    ("partnerFnr", person("sivilstand", {"sivilstand": "skilt", "relatertVedSivilstand": OTHER}), None),
    ("morFnr", related("mor", relatertPerson=OTHER), [OTHER]),
    ("farFnr", related("far", relatertPerson=OTHER), [OTHER]),
    ("barnFnr", related("barn", relatertPerson=OTHER), [OTHER]),
    ("antallBarn", related("barn", relatertPerson=OTHER), 1),
    ("antallBarn", BORN, 0),
    ("minRolleForPerson", related("mor", relatertPerson=OTHER), ["barn"]),
    ("relatertPersonsRolle", related("mor", relatertPerson=OTHER), ["mor"]),
    ("harRelatertPersonUtenFolkeregisteridentifikator", related("far", **WITHOUT_NUMBER), True),
    ("harDoedfoedtBarn", related("doedfoedtBarn"), True),
    ("foreldreansvar", person("foreldreansvar", {"ansvar": "felles"}, {"ansvar": "felles"}), ["felles"]),
    ("vergemaalType", guarded(), ["voksen"]),
    ("vergeTjenestevirksomhet", guarded(verge=AREA), ["nav"]),
    ("harRettsligHandleevne", person("rettsligHandleevne", {"rettsligHandleevneomfang": "ikkePersonlig"}), True),
    ("hendelser", BORN, ["personErOpprettet", "endringINavn"]),
    ("hendelserMedSekvens.hendelse", BORN, ["personErOpprettet", "endringINavn"]),
    ("sisteHendelse", BORN, "endringINavn"),
]


@pytest.mark.parametrize(("field", "document", "shown"), READINGS)
def test_a_field_is_read_out_of_a_document(field: str, document: Document, shown: object) -> None:
    assert OWN_FIELDS[field].shown(Subject(document, EVENTS)) == shown


def test_every_field_is_among_them() -> None:
    assert {field for field, *_ in READINGS} == OWN_FIELDS.keys()


@pytest.mark.parametrize("field", OWN_FIELDS)
def test_a_ceased_person_can_be_read_too(field: str) -> None:
    skeleton = person("status", {"status": "opphoert"})
    assert OWN_FIELDS[field].shown(Subject(skeleton)) != ""


FATHER, MOTHER, CHILD = OTHER, D_NUMBER, NUMBER
ELSEWHERE = STREET | {"adressenavn": "Myra"}


def family(mother_home: Document, *, parent: str = "far", sex: str = "mann") -> Index:
    """A child in the first street, with a mother in this one and a second parent beside the child."""
    child = {
        "familierelasjon": [
            {"relatertPersonsRolle": "mor", "relatertPerson": MOTHER},
            {"relatertPersonsRolle": parent, "relatertPerson": FATHER},
        ]
    }
    index = Index()
    index.add(Subject({**child, **person("bostedsadresse", {"vegadresse": STREET}, digits=CHILD)}))
    for digits, home, of in ((MOTHER, mother_home, "kvinne"), (FATHER, STREET, sex)):
        index.add(
            Subject({"kjoenn": [{"kjoenn": of}], **person("bostedsadresse", {"vegadresse": home}, digits=digits)})
        )
    index.settle()
    return index


@pytest.mark.parametrize(
    ("index", "true"),
    [
        (family(STREET), {"borMedMor", "borMedFar", "foreldreHarSammeAdresse"}),
        (family(ELSEWHERE), {"borMedFar"}),
        (family(STREET | {"bruksenhetsnummer": "H0102"}), {"borMedFar"}),
        (
            family(STREET, parent="medmor", sex="kvinne"),
            {"borMedMor", "borMedMedmor", "foreldreHarSammeAdresse", "harForeldreMedSammeKjoenn"},
        ),
    ],
)
def test_fields_of_the_household_compare_several_persons(index: Index, true: set[str]) -> None:
    child = index.person(CHILD)
    assert child is not None
    told = index.household(child)
    assert told.keys() == HOUSEHOLD_FIELDS
    assert {name for name, is_so in told.items() if is_so} == true


@pytest.mark.parametrize("field", sorted(HOUSEHOLD_FIELDS))
def test_what_an_entry_says_of_a_household_can_be_searched_for(field: str) -> None:
    index = family(STREET)
    for person_, truth in ((each, index.household(each)[field]) for each in index.everyone):
        asked = Check(field, Literal((Word((str(truth).lower(),)),)), 0)
        assert person_ in index.having(asked)
