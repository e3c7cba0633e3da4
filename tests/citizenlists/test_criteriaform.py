"""Criteria by place and age: typed, checked at their fields, and carried out on the simulated register."""

from collections import Counter

import pytest

from citizenlists import tasks
from citizenlists.content.criteria import NARROWED_BY
from citizenlists.models import CitizenList, State
from citizenlists.orders.rights import criteria_of
from integrations.folkeregisteret.elements import ELEMENTS
from roles.audit.models import AuditEntry
from roles.policy.addressprotection import PROTECTION_ELEMENT
from tests.citizenlists.caseworkers import Caseworker, body, caseworker, table
from tests.citizenlists.register import Register
from tests.citizenlists.test_views import ADDRESS, FORM, page

pytestmark = pytest.mark.django_db

NUMBER = "Fødselsnummer eller d-nummer"
WITH_ADDRESS = {**FORM, "born_from": "1980", "born_to": "1990", "elements": ["identifikasjonsnummer", "bostedsadresse"]}
Row = dict[str, object]


def ordered(who: Caseworker, **typed: str | list[str]) -> CitizenList:
    answer = who.client.post(ADDRESS, {**WITH_ADDRESS, **typed})
    assert answer.status_code == 302, body(answer).decode()
    return CitizenList.objects.latest("ordered_at")


def listed(who: Caseworker, **typed: str | list[str]) -> dict[str, Row]:
    """The rows of the list by number, as it is downloaded."""
    order = ordered(who, **typed)
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY
    return {str(row[NUMBER]): row for row in table(body(who.download(order.pk)))} if order.rows else {}


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"postal_codes": "840"}, "postal_codes", "Skriv postnummer med fire siffer"),
        ({"postal_codes": "8400, Sortland"}, "postal_codes", "Skriv postnummer med fire siffer"),
        ({"postal_codes": " ".join(map(str, range(8400, 8460)))}, "postal_codes", "200"),
        ({"district": "skolekrets"}, "district_numbers", "Skriv kretsnummeret også"),
        ({"district_numbers": "3"}, "district", "Velg hva slags krets"),
        ({"district": "skolekrets", "district_numbers": "tre"}, "district_numbers", "Skriv kretsnummer med siffer"),
        ({"district": "bydel", "district_numbers": "3"}, "district", "Velg en av mulighetene"),
        ({"moved_since": "i fjor"}, "moved_since", "Skriv en dato"),
        ({"age_from": "18"}, "age_on", "Skriv datoen alderen gjelder"),
        ({"age_on": "1.8.2026"}, "age_from", "Skriv alderen også"),
        ({"age_from": "131", "age_on": "1.8.2026"}, "age_from", "Skriv en alder i hele år"),
        ({"age_to": "-1", "age_on": "1.8.2026"}, "age_to", "Skriv en alder i hele år"),
        ({"age_from": "atten", "age_on": "1.8.2026"}, "age_from", "Skriv en alder i hele år"),
        ({"age_from": "18", "age_to": "17", "age_on": "1.8.2026"}, "age_to", "samme som eller høyere"),
        ({"died_from": "2026", "died_to": "2025"}, "died_to", "senere enn"),
        ({"died_from": "1700"}, "died_from", "Skriv et årstall fra 1850"),
        ({"born_month": "13"}, "born_month", "Velg en av mulighetene"),
        ({"kommune_by": "fødested"}, "kommune_by", "Velg en av mulighetene"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    school: Caseworker, typed: dict[str, str], field: str, said: str
) -> None:
    answer = school.client.post(ADDRESS, {**FORM, **typed})
    shown = body(answer).decode()
    assert (answer.status_code, CitizenList.objects.count()) == (422, 0)
    assert said in shown[shown.index(f'id="id_{field}_error"') :].split("</div>")[0]
    assert 'class="more" open' in shown


def test_what_was_typed_is_kept_with_the_order_and_fills_the_form_again(school: Caseworker) -> None:
    typed = {
        "postal_codes": "8400;8401  8400",
        "district": "grunnkrets",
        "district_numbers": "101",
        "moved_since": "1.8.2025",
        "born_month": "5",
        "kommune_by": "opphold",
        "age_to": "0",
        "age_on": "31.12.2026",
    }
    order = ordered(school, **typed)
    narrowing = criteria_of(order).narrowing
    assert (narrowing.postal_codes, narrowing.age_to, narrowing.born_month) == (("8400", "8401"), 0, 5)
    form = school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/").context["form"]
    assert form["postal_codes"].value() == "8400, 8401"
    assert form["kommune_by"].value() == "opphold"
    shown = " ".join(page(school, f"/innbyggerlister/{order.pk}/").split())
    for words in ("8400, 8401", "Grunnkrets", "01.08.2025", "Mai", "Oppholdssted"):
        assert words.lower() in shown.lower()
    assert narrowing.given() == order.narrowing
    entry = AuditEntry.objects.get(event="list:order:placed")
    assert entry.fields["criteria"].keys() >= typed.keys() - {"age_from"}
    assert "8400" not in entry.body


def test_birth_years_that_are_left_empty_follow_from_the_ages(school: Caseworker) -> None:
    order = ordered(school, born_from="", born_to="", age_from="6", age_to="9", age_on="1.8.2026")
    assert (order.born_from, order.born_to) == (2016, 2020)


