"""Every field and every code of the register's documents occurs among twenty thousand persons.

The table is our own, written from the register's description of its elements.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

from integrations.simulator.population.documents import document_of
from integrations.simulator.population.population import populate
from tests.integrations.simulator.door import Document, current

SIZE: Final = 10_000
NUMBER: Final = re.compile(rb'"(\d{11})"')
KOMMUNER: Final = ("1870", "0301")
ADDRESS_KINDS: Final = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
UNIT_TYPES: Final = "bolig annetEnnBolig fritidsbolig ikkeGodkjentBolig unummerertBruksenhet"
OPEN_OR_NOT: Final = "ugradert fortrolig"
CODES: Final = {
    "identifikasjonsnummer.identifikatortype": "foedselsnummer dNummer",
    "identifikasjonsnummer.status": "iBruk opphoert",
    "identitetsgrunnlag.identitetsgrunnlagstatus": "ingenStatus ikkeKontrollert kontrollert",
    "status.status": "bosatt utflyttet forsvunnet doed opphoert foedselsregistrert midlertidig inaktiv ikkeBosatt",
    "kjoenn.kjoenn": "kvinne mann",
    "sivilstand.sivilstand": "uoppgitt ugift gift enkeEllerEnkemann skilt separert registrertPartner separertPartner "
    "skiltPartner gjenlevendePartner",
    "bibehold.bibeholdstatus": "harBibehold harIkkeLengerBibehold norskStatsborgerTrengerIkkeBibehold",
    "bostedsadresse.adressegradering": "ugradert klientadresse fortrolig",
    "bostedsadresse.vegadresse.bruksenhetstype": UNIT_TYPES,
    "bostedsadresse.matrikkeladresse.bruksenhetstype": "bolig",
    "deltBosted.adressegradering": OPEN_OR_NOT,
    "oppholdsadresse.adressegradering": "ugradert klientadresse fortrolig",
    "oppholdsadresse.oppholdAnnetSted": "militaer utenriks paaSvalbard pendler",
    "postadresse.adressegradering": OPEN_OR_NOT,
    "postadresseIUtlandet.adressegradering": OPEN_OR_NOT,
    "adressebeskyttelse.graderingsnivaa": "ugradert fortrolig strengtFortrolig",
    "familierelasjon.relatertPersonsRolle": "mor far medmor barn soesken ektefelleEllerPartner doedfoedtBarn",
    "familierelasjon.minRolleForPerson": "mor far medmor barn soesken ektefelleEllerPartner",
    "foreldreansvar.ansvar": "felles mor far medmor andre ukjent",
    "vergemaalEllerFremtidsfullmakt.vergemaaltype": "voksen mindreaarig midlertidigForVoksen midlertidigForMindreaarig "
    "ensligMindreaarigAsylsoeker ensligMindreaarigFlyktning forvaltningUtenforVergemaal stadfestetFremtidsfullmakt",
    "vergemaalEllerFremtidsfullmakt.verge.omfang": "personligeOgOekonomiskeInteresser oekonomiskeInteresser "
    "personligeInteresser utlendingssakerPersonligeOgOekonomiskeInteresser",
    "kontaktinformasjonForDoedsbo.skifteform": "offentlig annet",
    "utenlandskPersonidentifikasjon.identifikasjonsnummertype": "utenlandskIdentifikasjonsnummer "
    "taxIdentificationNumber socialSecurityNumber",
    "legitimasjonsdokument.identifikasjonsdokumenttype": "pass nasjonaltIdentitetskort utlendingspass "
    "reisebevisForFlyktninger foererkort",
    "opphold.oppholdstillatelse": "midlertidig permanent opplysningMangler",
    "oppholdPaaSvalbard.antattOppholdsvarighet": "underSeksMaaneder overSeksMaaneder overTolvMaaneder ukjent",
    "brukAvSamiskSpraak.spraak": "nordsamisk soersamisk lulesamisk",
    "forholdTilSametingetsValgmanntall.forhold": "innmeldt utmeldt aldriInnmeldt",
}
METADATA: Final = frozenset(
    ["erGjeldende", "gyldighetstidspunkt", "opphoerstidspunkt", "ajourholdstidspunkt", "kilde", "aarsak"]
)
NAME: Final = "fornavn mellomnavn etternavn"
SHORT_NAME: Final = "fornavn etternavn"
STREET: Final = (
    "kommunenummer adressenavn adressenummer adressekode adressetilleggsnavn bruksenhetsnummer bruksenhetstype "
    "coAdressenavn poststed"
)
LOT: Final = "matrikkelnummer undernummer bruksenhetsnummer bruksenhetstype adressetilleggsnavn coAdressenavn poststed"
FOREIGN: Final = (
    "coAdressenavn adressenavn bygning etasjenummer boenhet postboks postkode byEllerStedsnavn distriktsnavn region "
    "landkode"
)
FREE: Final = "adresselinje postkode byEllerStedsnavn landkode"
CIRCUITS: Final = "grunnkrets stemmekrets skolekrets kirkekrets"
#: Fields by where they stand, beside the metadata that every entry has.
FIELDS: Final = {
    "identifikasjonsnummer": "foedselsEllerDNummer identifikatortype status",
    "identitetsgrunnlag": "identitetsgrunnlagstatus",
    "status": "status",
    "navn": f"{NAME} forkortetNavn originaltNavn",
    "navn.originaltNavn": NAME,
    "kjoenn": "kjoenn",
    "foedsel": "foedselsdato foedselsaar foedested foedekommuneINorge foedeland",
    "foedselINorge": "foedselsinstitusjonsnavn rekkefoelgenummer",
    "doedsfall": "doedsdato",
    "sivilstand": "sivilstand sivilstandsdato myndighet kommune sted utland relatertVedSivilstand",
    "statsborgerskap": "statsborgerskap ervervsdato",
    "bibehold": "bibeholdstatus datoForBibehold",
    "bostedsadresse": "vegadresse matrikkeladresse ukjentBosted adressegradering adresseIdentifikatorFraMatrikkelen "
    f"naerAdresseIdentifikatorFraMatrikkelen flyttedato {CIRCUITS}",
    "bostedsadresse.vegadresse": STREET,
    "bostedsadresse.vegadresse.adressenummer": "husnummer husbokstav",
    "bostedsadresse.vegadresse.poststed": "postnummer poststedsnavn",
    "bostedsadresse.matrikkeladresse": LOT,
    "bostedsadresse.matrikkeladresse.matrikkelnummer": "kommunenummer gaardsnummer bruksnummer festenummer",
    "bostedsadresse.ukjentBosted": "bostedskommune",
    "deltBosted": "vegadresse matrikkeladresse adresseIdentifikatorFraMatrikkelen adressegradering "
    "startdatoForKontrakt sluttdatoForKontrakt",
    "oppholdsadresse": "vegadresse matrikkeladresse utenlandskAdresse adressenErUkjent oppholdAnnetSted "
    "oppholdsadressedato adressegradering adresseIdentifikatorFraMatrikkelen",
    "postadresse": "postboksadresse vegadresse postadresseIFrittFormat adressegradering",
    "postadresse.postboksadresse": "postbokseier postboks poststed",
    "postadresse.vegadresse": "adressenavn adressenummer adressekode adressetilleggsnavn bruksenhetsnummer "
    "coAdressenavn poststed",
    "postadresse.postadresseIFrittFormat": "adresselinje poststed",
    "postadresseIUtlandet": "utenlandskAdresse utenlandskAdresseIFrittFormat adressegradering",
    "postadresseIUtlandet.utenlandskAdresse": FOREIGN,
    "postadresseIUtlandet.utenlandskAdresseIFrittFormat": FREE,
    "adressebeskyttelse": "graderingsnivaa",
    "familierelasjon": "relatertPerson relatertPersonUtenFolkeregisteridentifikator relatertPersonsRolle "
    "minRolleForPerson",
    "familierelasjon.relatertPersonUtenFolkeregisteridentifikator": "navn foedselsdato kjoenn statsborgerskap",
    "foreldreansvar": "ansvar ansvarlig ansvarligUtenIdentifikator ansvarligOrganisasjon ansvarssubjekt "
    "ansvarssubjektUtenIdentifikator",
    "vergemaalEllerFremtidsfullmakt": "vergemaaltype embete verge",
    "vergemaalEllerFremtidsfullmakt.verge": "foedselsEllerDNummer navnFoedselsdato tjenesteomraade omfang navn "
    "omfangetErInnenPersonligOmraade",
    "vergemaalEllerFremtidsfullmakt.verge.navnFoedselsdato": "personnavn foedselsdato statsborgerskap",
    "vergemaalEllerFremtidsfullmakt.verge.tjenesteomraade": "vergeTjenestevirksomhet vergeTjenesteoppgave",
    "rettsligHandleevne": "rettsligHandleevneomfang",
    "innflytting": "fraflyttingsland fraflyttingsstedIUtlandet",
    "utflytting": "tilflyttingsland tilflyttingsstedIUtlandet utflyttingsdato",
    "kontaktinformasjonForDoedsbo": "skifteform attestutstedelsesdato adresse person advokat organisasjon",
    "kontaktinformasjonForDoedsbo.adresse": "adresselinje postnummer poststedsnavn landkode",
    "kontaktinformasjonForDoedsbo.person": "foedselsEllerDNummer foedselsdato personnavn",
    "kontaktinformasjonForDoedsbo.advokat": "personnavn organisasjonsnavn organisasjonsnummer",
    "kontaktinformasjonForDoedsbo.organisasjon": "organisasjonsnavn organisasjonsnummer kontaktpersonnavn",
    "kontaktinformasjonForDoedsbo.organisasjon.kontaktpersonnavn": SHORT_NAME,
    "utenlandskPersonidentifikasjon": "identifikasjonsnummer identifikasjonsnummertype utstederland",
    "utlendingsmyndighetenesIdentifikasjonsnummer": "identifikasjonsnummer identifikasjonsnummertype utstederland",
    "legitimasjonsdokument": "identifikasjonsdokumenttype identifikasjonsdokumentnummer utstederland utstedernavn "
    "gyldigFra gyldigTil dokumentkontroll",
    "legitimasjonsdokument.dokumentkontroll": "dokumentkontrollstatus dokumentkontrolltidspunkt",
    "falskIdentitet": "erFalsk rettIdentitetErUkjent rettIdentitetVedIdentifikasjonsnummer "
    "rettIdentitetVedOpplysninger",
    "falskIdentitet.rettIdentitetVedOpplysninger": "personnavn foedselsdato kjoenn statsborgerskap",
    "opphold": "oppholdstillatelse oppholdFra oppholdTil",
    "oppholdPaaSvalbard": "startdato sluttdato antattOppholdsvarighet fraflyttingsland fraflyttingskommunenummer "
    "antallTidligereOpphold",
    "brukAvSamiskSpraak": "spraak",
    "forholdTilSametingetsValgmanntall": "forhold vedtaksdato",
}
#: What each role of a relation is seen from the other side.
MIRRORED: Final = {
    ("mor", "barn"),
    ("far", "barn"),
    ("medmor", "barn"),
    ("soesken", "soesken"),
    ("ektefelleEllerPartner", "ektefelleEllerPartner"),
}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    residents = populate("1", size=SIZE, kommuner=KOMMUNER).residents
    made: list[Document] = [document_of(resident) for resident in residents]
    return {each["identifikasjonsnummer"][0]["foedselsEllerDNummer"]: each for each in made}


@pytest.fixture(scope="module")
def values(documents: dict[str, Document]) -> dict[str, set[str]]:
    """Every value by path, but for the metadata of entries."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents.values():
        for name, value in document.items():
            _collect(value, name, found)
    return found


