"""What registers have been seen to write, as the page reads it: each case by documents of our own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.family import family_view
from lookup.personpage.parts import PersonPage
from lookup.personpage.presenters import person_page
from roles.policy.addressprotection import verdict
from roles.policy.fieldpolicy import restrict
from tests.integrations.folkeregisteret.making import as_json
from tests.lookup.people import EVERYTHING, NOBODY, OPEN
from tests.lookup.personpage.reading import CODE, keys, texts

TODAY = date(2026, 11, 30)
OPEN_ADDRESS = {"adressegradering": "ugradert", "erGjeldende": True}
STREET = {
    "kommunenummer": "4640",
    "adressenavn": "Tangen",
    "adressenummer": {"husnummer": "3"},
    "poststed": {"postnummer": "6856", "poststedsnavn": "SOGNDAL"},
}
PARENT = {"ansvar": "felles", "ansvarlig": "16863448801", "ansvarssubjekt": NOBODY, "erGjeldende": True}


def home(**changes: object) -> dict[str, object]:
    return {"vegadresse": STREET, **OPEN_ADDRESS, **changes}


def plot(unit: str, of: tuple[int, int, int], under: int = 0) -> dict[str, object]:
    farm, holding, lease = of
    number = {"kommunenummer": "5058", "gaardsnummer": farm, "bruksnummer": holding, "festenummer": lease}
    address = {"matrikkelnummer": number, "undernummer": under, "bruksenhetsnummer": unit}
    return {"matrikkeladresse": address, **OPEN_ADDRESS}


def guarded(office: str, firm: str, task: str) -> dict[str, object]:
    tasks = [{"vergeTjenestevirksomhet": firm, "vergeTjenesteoppgave": task}]
    return {"vergemaaltype": "voksen", "embete": office, "verge": {"tjenesteomraade": tasks}}


#: What a case is called -> its document, the element, and the lines that stand there.
CASES: Mapping[str, tuple[dict[str, Any], str, list[str]]] = {
    "a moment at midnight in UTC is the next day in Norway": (
        {"navn": [{"etternavn": "FISK", "erGjeldende": False, "gyldighetstidspunkt": "2015-06-30T22:00:00Z"}]},
        "historikk",
        ["Navn", "Fra 1. juli 2015", "FISK"],
    ),
    "an office and a task of a guardian in nynorsk": (
        {"vergemaalEllerFremtidsfullmakt": [guarded("statsforvaltarenIVestland", "oevrige", "kjoepAvEiendom")]},
        "vergemaalEllerFremtidsfullmakt",
        ["Voksen", "Statsforvalteren i Vestland", "Øvrige: Kjøp av eiendom"],
    ),
    "a plot with a unit and a number below": (
        {"bostedsadresse": [plot("H0203", (149, 1, 0), 2)]},
        "bostedsadresse",
        ["149/1", "Undernummer 2", "Bolig H0203", "Åfjord"],
    ),
    "a plot without a farm": ({"bostedsadresse": [plot("", (0, 27, 0))]}, "bostedsadresse", ["0/27", "Åfjord"]),
    "a plot without a holding": ({"bostedsadresse": [plot("", (12, 0, 5))]}, "bostedsadresse", ["12/0/5", "Åfjord"]),
    "a country that is no more": (
        {"statsborgerskap": [{"statsborgerskap": "SCG"}]},
        "statsborgerskap",
        ["Serbia og Montenegro"],
    ),
    "the same entry twice": (
        {"statsborgerskap": [{"statsborgerskap": "NOR", "erGjeldende": True}] * 2},
        "statsborgerskap",
        ["Norge"],
    ),
    "the same responsibility twice": ({"foreldreansvar": [PARENT, PARENT]}, "foreldreansvar", ["Felles"]),
    "the present address in the history too": (
        {"bostedsadresse": [home(gyldighetstidspunkt="2022-03-23"), home(erGjeldende=False)]},
        "bostedsadresse",
        ["Tangen 3", "6856 SOGNDAL", "Sogndal"],
    ),
    "a date that is none": (
        {"foedsel": [{"foedselsdato": "2018-5-1", "foedselsaar": "2018"}]},
        "foedsel",
        ["2018", "Noe her kan ikke leses"],
    ),
    "a grading in capitals": (
        {"bostedsadresse": [home(adressegradering="UGRADERT")]},
        "bostedsadresse",
        ["Tangen 3", "6856 SOGNDAL", "Sogndal"],
    ),
    "shared residence after its agreement": (
        {"deltBosted": [home(sluttdatoForKontrakt="2020-01-01")]},
        "deltBosted",
        ["Avtalen gjelder ikke lenger", "Tangen 3", "6856 SOGNDAL", "Sogndal", "1. januar 2020"],
    ),
    "shared residence before its agreement": (
        {"deltBosted": [home(startdatoForKontrakt="2027-08-01")]},
        "deltBosted",
        ["Avtalen gjelder ikke ennå", "Tangen 3", "6856 SOGNDAL", "Sogndal", "1. august 2027"],
    ),
    "who wed them, and in which kommune of that time": (
        {"sivilstand": [{"sivilstand": "gift", "kommune": "0219", "sivilstandsdato": "1985-06-01"}]},
        "sivilstand",
        ["Gift", "1. juni 1985", "Bærum"],
    ),
    "the box of a letter": (
        {"postadresse": [{"postboksadresse": {"postboks": "12", "poststed": STREET["poststed"]}, **OPEN_ADDRESS}]},
        "postadresse",
        ["Postboks 12", "6856 SOGNDAL"],
    ),
}


def page(document: dict[str, Any], elements: frozenset[str]) -> PersonPage:
    record = decode_person(as_json(document))
    permitted = restrict(record, elements=elements, protection=verdict(record, may_open=False))
    family = family_view(permitted, {}, asked=NOBODY, today=TODAY)
    return person_page(permitted, asked=NOBODY, today=TODAY, family=family)


@pytest.mark.parametrize("case", CASES)
def test_what_registers_write_is_read_so(case: str) -> None:
    document, key, expected = CASES[case]
    with translation.override("nb"):
        entries = page(document, EVERYTHING).views[key].entries
        told = [[*filter(None, (entry.label, entry.period))] for entry in entries]
        lines = [str(line) for entry in entries for row in entry.rows for line in row.lines]
        assert [*(word for words in told for word in words), *lines] == expected


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("case", CASES)
def test_every_case_is_a_page_without_a_code_and_with_every_element_once(case: str, language: str) -> None:
    with translation.override(language):
        for elements in (EVERYTHING, OPEN):
            shown = page(CASES[case][0], elements)
            assert not list(filter(CODE.search, texts(shown)))
            assert sorted(keys(shown)) == sorted(ELEMENTS)
