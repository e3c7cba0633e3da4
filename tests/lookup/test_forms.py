"""What the search form lets through."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from integrations.folkeregisteret.elements import RightsPackage
from lookup.forms import SearchForm
from roles.access import Access
from roles.actors import Actor
from roles.models import Use
from tests.lookup.people import NOBODY

ACCESS = Access(
    actor=Actor(kind="employee", id=str(uuid4()), label="Saksbehandler"),
    organisation_id=uuid4(),
    organisation_name="Nordvåg kommune",
    organisation_number="",
    role_id=uuid4(),
    role_name="Rolle",
    service_area="BARNEHAGE",
    use=Use.SEARCH,
    elements=frozenset({"navn"}),
    legal_bases=(),
    package=RightsPackage.WITHOUT_LEGAL_BASIS,
    case_reference_required=False,
    confidential_addresses=False,
    kommuner=frozenset(),
    read_anew=lambda: ACCESS,
)


def form(access: Access = ACCESS, **typed: str) -> SearchForm:
    return SearchForm(typed, access=access)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("03851598731", "Kontrollsifrene stemmer ikke"),
        ("0385159873a", "bare ha sifre"),
        ("0385159873", "11 siffer"),
        ("038515987301", "11 siffer"),
        ("99851598730", "ikke en dato"),
        ("0385159873000000000000000", "11 siffer"),
    ],
)
def test_a_number_that_cannot_be_one_is_said_at_the_field(number: str, said: str) -> None:
    checked = form(number=number)
    assert not checked.is_valid()
    assert said in checked.errors["number"][0]
    assert checked["number"].value() == number


@pytest.mark.parametrize("typed", [NOBODY, "038515 98730", f"  {NOBODY} "])
def test_a_number_may_be_typed_with_spaces(typed: str) -> None:
    checked = form(number=typed)
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["number"] == NOBODY


@pytest.mark.parametrize(
    "typed",
    [
        f"{NOBODY}\u200b",
        f"\ufeff{NOBODY}",
        f"\u202a{NOBODY}\u202c",
        f"{NOBODY[:6]}-{NOBODY[6:]}",
        f"{NOBODY[:6]}\u2011{NOBODY[6:]}",
        " ".join(NOBODY),
        f"Fødselsnr.: {NOBODY[:6]}\u00a0{NOBODY[6:]}.",
        "０３８５１５９８７３０",
    ],
)
def test_a_number_pasted_from_elsewhere_is_that_number_and_shown_as_it_was_typed(typed: str) -> None:
    checked = form(number=typed)
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["number"] == NOBODY
    assert checked["number"].value() == typed


@pytest.mark.parametrize(
    "typed",
    ["A\u030ase O\u2019Ma\u030ake", "\ufeffÅse \u200bO\u02bcMåke", "O\u00b4Måke, Åse", "Åse\u00a0O`M\u00adåke"],
)
def test_nothing_unseen_or_typographic_stands_in_the_name_that_is_asked_for(typed: str) -> None:
    checked = form(name=typed, birth_date="05.03.2018")
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["name"].isprintable()
    assert "O'Måke" in checked.cleaned_data["name"]


@pytest.mark.parametrize("field", ["number", "name", "birth_date"])
@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", "\u00a0\u00ad", " \u202a\u202c "])
def test_what_nobody_sees_is_nothing_typed(field: str, nothing: str) -> None:
    assert list(form(**{field: nothing}).errors) == ["number"]


@pytest.mark.parametrize(
    "typed",
    [
        "05.03.2018",
        "5.3.2018",
        "2018-03-05",
        "05032018",
        "5/3/2018",
        "\u200e5.3.2018.",
        "05\u201103\u20112018",
        "2018-03-05 00:00:00",
        "０５.０３.２０１８",
    ],
)
def test_a_date_of_birth_may_be_typed_in_several_ways(typed: str) -> None:
    checked = form(name="Glad Fisk", birth_date=typed)
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["birth_date"] == date(2018, 3, 5)


def test_a_date_of_birth_in_the_future_is_refused() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    checked = form(name="Glad Fisk", birth_date=f"{tomorrow:%d.%m.%Y}")
    assert checked.errors["birth_date"] == ["Fødselsdatoen kan ikke være fram i tid."]


def test_who_was_born_today_or_as_long_ago_as_the_register_knows_can_be_searched_for() -> None:
    for day in (f"{timezone.localdate():%d.%m.%Y}", "01.01.1850"):
        assert form(name="Glad Fisk", birth_date=day).is_valid()


@pytest.mark.parametrize("typed", ["31.02.2018", "i går", "01.01.1700", "31.12.1849"])
def test_a_date_of_birth_that_cannot_be_one_is_refused(typed: str) -> None:
    assert form(name="Glad Fisk", birth_date=typed).errors["birth_date"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "number"),
        ({"number": NOBODY, "name": "Glad Fisk"}, "number"),
        ({"name": "Glad Fisk"}, "birth_date"),
        ({"birth_date": "05.03.2018"}, "name"),
        ({"name": "Glad @Fisk", "birth_date": "05.03.2018"}, "name"),
    ],
)
def test_half_a_search_or_two_at_once_is_refused_at_a_field(typed: dict[str, str], field: str) -> None:
    assert list(form(**typed).errors) == [field]


def test_a_purpose_is_asked_for_only_where_the_role_demands_it() -> None:
    demanding = replace(ACCESS, case_reference_required=True)
    assert form(number=NOBODY).is_valid()
    assert list(form(demanding, number=NOBODY).errors) == ["purpose"]
    assert form(demanding, number=NOBODY, purpose="2026/1234").is_valid()


def test_a_number_has_no_place_in_the_purpose_that_is_logged() -> None:
    assert list(form(number=NOBODY, purpose=f"Sak om {NOBODY}").errors) == ["purpose"]
    assert form(number=NOBODY, purpose="Sak 2026/12345").is_valid()


def test_a_reason_is_offered_only_to_a_role_that_may_open_confidential_addresses() -> None:
    trusted = replace(ACCESS, confidential_addresses=True)
    assert "reason" not in form().fields
    assert form(trusted, number=NOBODY).is_valid()
    for refused in ("fordi", "fordi jeg", f"Varsling om {NOBODY}", "V" * 251):
        assert list(form(trusted, number=NOBODY, reason=refused).errors) == ["reason"]
    assert form(trusted, number=NOBODY, reason="fordi jeg ").errors
    assert form(trusted, number=NOBODY, reason="fordi jeg,").is_valid()
    assert form(trusted, number=NOBODY, reason="Varsling etter forvaltningsloven").is_valid()
