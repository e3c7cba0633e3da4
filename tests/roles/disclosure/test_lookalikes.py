"""A role that may not see gradings learns nothing of them from the register calls or from the persons found."""

from typing import Any

import pytest

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.documents import Bostedsadresse, PersonRecord, UkjentBosted
from roles.access import Access
from roles.disclosure import disclose, search
from roles.models import Use
from roles.policy.fieldpolicy import PermittedElement
from tests.roles.disclosure.asking import OPEN, Simulated, access, many
from tests.roles.disclosure.residents import number_of, resident
from tests.roles.records import graded, related_to

#: The elements of a role whose legal basis opens relations but not gradings.
RELATIONS = (*OPEN, "familierelasjon")
UNKNOWN = (
    Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640"), adressegradering="ugradert", erGjeldende=True),
)
KINDS: dict[str, dict[str, Any]] = {
    "unknown": {"bostedsadresse": UNKNOWN},
    "client address": {"grade": "klientadresse", "adressebeskyttelse": ()},
    "confidential": {"grade": "fortrolig"},
    "strictly confidential": {"grade": "strengtFortrolig"},
    "strictly confidential without address": {
        "bostedsadresse": (),
        "adressebeskyttelse": graded("strengtFortrolig"),
    },
}


def put(register: Simulated, surname: str, **more: Any) -> dict[str, PersonRecord]:
    """One person of each kind; they differ in nothing else."""
    people = {kind: resident(surname, **(how | more)) for kind, how in KINDS.items()}
    register.put(*people.values())
    return people


def shape(register: Simulated) -> list[tuple[str, tuple[str, ...]]]:
    """The calls that the register received, without the numbers of the persons."""
    return [(call["operation"], tuple(sorted(call["parts"]))) for call in register.asked()]


def shown(asking: Access, record: PersonRecord) -> dict[str, PermittedElement]:
    permitted = disclose(asking, number_of(record))
    assert permitted is not None
    return dict(permitted.elements) | {"identifikasjonsnummer": permitted["navn"]}


@pytest.mark.parametrize("related", [True, False])
@pytest.mark.parametrize("elements", [OPEN, RELATIONS, ("navn", "foedsel")], ids=["open", "relations", "no address"])
def test_a_lookup_asks_and_answers_the_same_for_all_persons_without_a_residence_to_show(
    register: Simulated, elements: tuple[str, ...], related: bool
) -> None:
    relations = (related_to(register.number_of("barn")),) if related else ()
    people = put(register, "LIKEHAV", familierelasjon=relations)
    asking = access(*elements)
    disclose(asking, number_of(people["unknown"]))  # a token may be fetched first
    asked, answers = {}, {}
    for kind, someone in people.items():
        register.forget()
        answers[kind] = shown(asking, someone)
        asked[kind] = shape(register)
    assert set(map(tuple, asked.values())) == {tuple(asked["unknown"])}
    assert all(answer == answers["unknown"] for answer in answers.values())


def test_a_hit_list_shows_persons_without_a_residence_to_show_alike(register: Simulated) -> None:
    put(register, "TREFFHAV")
    hits = search(access(*OPEN), SearchCriteria(navn="TREFFHAV")).hits
    assert len(hits) == len(KINDS)
    (row,) = {
        tuple((key, element) for key, element in hit.record.elements.items() if key != "identifikasjonsnummer")
        for hit in hits
    }
    assert dict(row)["bostedsadresse"].entries == ()


@pytest.mark.parametrize("where", [{"kommunenummer": "4640"}, {"fylkesnummer": "46"}])
def test_a_search_by_place_for_them_answers_like_a_search_without_hits(
    register: Simulated, where: dict[str, str]
) -> None:
    surname = f"STEDHAV{''.join(where).upper()}"
    put(register, surname)
    asked = []
    for name in (surname, "INGENHETERDETTE"):
        register.forget()
        result = search(access(*OPEN), SearchCriteria(navn=name, **where))
        assert (result.hits, result.more) == ((), False)
        asked.append(shape(register))
    assert asked[0] == asked[1]


def test_a_role_that_sees_gradings_finds_the_one_of_unknown_residence_by_place(register: Simulated) -> None:
    unknown = put(register, "KJENTHAV")["unknown"]
    hits = search(access(*OPEN, "adressebeskyttelse"), SearchCriteria(navn="KJENTHAV", kommunenummer="4640")).hits
    assert number_of(unknown) in [hit.number for hit in hits]


def test_a_list_leaves_out_all_persons_without_a_residence_to_show(register: Simulated) -> None:
    people = put(register, "LISTEHAV")
    ordinary = resident("LISTEHAV")
    register.put(ordinary)
    everybody = [*map(number_of, people.values()), number_of(ordinary)]
    found = many(access(*OPEN, use=Use.CITIZEN_LIST), everybody)
    (listed,) = found.records
    assert listed["identifikasjonsnummer"].entries[0].foedselsEllerDNummer == number_of(ordinary)
    assert len(found.left_out_marks) == len(KINDS)


def test_a_person_without_relatives_costs_as_many_questions_as_one_with_relatives(register: Simulated) -> None:
    alone = resident("ENEHAV", grade="fortrolig")
    unknown = resident("ENEHAV", bostedsadresse=UNKNOWN, familierelasjon=(related_to(register.number_of("barn")),))
    register.put(alone, unknown)
    asking, asked = access(*RELATIONS), []
    disclose(asking, number_of(alone))  # a token may be fetched first
    for someone in (alone, unknown):
        register.forget()
        disclose(asking, number_of(someone))
        asked.append(shape(register))
    assert asked[0] == asked[1]
    assert [operation for operation, _ in asked[0]] == ["person", "bulk"]
