"""What the search form accepts."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.elements import RightsPackage
from lookup.searchfields import STAYS, criteria_of, read_fields
from lookup.searchform import SearchForm
from roles.access import Access
from roles.actors import Actor
from roles.models import Use
from tests.lookup.people import EVERYTHING, NOBODY

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


ALL = replace(ACCESS, elements=EVERYTHING)
TODAY = date(2026, 11, 30)


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


@pytest.mark.parametrize("field", ["text", "number", "name", "birth_date", "street", "house", "postnummer"])
@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", "\u00a0\u00ad", " \u202a\u202c "])
def test_what_nobody_sees_is_nothing_typed(field: str, nothing: str) -> None:
    assert list(form(ALL, **{field: nothing}).errors) == ["text"]


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
        ({}, "text"),
        ({"dead": "on"}, "text"),
        ({"number": NOBODY, "name": "Glad Fisk"}, "number"),
        ({"birth_date": "05.03.2018"}, "name"),
        ({"sex": "mann", "kommune": "0301"}, "name"),
        ({"name": "Glad Fisk", "house": "12"}, "street"),
        ({"street": "St"}, "street"),
        ({"street": "Storgata", "house": "B12"}, "house"),
        ({"postnummer": "155"}, "postnummer"),
        ({"name": "Glad", "kommune": "9999"}, "kommune"),
        ({"name": "Glad", "sex": "annet"}, "sex"),
        ({"name": "Glad", "born_from": "1990", "born_to": "1980"}, "born_to"),
        ({"name": "Glad", "born_from": "90"}, "born_from"),
        ({"name": "Glad", "age": "-1"}, "age"),
        ({"name": "Glad @Fisk", "birth_date": "05.03.2018"}, "name"),
    ],
)
def test_half_a_search_or_two_at_once_is_refused_at_a_field(typed: dict[str, str], field: str) -> None:
    assert list(form(ALL, **typed).errors) == [field]


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


def sent(access: Access = ALL, **typed: str) -> SearchForm:
    fields, meant = read_fields(typed, today=TODAY)
    return SearchForm(fields, access=access, meant=meant)


@pytest.mark.parametrize(
    ("text", "criteria"),
    [
        ("Sildestim, Sindig 170188", {"navn": "Sildestim Sindig", "foedselsdato": date(1988, 1, 17)}),
        (
            "Storgata 12 b, 0155 Oslo",
            {"adressenavn": "Storgata", "husnummer": "12B", "postnummer": "0155"},
        ),
        ("Sindig, Oslo kommune", {"navn": "Sindig", "kommunenummer": "0301"}),
        (
            "Sindig Sildestim 38 år",
            {"navn": "Sindig Sildestim", "foedselsaarFraOgMed": 1987, "foedselsaarTilOgMed": 1988},
        ),
    ],
)
def test_one_text_fills_the_fields_and_these_are_what_is_asked(text: str, criteria: dict[str, object]) -> None:
    checked = sent(text=text)
    assert checked.is_valid(), checked.errors
    assert criteria_of(checked.cleaned_data, today=TODAY).given() == criteria
    assert checked["text"].value() == checked["read"].value() == text


def test_a_number_in_the_one_field_is_that_number() -> None:
    checked = sent(text=f"fnr: {NOBODY[:6]} {NOBODY[6:]}.")
    assert checked.is_valid(), checked.errors
    assert checked.cleaned_data["number"] == NOBODY


def test_the_fields_correct_a_text_that_was_read_and_a_new_text_empties_them() -> None:
    first = sent(text="Sindig Sildestim 170188")
    first.is_valid()
    corrected = sent(**first.typed | {"name": "Sindig Sild", "dead": "on"})
    assert corrected.is_valid(), corrected.errors
    asked = criteria_of(corrected.cleaned_data, today=TODAY)
    assert (asked.navn, asked.foedselsdato, asked.inkluderDoede) == ("Sindig Sild", date(1988, 1, 17), True)
    anew = sent(**corrected.typed | {"text": "Glad Fisk"})
    assert anew.is_valid(), anew.errors
    assert criteria_of(anew.cleaned_data, today=TODAY).given() == {"navn": "Glad Fisk", "inkluderDoede": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sindig Sildestim 31.02.1988", "31.02.1988 er ingen dag"),
        ("Sindig Sildestim 17. januar", "Skriv også årstallet"),
        ("Sindig Sildestim 17.01.2099", "fram i tid"),
        ("03851598731", "Kontrollsifrene stemmer ikke"),
        ("123", "11 siffer"),
        ("12345", "11 siffer"),
        ("@#", "Skriv et nummer, et navn eller en adresse"),
    ],
)
def test_why_a_text_cannot_be_asked_is_said_at_the_one_field(text: str, said: str) -> None:
    checked = sent(text=text)
    assert said in " ".join(checked.errors["text"])
    assert checked["text"].value() == text


def test_what_only_the_writer_knows_is_asked_and_answered_by_one_press() -> None:
    unclear = sent(text="Sindig Sildestim 170118")
    assert not unclear.is_valid()
    (question,) = unclear.questions
    assert [value for value, _ in question.answers] == ["17.01.2018", "17.01.1918"]
    answered = sent(**unclear.typed | {question.name: question.answers[1][0]})
    assert answered.is_valid(), answered.errors
    assert criteria_of(answered.cleaned_data, today=TODAY).foedselsdato == date(1918, 1, 17)
    where = sent(text="Sindig Sildestim, Våler")
    assert [words for _, words in where.questions[0].answers] == ["Våler (Østfold)", "Våler (Innlandet)"]


def test_a_role_has_only_the_fields_it_opens_and_is_told_what_it_cannot_search_by() -> None:
    assert not {"street", "kommune", "sex", "age", "dead", "earlier", "stay"} & form().fields.keys()
    assert {"street", "kommune", "sex", "age", "dead", "earlier", "stay"} <= form(ALL).fields.keys()
    assert "kan ikke søke" in sent(ACCESS, text="Storgata 12, 0155 Oslo").errors["text"][0]
    assert "kan ikke søke" in sent(ACCESS, name="Glad Fisk", kommune="0301").errors["text"][0]


def test_a_form_of_another_role_is_refused_in_words() -> None:
    assert sent(text="Glad Fisk", role=str(ALL.role_id)).is_valid()
    other = sent(text="Glad Fisk", role=str(uuid4()))
    assert "Du har byttet rolle" in other.non_field_errors()[0]


@given(st.dictionaries(st.sampled_from([*STAYS, "born", "area", "role", "purpose"]), st.text(max_size=30), max_size=6))
def test_nothing_that_is_sent_makes_it_fail(typed: dict[str, str]) -> None:
    checked = sent(**typed)
    if checked.is_valid() and not checked.cleaned_data["number"]:
        assert criteria_of(checked.cleaned_data, today=TODAY).given()
