"""Searches with a hit list through the gate."""

from collections.abc import Sequence
from datetime import date

import pytest

from integrations.folkeregisteret.client import BulkAnswer
from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.errors import TooManyHits
from integrations.http.errors import Cause, Unavailable
from roles.access import NoRole
from roles.audit.models import AuditSubject
from roles.disclosure import MAX_HITS, disclose, may_search_by, search, searching, widened
from roles.policy.fieldpolicy import State
from roles.violations import PolicyViolation
from tests.roles.disclosure.asking import (
    EVERYTHING,
    NORDVAAG,
    OPEN,
    SOERDAL,
    Simulated,
    access,
    events,
    logged,
    without_right,
)
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import related_to, street

BORN = date(1931, 2, 3)


def test_a_hit_shows_what_it_takes_to_pick_the_right_one_and_only_what_the_role_opens(register: Simulated) -> None:
    register.put(resident("ALVEHAV"))
    (hit,) = search(access("navn", "familierelasjon", "foedsel"), SearchCriteria(navn="ALVEHAV")).hits
    assert hit.record["navn"].entries[0].etternavn == "ALVEHAV"
    assert hit.record["foedsel"].entries[0].foedselsdato == BORN
    assert hit.record["familierelasjon"].state is State.NOT_IN_ROLE
    assert register.parts_asked("bulk") == [{"navn", "foedsel", "adressebeskyttelse", "bostedsadresse", "status"}]


def test_the_search_and_its_hits_stand_in_the_log_without_values(register: Simulated) -> None:
    found = resident("BJERKEVANG")
    register.put(found)
    search(access("navn"), SearchCriteria(navn="BJERKEVANG", foedselsdato=BORN))
    asked, answered = logged()
    assert (asked.event, answered.event) == ("lookup:search:asked", "lookup:search:answered")
    assert (answered.fields["outcome"], answered.fields["elements_delivered"]) == ("delivered", ["navn"])
    assert set(asked.fields["criteria"]) == {"navn", "foedselsdato"}
    assert "BJERKEVANG" not in asked.body.upper()
    assert "1931" not in asked.body
    (row,) = AuditSubject.objects.filter(seq=answered.seq)
    assert row.numbers(NORDVAAG)[0] == number_of(found)
    assert events(SOERDAL) == []


def test_however_a_criterion_is_written_it_has_one_hash(register: Simulated) -> None:
    for name in ("Ingenheterdette", "ingenheterdette", "INGENHETERDETTE"):
        search(access("navn"), SearchCriteria(navn=name))
    assert len({entry.fields["criteria"]["navn"] for entry in logged()}) == 1


@pytest.mark.parametrize(
    "criteria", [{"navn": "INGENHETERDETTE"}, {"navn": "INGENHETERDETTE", "kommunenummer": "4640"}]
)
def test_a_search_without_hits_asks_two_questions_like_one_with_hits(
    register: Simulated, criteria: dict[str, str]
) -> None:
    search(access(*OPEN), SearchCriteria(**criteria))
    assert [call["operation"] for call in register.asked() if call["operation"] != "token"] == ["search", "bulk"]


def test_the_same_criterion_has_one_hash_in_an_organisation_and_another_elsewhere(register: Simulated) -> None:
    for organisation in (NORDVAAG, NORDVAAG, SOERDAL):
        search(access("navn", organisation=organisation), SearchCriteria(navn="INGENHETERDETTE"))
    mine = {entry.fields["criteria"]["navn"] for entry in logged()}
    theirs = {entry.fields["criteria"]["navn"] for entry in logged(SOERDAL)}
    assert len(mine) == len(theirs) == 1
    assert mine.isdisjoint(theirs)


def test_a_search_without_hits_is_logged_too(register: Simulated) -> None:
    result = search(access("navn"), SearchCriteria(navn="INGENHETERDETTE"))
    assert (result.hits, result.more) == ((), False)
    assert logged()[-1].fields["outcome"] == "none"