def _collect(value: Any, path: str, found: dict[str, set[str]]) -> None:
    if isinstance(value, list):
        for each in value:
            _collect(each, path, found)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in METADATA:
                _collect(each, f"{path}.{name}", found)
    else:
        found[path].add(str(value))


@pytest.mark.parametrize(("path", "codes"), CODES.items())
def test_every_code_occurs_and_no_other(values: dict[str, set[str]], path: str, codes: str) -> None:
    assert set(values[path]) == set(codes.split()) | (set(UNIT_TYPES.split()) & set(values[path]))


@pytest.mark.parametrize(("path", "fields"), FIELDS.items())
def test_every_field_occurs_and_no_other(values: dict[str, set[str]], path: str, fields: str) -> None:
    depth = path.count(".") + 1
    found = {each.split(".")[depth] for each in values if each.startswith(f"{path}.")}
    assert found == set(fields.split())


def test_no_element_is_left_out_of_the_tables(documents: dict[str, Document]) -> None:
    assert {name for document in documents.values() for name in document} == {path.split(".")[0] for path in FIELDS}


def test_entries_have_all_their_metadata_and_those_taken_over_have_less(documents: dict[str, Document]) -> None:
    rows = [row for each in documents.values() for row in each.get("statsborgerskap", ())]
    assert {name for row in rows for name in row} >= METADATA
    assert {name for row in rows if "gyldighetstidspunkt" not in row for name in row} & METADATA == {
        "erGjeldende",
        "kilde",
    }


