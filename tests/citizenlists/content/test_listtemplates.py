"""The central templates: what they rest on, when they are offered, and exactly whom each lists."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from citizenlists import tasks
from citizenlists.content import listtemplates
from citizenlists.content.columns import columns_for
from citizenlists.content.layouts import TO_GUARDIANS
from citizenlists.content.listtemplates import EVERY_AREA, NOT_AVAILABLE, TEMPLATES, Words, election_year, offered
from citizenlists.models import CitizenList, State
from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue.datafiles import read_catalogue
from roles.models import Organisation
from tests.citizenlists.caseworkers import OPEN, Caseworker, body, caseworker, table
from tests.citizenlists.register import Register

ADDRESS = "/innbyggerlister/bestill/"
NUMBER = "Fødselsnummer eller d-nummer"
FREE = "fritt-utvalg"
PRESETS = sorted(TEMPLATES.keys() - {FREE})
Document = Mapping[str, Any]

#: Whom each template lists, said once more in terms of the register's documents: (birth day, document, today).
SAID: dict[str, Callable[[date, Document, date], bool]] = {
    "skolestartere": lambda born, _, today: born.year == next_august(today) - 6,
    "tiendeklassinger": lambda born, _, today: born.year == next_august(today) - 16,
    "ungdom-17": lambda born, _, today: today.year - born.year == 17,
    "ett-aaringer": lambda born, _, today: date(next_august(today) - 1, 1, 1) <= born <= last_november(today),
    "nyfoedte": lambda born, _, today: born.year == today.year,
    "helsestasjon-2": lambda born, _, today: today.year - born.year == 2,
    "helsestasjon-4": lambda born, _, today: today.year - born.year == 4,
    "skolehelse-1": lambda born, _, today: born.year == next_august(today) - 6,
    "vaksinering-65": lambda born, _, today: today.year - born.year >= 65,
    "forebyggende-75": lambda born, _, today: today.year - born.year == 75,
    "forebyggende-80": lambda born, _, today: today.year - born.year >= 80,
    "jubilanter-80": lambda born, _, today: today.year - born.year == 80,
    "jubilanter-90": lambda born, _, today: today.year - born.year == 90,
    "jubilanter-100": lambda born, _, today: today.year - born.year >= 100,
    "gullbryllup": lambda born, person, today: married_in(person) == today.year - 50 and today.year - born.year >= 66,
    "diamantbryllup": lambda born, person, today: (
        married_in(person) == today.year - 60 and today.year - born.year >= 76
    ),
    "atten-aaringer": lambda born, _, today: today.year - born.year == 18,
    "foerstegangsvelgere": lambda born, person, today: (
        is_norwegian(person) and next_september(today) - born.year in (18, 19)
    ),
    "meddommere": lambda born, person, today: is_norwegian(person) and 21 <= today.year - born.year <= 69,
}


def next_august(today: date) -> int:
    return today.year + (today > date(today.year, 8, 31))


def last_november(today: date) -> date:
    return date(next_august(today) - 1, 11, 30)


def next_september(today: date) -> int:
    year = today.year + (today > date(today.year, 9, 30))
    return year if year % 2 else year + 1


def now(person: Document, element: str) -> list[Document]:
    return [entry for entry in person.get(element, ()) if entry.get("erGjeldende")]


def is_norwegian(person: Document) -> bool:
    return any(held["statsborgerskap"] == "NOR" for held in now(person, "statsborgerskap"))


def married_in(person: Document) -> int | None:
    dates = [entry.get("sivilstandsdato") for entry in now(person, "sivilstand") if entry["sivilstand"] == "gift"]
    return int(dates[0][:4]) if dates and dates[0] else None


def lives_in(person: Document, kommune: str) -> bool:
    homes = now(person, "bostedsadresse")
    status = [entry["status"] for entry in now(person, "status")]
    return status == ["bosatt"] and f"'{kommune}'" in str(homes)


def is_graded(person: Document) -> bool:
    return any(entry["graderingsnivaa"] != "ugradert" for entry in now(person, "adressebeskyttelse"))


def number_of(person: Document) -> str:
    return next(
        str(entry["foedselsEllerDNummer"])
        for entry in now(person, "identifikasjonsnummer")
        if entry.get("status") == "iBruk"
    )


def born(person: Document) -> date:
    return date.fromisoformat(now(person, "foedsel")[0]["foedselsdato"])


def arrange(register: Register, key: str, today: date) -> None:
    """Gives residents birth years at the edges of the template and just outside, and what narrows it; the last two do
    not meet the narrowing."""
    first, last = TEMPLATES[key].birth_years(today) or (0, 0)
    since = today.year - (TEMPLATES[key].narrowing.years_in_status or 50)
    years = [max(first, 1930), last, max(first, 1931) - 1, min(last + 1, today.year), last, last]
    days = [date(year, 11, 30) for year in years[:-1]] + [date(last, 12, 1)]
    for place, number in enumerate(register.unprotected("1870", (1950, 1990))[: len(days)]):
        misses = place >= len(days) - 2
        born = {"foedselsdato": days[place].isoformat(), "foedselsaar": str(days[place].year)}
        married = {"sivilstand": "gift", "sivilstandsdato": f"{since + misses}-05-01"}
        register.change(
            number,
            foedsel=[{"erGjeldende": True, **born}],
            statsborgerskap=[{"erGjeldende": True, "statsborgerskap": "SWE" if misses else "NOR"}],
            sivilstand=[{"erGjeldende": True, **married}],
        )


def filled_in(who: Caseworker, key: str) -> dict[str, str | list[str]]:
    """The form of a template's page as a browser sends it when nothing is changed."""
    page = body(who.client.get(f"{ADDRESS}{key}/")).decode()
    page = page[page.index('id="order-form"') :]
    sent: dict[str, str | list[str]] = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="(?:text|hidden)" name="([a-z_]+)"(?: value="([^"]*)")?', page)
    }
    for name, options in re.findall(r'<select name="([a-z_]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    sent["purpose"] = "Sak 2026/17"
    sent["elements"] = re.findall(r'name="elements" value="([^"]+)"[^>]* checked', page)
    return sent


def ordered(who: Caseworker, form: dict[str, str | list[str]]) -> CitizenList:
    answer = who.client.post(ADDRESS, form)
    assert answer.status_code == 302, body(answer).decode()
    return CitizenList.objects.latest("ordered_at")


@pytest.mark.parametrize("key", PRESETS)
@pytest.mark.django_db
def test_a_template_lists_exactly_those_it_says(key: str, havbris: Organisation, register: Register) -> None:
    who = caseworker("Saksbehandler", organisation=havbris, elements=ELEMENTS, area=str(TEMPLATES[key].areas[0]))
    form = filled_in(who, key)
    assert sorted(form["elements"]) == sorted(TEMPLATES[key].elements)
    arrange(register, key, today := timezone.localdate())
    order = ordered(who, {**form, "elements": [*form["elements"], "identifikasjonsnummer"]})
    tasks.build(str(order.pk))
    said = [
        number_of(person)
        for person in register.everybody()
        if lives_in(person, "1870") and not is_graded(person) and SAID[key](born(person), person, today)
    ]
    assert said
    listed = [number for row in table(body(who.download(order.pk))) for number in str(row[NUMBER]).split(", ")]
    writes_to_guardians = TEMPLATES[key].rows_per in TO_GUARDIANS  # and may write to two homes about one child
    assert sorted(set(listed) if writes_to_guardians else listed) == sorted(said)


def test_everything_a_template_has_is_opened_by_a_checked_legal_basis_of_its_area() -> None:
    bases = read_catalogue().bases.values()
    for key, template in TEMPLATES.items():
        for area in () if template.areas == EVERY_AREA else template.areas:
            checked = [basis for basis in bases if basis.text_read and (basis.for_every_area or area in basis.areas)]
            opened = {element for basis in checked for element in basis.elements}
            needed = {*template.elements, *template.narrowed(date(2026, 1, 1)).elements}
            assert needed <= opened, (key, needed - opened)


def test_every_template_has_columns_for_each_of_its_elements() -> None:
    for key, template in TEMPLATES.items():
        assert {column.element for column in columns_for(template.elements)} == set(template.elements), key


def test_every_template_of_an_existing_area_has_its_words_in_three_languages() -> None:
    areas = read_catalogue().areas
    for template in (*TEMPLATES.values(), *NOT_AVAILABLE.values()):
        assert template.areas == EVERY_AREA or set(template.areas) <= areas.keys()
    for text in ([one.name for one in TEMPLATES.values()], [one.reason for one in NOT_AVAILABLE.values()]):
        assert all(words.nb and words.nn and words.en for words in text)


def test_the_documentation_names_every_template_and_why_some_cannot_be_had() -> None:
    page = Path("docs/list-templates.md").read_text(encoding="utf-8")
    for template in TEMPLATES.values():
        assert template.areas == EVERY_AREA or f"| {template.name.nb} |" in page
    for missing in NOT_AVAILABLE.values():
        assert f"| {missing.name.nb} | {', '.join(missing.areas)} | {missing.reason.en} |" in page


def test_words_are_in_the_language_of_the_page() -> None:
    words = Words(nb="Mal", nn="Mål", en="Template")
    for language, said in (("nb", "Mal"), ("nn", "Mål"), ("en", "Template"), ("de", "Mal")):
        with translation.override(language):
            assert str(words) == said


@pytest.mark.django_db
def test_a_role_is_offered_the_templates_of_its_area_and_told_which_cannot_be_had(havbris: Organisation) -> None:
    clerk = caseworker("Servicekontor", organisation=havbris, elements=OPEN, area="INNBYGGERTJENESTER")
    page = body(clerk.client.get(ADDRESS)).decode()
    assert "Gullbryllup" in page
    assert "Skolestartere" not in page
    assert "Konfirmanter" in page
    assert "Ingen lovhjemmel åpner foreldreansvar for innbyggertjenester." in page
    assert clerk.client.get(f"{ADDRESS}gullbryllup/").status_code == 200
    assert clerk.client.get(f"{ADDRESS}skolestartere/").status_code == 404
    assert clerk.client.get(f"{ADDRESS}finnes-ikke/").status_code == 404


@pytest.mark.django_db
def test_a_template_of_another_area_is_not_ordered(school: Caseworker) -> None:
    form = filled_in(school, "skolestartere")
    refused = school.client.post(ADDRESS, {**form, "template": "gullbryllup"})
    assert refused.status_code == 422
    assert CitizenList.objects.count() == 0


@pytest.mark.django_db
def test_what_only_selects_must_be_in_the_role(havbris: Organisation) -> None:
    held = OPEN - {"statsborgerskap"}
    clerk = caseworker("Valgkontor", organisation=havbris, elements=held, area="VALG")
    page = body(clerk.client.get(ADDRESS)).decode()
    assert "Førstegangsvelgere" not in page
    assert 'name="citizenship"' not in page
    assert 'name="sex"' in page
    free = {
        "purpose": "Sak 7",
        "template": FREE,
        "kommune": "1870",
        "born_from": "2000",
        "born_to": "2001",
        "elements": ["navn"],
    }
    order = ordered(clerk, {**free, "citizenship": "SWE"})
    assert order.narrowing == {}


@pytest.mark.django_db
def test_a_role_that_loses_what_only_selects_gets_no_list(havbris: Organisation, register: Register) -> None:
    clerk = caseworker("Valgkontor", organisation=havbris, elements=OPEN, area="VALG")
    order = ordered(clerk, filled_in(clerk, "foerstegangsvelgere"))
    clerk.role.elements = sorted(OPEN - {"statsborgerskap"})
    clerk.role.save()
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert (order.state, order.failure) == (State.FAILED, "role-changed")


@pytest.mark.django_db
def test_a_template_says_what_the_role_does_not_give(office: Caseworker, school: Caseworker) -> None:
    said = "Malen har også opplysninger som rollen din ikke gir: Foreldreansvar."
    assert said in " ".join(body(office.client.get(f"{ADDRESS}skolestartere/")).decode().split())
    assert "rollen din ikke gir" not in body(school.client.get(f"{ADDRESS}skolestartere/")).decode()


@pytest.mark.django_db
def test_what_is_written_is_ordered_and_not_what_the_template_says(school: Caseworker) -> None:
    form = filled_in(school, "skolestartere")
    years = {"born_from": "2015", "born_to": "2016", "born_first": "01.03.2015"}
    form |= {"layout": "all", "rows_per": "household", "sorting": ""}
    order = ordered(school, {**form, **years, "elements": ["navn", "bostedsadresse"], "sex": "kvinne"})
    assert (order.template, order.born_from, order.born_to) == ("skolestartere", 2015, 2016)
    assert (order.layout, order.rows_per) == ("all", "household")
    assert (order.elements, order.narrowing) == (
        ["navn", "bostedsadresse"],
        {"sex": "kvinne", "born_first": "2015-03-01"},
    )


@pytest.mark.django_db
def test_somebody_whose_citizenship_changed_after_the_extract_is_not_listed(
    havbris: Organisation, register: Register
) -> None:
    clerk = caseworker("Valgkontor", organisation=havbris, elements=ELEMENTS, area="VALG")
    form = filled_in(clerk, "foerstegangsvelgere")
    order = ordered(clerk, {**form, "elements": [*form["elements"], "identifikasjonsnummer"]})
    tasks.build(str(order.pk))
    changed = str(table(body(clerk.download(order.pk)))[0][NUMBER])
    register.change(changed, statsborgerskap=[{"erGjeldende": True, "statsborgerskap": "SWE"}])
    assert clerk.download(order.pk).status_code == 409
    tasks.build(str(order.pk))
    assert changed not in [row[NUMBER] for row in table(body(clerk.download(order.pk)))]


@pytest.mark.parametrize(("today", "year"), [(date(2026, 8, 31), 2026), (date(2026, 9, 1), 2027)])
def test_from_september_on_the_school_start_is_next_years(today: date, year: int) -> None:
    assert listtemplates.school_start_year(today) == year


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 1, 1), 2027), (date(2027, 9, 30), 2027), (date(2027, 10, 1), 2029)]
)
def test_elections_are_in_september_of_odd_years(today: date, year: int) -> None:
    assert election_year(today) == year


def test_the_free_selection_is_offered_to_every_role() -> None:
    assert list(offered("SOSIAL", frozenset({"navn"}))) == [FREE]