def test_more_hits_than_asked_for_are_told_but_not_shown(register: Simulated) -> None:
    register.put(*(resident("MANGEVIK") for _ in range(4)))
    result = search(access("navn"), SearchCriteria(navn="MANGEVIK"), limit=3)
    assert (len(result.hits), result.more) == (3, True)
    assert len(search(access("navn"), SearchCriteria(navn="MANGEVIK"), limit=4).hits) == 4


def test_no_hit_list_is_longer_than_the_limit(register: Simulated) -> None:
    register.put(*(resident("LANGELISTE") for _ in range(MAX_HITS + 5)))
    result = search(access("navn"), SearchCriteria(navn="LANGELISTE"), limit=10_000)
    assert (len(result.hits), result.more) == (MAX_HITS, True)
    assert MAX_HITS == 200


def test_a_failing_register_is_logged_as_failed(register: Simulated) -> None:
    with register.failing("500", operation="search"), pytest.raises(Unavailable):
        search(access("navn"), SearchCriteria(navn="ALVEHAV"))
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "failed"]


class Overflowing:
    """A register in which more persons fit than it returns."""

    def search(self, *_question: object) -> list[str]:
        raise TooManyHits(Cause.STATUS, 400)


def test_that_too_many_fit_is_logged_as_an_answer_and_no_failure(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "client", lambda _organisation: Overflowing())
    with pytest.raises(TooManyHits):
        search(access("navn"), SearchCriteria(navn="ALVEHAV"))
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "too-many"]


def test_a_role_that_demands_a_case_searches_for_nobody_without_one(register: Simulated) -> None:
    with pytest.raises(PolicyViolation):
        search(access("navn", purpose=""), SearchCriteria(navn="ALVEHAV"))
    assert register.asked() == []


# --- Address protection ---


@pytest.mark.parametrize("grade", ["fortrolig", "strengtFortrolig"])
def test_a_protected_person_shows_no_address_in_a_hit_list_whatever_the_role(register: Simulated, grade: str) -> None:
    surname = f"VERNEHAV{grade.upper()}"
    register.put(resident(surname, grade=grade))
    asking = access(*EVERYTHING, confidential_addresses=True, reason="Akutt fare")
    (hit,) = search(asking, SearchCriteria(navn=surname)).hits
    assert hit.record["bostedsadresse"].state is State.PROTECTED


@pytest.mark.parametrize(
    "where", [{"kommunenummer": "4640"}, {"adressenavn": "Skjulestien"}, {"postnummer": "6856"}, {"fylkesnummer": "46"}]
)
def test_an_address_search_never_returns_a_protected_person(register: Simulated, where: dict[str, str]) -> None:
    surname = f"SKJULHAV{''.join(where).upper()}"
    register.put(
        resident(surname, address=street("Skjulestien", "3"), grade="fortrolig"),
        resident(surname, address=street("Skjulestien", "5")),
    )
    result = search(access(*OPEN), SearchCriteria(navn=surname, **where))
    assert [hit.record["bostedsadresse"].entries[0].vegadresse.adressenummer.husnummer for hit in result.hits] == ["5"]


class Careless:
    """A faulty register: it finds protected persons by their address."""

    def __init__(self, *records: PersonRecord) -> None:
        self._found = {number_of(record): record for record in records}

    def search(self, *_question: object) -> list[str]:
        return list(self._found)

    def bulk(self, _package: object, numbers: Sequence[str], *_parts: object, **_how: object) -> list[BulkAnswer]:
        return [BulkAnswer(asked=number, person=self._found[number]) for number in numbers]


