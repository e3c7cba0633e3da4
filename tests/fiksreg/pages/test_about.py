"""The open pages about the service: open to everybody, and true to the product and its data files."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from fiksreg.demo.procfile import ROOT
from fiksreg.pages.changelog import Version, Words, history, versions
from fiksreg.pages.legalbases import ASKED, QUESTIONS
from fiksreg.pages.prices import SizeClass, Status, prices
from fiksreg.pages.steps import STEPS
from roles.catalogue.datafiles import read_catalogue
from roles.models import LegalBasis, OrganisationKind
from tests.translations.pages import page_of

PAGES = [
    "/om/",
    "/om/ta-i-bruk/",
    "/om/priser/",
    "/om/maler/",
    "/om/historikk/",
    "/om/skatt-og-inntekt/",
    "/om/lovhjemler/",
]


def text_of(path: str) -> str:
    return " ".join(" ".join(page_of(Client().get(path).content.decode()).text).split())


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_open_to_everybody_and_leads_to_the_others(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 200
    assert [page for page in PAGES if f'href="{page}"' not in response.content.decode()] == []


@pytest.mark.django_db
def test_the_front_page_and_every_foot_of_a_page_lead_there() -> None:
    assert Client().get("/").content.decode().count('href="/om/"') == 2
    assert 'href="/om/"' in Client().get("/tilgjengelighet/").content.decode()


@pytest.mark.django_db
def test_the_steps_say_who_does_what() -> None:
    text = text_of("/om/ta-i-bruk/")
    assert [step for step in STEPS if f"{step.title} Hvem: {step.who} {step.text}" not in text] == []
    assert "RF-1514" in text
    assert "Bare for virksomheter som når Folkeregisteret gjennom andre." in text


def test_every_kind_of_organisation_and_every_size_has_one_price() -> None:
    found = prices().classes
    assert {each.kind for each in found} == set(OrganisationKind)
    for kind in OrganisationKind:
        own = [each for each in found if each.kind is kind]
        # Each class begins where the one before it ends; the first and the last have no end.
        assert [each.residents_from for each in own] == [None, *(each.residents_below for each in own[:-1])]
        assert own[-1].residents_below is None


@pytest.mark.parametrize(
    ("first", "below", "words"),
    [
        (None, None, ""),
        (None, 10_000, "Under 10\xa0000 innbyggere"),
        (10_000, 50_000, "10\xa0000 til under 50\xa0000 innbyggere"),
        (50_000, None, "50\xa0000 innbyggere eller flere"),
    ],
)
def test_a_size_is_said_in_words(first: int | None, below: int | None, words: str) -> None:
    size = SizeClass(kind=OrganisationKind.KOMMUNE, per_year=1, residents_from=first, residents_below=below)
    assert size.size == words


@pytest.mark.django_db
def test_a_price_nobody_has_decided_on_is_marked_on_its_row() -> None:
    assert prices().status is Status.PLACEHOLDER
    text = text_of("/om/priser/")
    assert "Prisene er plassholdere" in text
    assert text.count("Plassholder") == len(prices().classes)
    assert [each.price for each in prices().classes if each.price not in text.replace(" ", "\xa0")] == []


def test_the_history_is_the_change_log_whole() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [version.name for version in history()] == [line[3:] for line in text.splitlines() if line.startswith("## ")]
    written = " ".join(text.partition("\n## ")[2].replace("`", "").replace("\n- ", "\n").split())
    shown = [
        (version.name, *("".join(words.text for words in change) for change in version.changes))
        for version in history()
    ]
    assert " ".join(part for version in shown for part in version) == written.replace(" ## ", " ")


def test_a_change_that_goes_on_over_lines_is_one_and_code_stands_apart() -> None:
    text = "# Changelog\n\nWords.\n\n## 2\n\n- One `make`\n  more.\n- Two.\n\n## 1\n\n- First.\n"
    assert versions(text) == (
        Version("2", ((Words("One ", False), Words("make", True), Words(" more.", False)), (Words("Two.", False),))),
        Version("1", ((Words("First.", False),),)),
    )


@pytest.mark.django_db
def test_planned_features_are_marked_as_planned() -> None:
    text = text_of("/om/skatt-og-inntekt/")
    assert "Planlagt" in text
    assert "Den finnes ikke ennå" in text


def test_the_image_has_the_files_the_pages_are_made_of() -> None:
    copied = (ROOT / "Dockerfile").read_text("utf-8")
    kept_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "\nCOPY docs/brukerveiledning docs/brukerveiledning\n" in copied
    assert "\nCOPY CHANGELOG.md ./\n" in copied
    assert kept_out.index("docs/*") < kept_out.index("!docs/brukerveiledning")
    assert "docs" not in kept_out


@pytest.mark.django_db
def test_the_legal_bases_say_what_they_do_and_what_a_lawyer_must_decide() -> None:
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    LegalBasis.objects.filter(key="valgloven-valg").update(valid_to="2020-01-01")
    text = text_of("/om/lovhjemler/")
    assert [question for question in QUESTIONS if str(question) not in text] == []
    assert "Barnehageloven (LOV-2005-06-17-64) § 47; jf. §§ 10, 16 og 17 (opptak)" in text
    assert "Åpner taushetsbelagte opplysninger. Forslag: ikke bekreftet av jurist." in text
    assert "Må avgjøres av jurist: spørsmål 2" in text
    assert "Ikke lest i loven." in text
    assert "Valgloven (" not in text


@pytest.mark.django_db
def test_every_question_for_a_lawyer_is_about_a_legal_basis_there_is() -> None:
    assert read_catalogue().bases.keys() >= ASKED.keys()
    assert {number for numbers in ASKED.values() for number in numbers} == set(range(1, len(QUESTIONS) + 1))