def test_timestamps_have_between_no_and_nine_fractional_digits(documents: dict[str, Document]) -> None:
    shape = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?\+0[12]:00")
    stamps = {row["ajourholdstidspunkt"] for each in documents.values() for row in each["identifikasjonsnummer"]}
    matches = [shape.fullmatch(stamp) for stamp in stamps]
    assert {len(match[1] or "") for match in matches if match} == set(range(10))
    assert all(matches)


def test_controlled_identities_become_unique_by_a_setting() -> None:
    residents = populate("1", size=300, kommuner=("1870",)).residents
    made: list[Document] = [document_of(resident, unique_identities=True) for resident in residents]
    rows = [row for each in made for row in each.get("identitetsgrunnlag", ())]
    found = Counter(row["identitetsgrunnlagstatus"] for row in rows)
    assert found["unik"] > 50
    assert found["kontrollert"] > 50


@pytest.mark.parametrize("letter", "åüéđšž'-čáŋ")
def test_names_have_the_letters_that_programs_stumble_over(values: dict[str, set[str]], letter: str) -> None:
    names = {value for part in NAME.split() for value in values[f"navn.{part}"]}
    assert any(letter.upper() in name for name in names)


def test_relations_stand_on_both_sides(documents: dict[str, Document]) -> None:
    rows = {number: list(_relations(document)) for number, document in documents.items()}
    count = 0
    for number, relations in rows.items():
        for other, role, mine, is_current in relations:
            assert {(role, mine), (mine, role)} & MIRRORED
            assert (number, mine, role, is_current) in rows[other]
            count += 1
    assert count > SIZE