@pytest.mark.parametrize("grade", ["fortrolig", "strengtFortrolig"])
@pytest.mark.parametrize(
    "where",
    [
        {"kommunenummer": "4640"},
        {"adressenavn": "Skjulestien"},
        {"husnummer": "3"},
        {"postnummer": "6856"},
        {"fylkesnummer": "46"},
    ],
)
@pytest.mark.django_db
def test_an_address_search_returns_no_protected_person_even_where_the_register_does(
    monkeypatch: pytest.MonkeyPatch, grade: str, where: dict[str, str]
) -> None:
    careless = Careless(resident("SYNLIG"), resident("SKJULT", grade=grade))
    monkeypatch.setattr(searching, "client", lambda _organisation: careless)
    result = search(access(*OPEN), SearchCriteria(navn="noen", **where), limit=1)
    assert [hit.record["navn"].entries[0].etternavn for hit in result.hits] == ["SYNLIG"]
    assert not result.more


@pytest.mark.parametrize("hidden", [0, 1, 5])
def test_a_person_left_out_of_an_address_search_takes_no_place_from_the_others(
    register: Simulated, hidden: int
) -> None:
    surname = f"PLASSHAV{'ABCDEF'[hidden]}"
    register.put(*(resident(surname, grade="fortrolig") for _ in range(hidden)))
    register.put(*(resident(surname, address=street("Plassgata", str(house))) for house in range(1, 4)))
    result = search(access(*OPEN), SearchCriteria(navn=surname, kommunenummer="4640"), limit=2)
    assert (len(result.hits), result.more) == (2, True)


def test_an_address_search_that_hits_a_protected_person_asks_as_one_that_hits_nobody(register: Simulated) -> None:
    register.put(resident("ORAKELHAV", grade="fortrolig"))
    asked = []
    for surname in ("ORAKELHAV", "INGENHETERDETTE"):
        register.forget()
        result = search(access(*OPEN), SearchCriteria(navn=surname, kommunenummer="4640"))
        assert (result.hits, result.more) == ((), False)
        asked.append([call["operation"] for call in register.asked()])
    assert asked[0] == asked[1]


def test_in_one_hit_list_a_protected_person_hides_the_address_of_the_household(register: Simulated) -> None:
    together, apart = street("Husgata", "1"), street("Husgata", "2")
    register.put(
        resident("HUSHAV", address=together, grade="fortrolig"),
        resident("HUSHAV", address=together),
        resident("HUSHAV", address=apart),
    )
    hits = search(access(*OPEN, "sivilstand.relatertVedSivilstand"), SearchCriteria(navn="HUSHAV")).hits
    shown = [hit.record["bostedsadresse"] for hit in hits]
    assert sorted(element.state.value for element in shown) == ["empty", "empty", "value"]


@pytest.mark.parametrize("grade", ["fortrolig", "strengtFortrolig"])
def test_a_hit_who_lives_with_a_protected_relative_shows_no_more_than_their_own_page(
    register: Simulated, grade: str
) -> None:
    together = street("Slektsgata", "1")
    protected = resident("SKJERMET", address=together, grade=grade)
    relative = resident("SLEKTHAV", address=together, familierelasjon=(related_to(number_of(protected)),))
    other = resident("SLEKTHAV", address=street("Slektsgata", "2"))
    register.put(protected, relative, other)
    asking = access(*OPEN, "familierelasjon")
    shown = {hit.number: hit.record for hit in search(asking, SearchCriteria(navn="SLEKTHAV")).hits}
    page = disclose(asking, number_of(relative))
    assert page is not None
    assert shown[number_of(relative)]["bostedsadresse"] == page["bostedsadresse"]
    assert shown[number_of(relative)]["bostedsadresse"].state is State.EMPTY
    assert shown[number_of(other)]["bostedsadresse"].state is State.VALUE


@pytest.mark.parametrize("surname", ["ALENEHAV", "SLEKTSTOR", "INGENHETERDETTE"])
def test_a_search_asks_about_relatives_also_when_no_hit_has_any(register: Simulated, surname: str) -> None:
    register.put(
        resident("ALENEHAV"),
        resident("SLEKTSTOR", familierelasjon=(related_to(register.number_of("barn")),)),
    )
    search(access(*OPEN, "familierelasjon"), SearchCriteria(navn=surname))
    assert [call["operation"] for call in register.asked() if call["operation"] != "token"] == [
        "search",
        "bulk",
        "bulk",
    ]


