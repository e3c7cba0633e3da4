"""The page of a person with a family, as caseworkers of two organisations see it, and its print."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from roles.models import Organisation
from tests.lookup.log import Log
from tests.lookup.pages import text_of
from tests.lookup.people import Caseworker, caseworker
from tests.lookup.personpage.reading import Reading
from tests.lookup.register import Register
from tests.lookup.test_lookalikes import bare
from tests.roles.disclosure.asking import Simulated
from tests.roles.disclosure.families import FAMILY, numbers_of, put
from tests.roles.disclosure.test_lookalikes import KINDS
from tests.roles.records import street


@pytest.fixture
def simulated(simulator: str, db: None) -> Iterator[Simulated]:
    simulated = Simulated(simulator)
    yield simulated
    simulated.close()


def token_of(page: str) -> str:
    found = re.search(r"/oppslag/person/([\w-]+)/utskrift/", page)
    assert found
    return found[1]


def family_in(page: str) -> str:
    found = re.search(r'<section class="panel group family".*?data-relatives="household".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def pdf_text(content: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_family_stands_there_by_name_in_a_role_that_opens_relations_alone(
    wide: Caseworker, narrow: Caseworker, neighbour: Caseworker, simulated: Simulated
) -> None:
    numbers = numbers_of(put(simulated, "SIDEFISK"))
    for somebody in (wide, neighbour):
        shown = family_in(text_of(somebody.look_up(numbers["child"])))
        assert shown.count("KARI SIDEFISK") >= 3
        assert "Bor på samme adresse" in shown
        assert "Farveien 2" in shown
    closed = text_of(narrow.look_up(numbers["child"]))
    assert "Familie og husstand" not in closed
    assert not any(number in closed for name, number in numbers.items() if name != "child")


def test_one_press_opens_a_relative_for_the_same_purpose(wide: Caseworker, simulated: Simulated, log: Log) -> None:
    numbers = numbers_of(put(simulated, "TRYKKFISK"))
    page = text_of(wide.look_up(numbers["child"], purpose="Sak 7/26"))
    opened = wide.client.post(
        reverse("lookup:related", args=[token_of(page)]), {"number": numbers["mother"]}, follow=True
    )
    assert numbers["mother"] in text_of(opened)
    assert "Sak 7/26" in text_of(opened)


def test_each_number_is_copied_by_a_button_that_says_whose_it_is(wide: Caseworker, simulated: Simulated) -> None:
    numbers = numbers_of(put(simulated, "KOPIFISK"))
    page = text_of(wide.look_up(numbers["child"]))
    for who in ("mother", "father", "sibling"):
        assert f'data-copy="{numbers[who]}"' in page
    assert 'data-said="Nummeret til KARI KOPIFISK er kopiert"' in page
    assert 'data-copy="KARI KOPIFISK\nMorveien 1\nBolig H0101\n6856 SOGNDAL"' in page


def test_the_paper_says_what_the_page_says_and_who_had_it_printed(
    wide: Caseworker, simulated: Simulated, log: Log
) -> None:
    numbers = numbers_of(put(simulated, "PAPIRFISK"))
    page = text_of(wide.look_up(numbers["child"], purpose="Sak 8/26"))
    answer = wide.client.get(reverse("lookup:printed", args=[token_of(page)]))
    assert answer["Content-Type"] == "application/pdf"
    assert numbers["child"] not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    paper = pdf_text(answer.content)
    for said in (*(numbers[name] for name in ("child", "mother", "father", "sibling")), "Farveien 2", "Sak 8/26"):
        assert said in paper
    assert wide.employee.display_name in paper
    assert "Testloven § 1" in paper
    assert log.outcomes("lookup:person:printed") == ["delivered"]
    assert log.outcomes("lookup:person:answered") == ["delivered", "delivered"]
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.metadata
    assert "PAPIRFISK" not in str(pdf.metadata)
    assert pdf.root_object["/MarkInfo"]["/Marked"]


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["barn", "doed", "verge", "flyttet", "fortrolig", "viderefoert-nummer", "innflyttet"])
@pytest.mark.parametrize("who", ["wide", "narrow"])
def test_the_paper_says_all_that_the_page_says(
    register: Register, request: pytest.FixtureRequest, who: str, case: str
) -> None:
    asking: Caseworker = request.getfixturevalue(who)
    page = text_of(asking.look_up(register.number_of(case)))
    paper = squeezed(pdf_text(asking.client.get(reverse("lookup:printed", args=[token_of(page)])).content))
    left_out = [line for line in Reading(page).lines if squeezed(line) not in paper]
    assert set(filter(says_something, left_out)) == set()


def squeezed(text: str) -> str:
    """Without what a line of the paper is broken at."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def says_something(line: str) -> bool:
    """Not what is pressed, says how long the page may be used, or introduces what follows."""
    return not re.match(
        r"Siden kan brukes|Hentet fra Folkeregisteret|Flere felt|Dine oppslag|PDF-utskrift|Rollen din|"
        r"Barn og foresatte$",
        line,
    )


@pytest.mark.parametrize("who", ["father", "sibling"])
def test_a_page_does_not_tell_a_protected_relative_from_one_of_unknown_residence(
    nordvaag: Organisation, simulated: Simulated, who: str
) -> None:
    asking = caseworker("Saksbehandler familie", organisation=nordvaag, elements=FAMILY)
    pages = set()
    for kind in ("unknown", "client address", "confidential", "strictly confidential"):
        apart = KINDS[kind] if kind == "unknown" else {**KINDS[kind], "address": street("Annetveien", "9")}
        numbers = numbers_of(put(simulated, "LIKFISK", **{who: apart}))
        page = text_of(asking.look_up(numbers["child"]))
        assert "Familie og husstand" in page
        assert "Annetveien" not in page
        pages.add(bare(page))
    assert len(pages) == 1


def test_anothers_reference_prints_nothing(
    wide: Caseworker, neighbour: Caseworker, register: Register, log: Log
) -> None:
    token = token_of(text_of(wide.look_up(register.number_of("barn"))))
    assert neighbour.client.get(reverse("lookup:printed", args=[token])).status_code == 404
    assert log.outcomes("lookup:person:printed") == []


def test_asking_whether_there_is_a_paper_asks_the_register_nothing(wide: Caseworker, register: Register) -> None:
    token = token_of(text_of(wide.look_up(register.number_of("barn"))))
    register.forget()
    assert wide.client.head(reverse("lookup:printed", args=[token])).status_code == 200
    assert register.asked() == []