def _relations(document: Document) -> Iterator[tuple[str, str, str, bool]]:
    for row in document.get("familierelasjon", ()):
        if "relatertPerson" in row:
            yield row["relatertPerson"], row["relatertPersonsRolle"], row["minRolleForPerson"], row["erGjeldende"]


def test_spouses_name_each_other_and_the_same_day(documents: dict[str, Document]) -> None:
    pairs = 0
    for number, document in documents.items():
        for row in document["sivilstand"]:
            if spouse := row.get("relatertVedSivilstand"):
                theirs = [
                    each for each in documents[spouse]["sivilstand"] if each.get("relatertVedSivilstand") == number
                ]
                assert [each["sivilstandsdato"] for each in theirs] == [row["sivilstandsdato"]]
                pairs += 1
    assert pairs > SIZE // 4


def test_responsibility_stands_with_the_child_and_with_each_holder_in_the_register(
    documents: dict[str, Document],
) -> None:
    for number, document in documents.items():
        for row in document.get("foreldreansvar", ()):
            named = {row[key] for key in ("ansvarlig", "ansvarssubjekt") if key in row}
            assert number in named
            assert all(row in documents[other]["foreldreansvar"] for other in named)


def test_every_number_in_a_document_is_somebodys_in_the_register(documents: dict[str, Document]) -> None:
    everyone = {
        row["foedselsEllerDNummer"].encode() for each in documents.values() for row in each["identifikasjonsnummer"]
    }
    for document in documents.values():
        assert set(NUMBER.findall(msgspec.json.encode(document))) <= everyone


def test_nobody_is_married_to_two(documents: dict[str, Document]) -> None:
    for document in documents.values():
        spouses = [row for row in current(document, "sivilstand") if "relatertVedSivilstand" in row]
        assert len(spouses) <= 1


def test_the_ages_are_those_of_norway(documents: dict[str, Document]) -> None:
    """Shares of the resident population per twenty years, as the statistics of 2025 have them, give or take."""
    resident = [each for each in documents.values() if current(each, "status")[0]["status"] == "bosatt"]
    ages = Counter((2026 - int(each["foedsel"][0]["foedselsaar"])) // 20 for each in resident)
    shares = [ages[band] / len(resident) for band in range(4)]
    assert shares == pytest.approx([0.22, 0.27, 0.26, 0.20], abs=0.05)
    women = sum(each["kjoenn"][0]["kjoenn"] == "kvinne" for each in resident) / len(resident)
    assert women == pytest.approx(0.5, abs=0.03)


def test_some_live_as_few_do(documents: dict[str, Document]) -> None:
    counts = Counter(kind for document in documents.values() for kind in _kinds(document, documents))
    assert set(counts) == {"number tells another date", "two numbers", "neither parent", "both address shapes", "twin"}
    assert min(counts.values()) >= 5


def _kinds(document: Document, documents: dict[str, Document]) -> Iterator[str]:
    number = document["identifikasjonsnummer"][0]["foedselsEllerDNummer"]
    born = current(document, "foedsel")[0].get("foedselsdato", "") if "foedsel" in document else ""
    if born and f"{int(number[:2]) % 40:02}{int(number[2:4]) - 80:02}{number[4:6]}" != born[8:] + born[5:7] + born[2:4]:
        yield "number tells another date"
    if len(document["identifikasjonsnummer"]) > 1:
        yield "two numbers"
    if _lives_with_neither_parent(document, documents):
        yield "neither parent"
    if any({"postboksadresse", "postadresseIFrittFormat"} <= set(row) for row in document.get("postadresse", ())):
        yield "both address shapes"
    if any(row.get("rekkefoelgenummer") == 22 for row in document.get("foedselINorge", ())):
        yield "twin"


def _lives_with_neither_parent(document: Document, documents: dict[str, Document]) -> bool:
    if not document.get("foedsel") or document["foedsel"][0]["foedselsaar"] < "2010" or not _home(document):
        return False
    parents = [other for other, role, _, _ in _relations(document) if role in {"mor", "far", "medmor"}]
    return bool(parents) and all(_home(documents[parent]) != _home(document) for parent in parents)


def _home(document: Document) -> str:
    rows = current(document, "bostedsadresse")
    return str(rows[0].get("vegadresse") or rows[0].get("matrikkeladresse")) if rows else ""