def test_relatives_are_not_read_for_a_hit_list_without_addresses(register: Simulated) -> None:
    register.put(resident("UTENHAV"))
    search(access("navn", "familierelasjon", "oppholdsadresse"), SearchCriteria(navn="UTENHAV"))
    (parts,) = register.parts_asked("bulk")
    assert "familierelasjon" not in parts


def test_a_search_among_names_in_use_alone_needs_no_history(register: Simulated) -> None:
    register.put(resident("ALVEHAV"))
    assert len(search(access("navn"), SearchCriteria(navn="ALVEHAV", opplysningsgrunnlag="gjeldende")).hits) == 1
    with pytest.raises(PolicyViolation, match="Rollen gir ikke dette søket"):
        search(access("navn"), SearchCriteria(navn="ALVEHAV", opplysningsgrunnlag="historisk"))


@pytest.mark.parametrize(
    ("criterion", "needed"),
    [
        ("navn", ()),
        ("foedselsdato", ()),
        ("opplysningsgrunnlag", ("navn", "historikk")),
        ("inkluderOppholdsadresse", ("oppholdsadresse",)),
        ("kjoenn", ("kjoenn",)),
        ("foedselsaarFraOgMed", ("foedsel",)),
        ("foedselsaarTilOgMed", ("foedsel",)),
        ("adressenavn", ("bostedsadresse",)),
        ("husnummer", ("bostedsadresse",)),
        ("postnummer", ("bostedsadresse",)),
        ("kommunenummer", ("bostedsadresse",)),
        ("fylkesnummer", ("bostedsadresse",)),
    ],
)
def test_a_role_searches_by_what_it_shows_alone(criterion: str, needed: tuple[str, ...]) -> None:
    assert may_search_by(access(*needed), criterion)
    for lacking in needed:
        assert not may_search_by(access(*EVERYTHING - {lacking}), criterion)


def test_a_role_that_may_know_of_a_death_searches_among_the_dead() -> None:
    telling = {"doedsfall", "status", "status.utvidet"}
    assert [may_search_by(access(key), "inkluderDoede") for key in telling] == [True] * 3
    assert not may_search_by(access(*EVERYTHING - telling), "inkluderDoede")


@pytest.mark.parametrize(
    ("elements", "dead", "names"),
    [
        (("navn",), False, None),
        (("navn", "status"), True, None),
        (("navn", "historikk"), False, "historisk"),
    ],
)
def test_a_search_is_widened_as_far_as_the_role_goes(elements: tuple[str, ...], dead: bool, names: str | None) -> None:
    wide = widened(access(*elements), SearchCriteria(navn="ALVEHAV", kjoenn="kvinne"))
    assert (wide.navn, wide.kjoenn) == ("ALVEHAV", "kvinne")
    assert (wide.inkluderDoede, wide.opplysningsgrunnlag) == (dead, names)


def test_the_widest_role_asks_of_a_hit_what_it_takes_to_pick_the_right_one(register: Simulated) -> None:
    search(access(*EVERYTHING), SearchCriteria(navn="INGENHETERDETTE"))
    assert set(logged()[0].fields["elements_asked"]) == {
        "identifikasjonsnummer",
        "navn",
        "foedsel",
        "kjoenn",
        "status",
        "doedsfall",
        "bostedsadresse",
        "adressebeskyttelse",
    }


@pytest.mark.parametrize("surname", ["ALVEHAV", "INGENHETERDETTE"])
def test_no_hit_is_told_when_the_right_was_withdrawn_before_the_register_answered(
    register: Simulated, surname: str
) -> None:
    register.put(resident("ALVEHAV"))
    with pytest.raises(NoRole):
        search(without_right(access("navn")), SearchCriteria(navn=surname))
    assert [entry.fields.get("outcome") for entry in logged()] == [None, "denied"]
    assert not AuditSubject.objects.exists()
