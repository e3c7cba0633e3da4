"""For a role that may not see gradings, all persons without a residence to show look alike."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from integrations.folkeregisteret.documents import Bostedsadresse, PersonRecord, UkjentBosted, current
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import household_verdict, verdict
from roles.policy.fieldpolicy import PermittedElement, State, restrict
from tests.roles.canaries import Breeder
from tests.roles.policy.test_addressprotection import CONFIDENTIAL, STRICT
from tests.roles.records import home, named, person, post_box

UNKNOWN = Bostedsadresse(
    ukjentBosted=UkjentBosted(bostedskommune="4640"), adressegradering="ugradert", erGjeldende=True
)
WITHOUT_GRADING = sorted(ELEMENTS.keys() - {"adressebeskyttelse"})
PROTECTED = ("fortrolig", "strengtFortrolig")
roles = st.frozensets(st.sampled_from(WITHOUT_GRADING))


def seen(record: PersonRecord, elements: frozenset[str]) -> dict[str, PermittedElement]:
    return dict(restrict(record, elements=elements, protection=verdict(record, may_open=False)).elements)


def with_unknown_residence(record: PersonRecord, *, grade: str) -> PersonRecord:
    """The same person, not graded and of unknown residence. The postal address stays, because the register shows the
    postal address of a strictly confidential person to everybody."""
    open_mail = tuple(entry for entry in current(record.postadresse) if entry.adressegradering == "ugradert")
    return replace(
        record,
        adressebeskyttelse=(),
        bostedsadresse=(UNKNOWN,),
        deltBosted=tuple(replace(entry, adressegradering="ugradert") for entry in record.deltBosted),
        oppholdsadresse=(),
        postadresse=open_mail if grade == "strengtFortrolig" else (),
        postadresseIUtlandet=(),
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(roles, st.integers(0, 2**32), st.sampled_from(PROTECTED))
def test_a_protected_person_is_shown_as_the_same_person_of_unknown_residence(
    elements: frozenset[str], seed: int, grade: str
) -> None:
    protected = Breeder(Random(seed)).document(grade).record
    assert seen(protected, elements) == seen(with_unknown_residence(protected, grade=grade), elements)


@pytest.mark.parametrize("record", [STRICT, CONFIDENTIAL, person(bostedsadresse=(home(grade="klientadresse"),))])
def test_the_birthplace_says_nothing_of_a_person_without_a_residence_to_show(record: PersonRecord) -> None:
    born = replace(record, foedsel=STRICT.foedsel)
    unknown = replace(born, adressebeskyttelse=(), bostedsadresse=(UNKNOWN,))
    for someone in (born, unknown):
        (birth,) = seen(someone, frozenset({"foedsel", "bostedsadresse"}))["foedsel"].entries
        assert (birth.foedselsdato, birth.foedekommuneINorge, birth.foedested) == (
            STRICT.foedsel[0].foedselsdato,
            None,
            None,
        )


def test_a_member_of_a_protected_household_is_shown_as_of_unknown_residence_too() -> None:
    member = replace(CONFIDENTIAL, adressebeskyttelse=(), bostedsadresse=(home(),), deltBosted=(), postadresse=())
    elements = frozenset(WITHOUT_GRADING)
    protection = household_verdict(verdict(member, may_open=False))
    shown = dict(restrict(member, elements=elements, protection=protection).elements)
    assert shown == seen(replace(member, bostedsadresse=(UNKNOWN,)), elements)


def test_a_person_with_a_residence_to_show_loses_nothing() -> None:
    beside = person(
        navn=(named("NY"), named("GAMMEL", current=False)),
        foedsel=STRICT.foedsel,
        bostedsadresse=(UNKNOWN, home()),
        postadresse=(post_box("95"),),
    )
    shown = seen(beside, frozenset({"navn", "foedsel", "bostedsadresse", "postadresse", "historikk"}))
    assert shown["foedsel"].entries == beside.foedsel
    assert shown["navn"].earlier
    assert shown["postadresse"].state is State.VALUE


def test_a_person_who_is_no_resident_loses_nothing() -> None:
    abroad = person(foedsel=STRICT.foedsel, utflytting=STRICT.utflytting)
    shown = seen(abroad, frozenset({"foedsel", "utflytting", "bostedsadresse"}))
    assert (shown["foedsel"].entries, shown["utflytting"].entries) == (abroad.foedsel, abroad.utflytting)


def test_a_role_that_sees_gradings_is_shown_an_unknown_residence_as_such_and_all_the_rest() -> None:
    unknown = with_unknown_residence(STRICT, grade="strengtFortrolig")
    shown = seen(unknown, frozenset(ELEMENTS))
    assert shown["bostedsadresse"].entries == (UNKNOWN,)
    assert shown["foedsel"].entries == STRICT.foedsel
    assert shown["familierelasjon"].state is State.VALUE