@pytest.mark.parametrize("element", sorted({*NARROWED_BY.values()}))
def test_a_role_without_the_element_may_not_filter_by_it(school: Caseworker, element: str) -> None:
    """The field is not on the form, and what is sent to it all the same changes nothing."""
    lost = {key for key in ELEMENTS if key.startswith(element)}
    without = caseworker("Uten", organisation=school.role.organisation, elements=set(ELEMENTS) - lost)
    form = without.client.get(ADDRESS).context["form"]
    closed = {name for name, needed in NARROWED_BY.items() if needed in lost}
    assert closed.isdisjoint(form.fields)
    assert {name for name in NARROWED_BY if name not in closed} <= form.fields.keys()


def test_a_list_by_postal_code_has_the_rows_with_it_of_the_whole_list(school: Caseworker, register: Register) -> None:
    whole = listed(school)
    code, count = Counter(row["Postnummer"] for row in whole.values()).most_common(1)[0]
    assert 0 < count < len(whole)
    found = listed(school, postal_codes=str(code))
    assert found == {number: row for number, row in whole.items() if row["Postnummer"] == code}


def test_a_list_by_district_has_the_rows_with_it_of_the_whole_list(school: Caseworker, register: Register) -> None:
    elements = ["identifikasjonsnummer", "bostedsadresse", "bostedsadresse.kretser"]
    whole = listed(school, elements=elements)
    number = next(row["Skolekrets"] for row in whole.values() if row["Skolekrets"])
    found = listed(school, elements=elements, district="skolekrets", district_numbers=str(number))
    assert found == {key: row for key, row in whole.items() if row["Skolekrets"] == number}
    assert 0 < len(found) < len(whole)
    without = listed(school, elements=["identifikasjonsnummer"], district="skolekrets", district_numbers=str(number))
    assert without.keys() == found.keys()


@pytest.mark.parametrize("sees_gradings", [True, False])
def test_whose_address_is_hidden_is_on_no_list_by_place(
    school: Caseworker, register: Register, sees_gradings: bool
) -> None:
    elements = set(ELEMENTS) if sees_gradings else set(ELEMENTS) - {PROTECTION_ELEMENT}
    who = caseworker("Saksbehandler", organisation=school.role.organisation, elements=elements)
    before = listed(who)
    homes = Counter(_address(row) for row in before.values() if _address(row)[0])
    shared = next(home for home, count in homes.items() if count > 1)
    protected, *others = (number for number, row in before.items() if _address(row) == shared)
    register.protect(protected)
    after, found = listed(who), listed(who, postal_codes=str(shared[1]), purpose="Sak 2026/18")
    assert protected not in after
    for number in others:
        assert (number in after) is sees_gradings
        assert number not in found
    assert found == {number: row for number, row in after.items() if row["Postnummer"] == shared[1]}


def test_a_list_by_place_is_made_anew_when_somebody_has_moved_out_of_it(school: Caseworker, register: Register) -> None:
    whole = listed(school)
    number, row = next((number, row) for number, row in whole.items() if row["Postnummer"])
    order = ordered(school, postal_codes=str(row["Postnummer"]), purpose="Sak 2026/18")
    tasks.build(str(order.pk))
    assert school.download(order.pk).status_code == 200
    elsewhere = {"kommunenummer": "1870", "adressenavn": "Nyveien", "adressenummer": {"husnummer": "1"}}
    place = {"poststed": {"postnummer": "8499", "poststedsnavn": "SORTLAND"}}
    register.change(
        number,
        bostedsadresse=[{"erGjeldende": True, "adressegradering": "ugradert", "vegadresse": elsewhere | place}],
    )
    assert school.download(order.pk).status_code == 409
    tasks.build(str(order.pk))
    assert number not in {str(one[NUMBER]) for one in table(body(school.download(order.pk)))}


def test_a_list_by_place_of_stay_has_those_the_register_says_stay_there(school: Caseworker, register: Register) -> None:
    found = listed(school, kommune_by="opphold", born_from="1900", born_to="2026")
    said = {
        str(identifier["foedselsEllerDNummer"])
        for person in register.everybody()
        if any(_kommune(stay) == "1870" for stay in person.get("oppholdsadresse", ()))
        for identifier in person["identifikasjonsnummer"]
        if identifier["status"] == "iBruk"
    }
    assert found
    assert found.keys() <= said


def _kommune(stay: dict[str, dict[str, object]]) -> object:
    return stay.get("vegadresse", {}).get("kommunenummer")


def _address(row: Row) -> tuple[object, object]:
    return row["Adresse"], row["Postnummer"]


def test_a_list_of_the_dead_has_those_who_died_in_these_years_and_no_resident(
    school: Caseworker, register: Register
) -> None:
    elements = ["identifikasjonsnummer", "doedsfall"]
    found = listed(school, elements=elements, died_from="2015", died_to="2025", born_from="1900", born_to="2026")
    said = {
        str(identifier["foedselsEllerDNummer"])
        for person in register.everybody()
        if "2015" <= person.get("doedsfall", {}).get("doedsdato", "")[:4] <= "2025"
        for identifier in person["identifikasjonsnummer"]
        if identifier["status"] == "iBruk"
    }
    assert found
    assert found.keys() <= said
    some = next(iter(found))
    register.protect(some)
    assert some not in listed(school, elements=elements, died_from="2015", born_from="1900", born_to="2026")


def test_a_role_that_may_not_see_gradings_gets_no_list_of_the_dead(school: Caseworker, register: Register) -> None:
    elements = set(ELEMENTS) - {PROTECTION_ELEMENT}
    without = caseworker("Uten", organisation=school.role.organisation, elements=elements)
    assert "died_from" not in without.client.get(ADDRESS).context["form"].fields
    order = ordered(school, died_from="2015")
    school.role.elements = sorted(elements)
    school.role.save()
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.failure == "role-changed"
