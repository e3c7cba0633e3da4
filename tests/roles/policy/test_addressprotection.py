"""Address protection: what the records of a graded person and of their household may still show."""

from datetime import date

import pytest
from msgspec.structs import replace

from integrations.folkeregisteret.documents import (
    Bostedsadresse,
    DeltBosted,
    FoedselINorge,
    Foreldreansvar,
    Identifikasjonsdokument,
    InnflyttingTilNorge,
    KontaktinformasjonForDoedsbo,
    PersonRecord,
    UkjentBosted,
    UtflyttingFraNorge,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
    VergeRepresentantEllerFullmektig,
)
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import (
    UNPROTECTED,
    Grade,
    grade_of,
    household_verdict,
    is_protected,
    shows_residence,
    verdict,
)
from roles.policy.fieldpolicy import PermittedRecord, State, restrict
from tests.roles.records import (
    KARI,
    OLA,
    SIV,
    born,
    graded,
    home,
    mailed_to,
    married_to,
    named,
    person,
    post_box,
    related_to,
    status,
    street,
)

EVERYTHING = frozenset(ELEMENTS)
ADDRESSES = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")


def seen(record: PersonRecord, *, may_open: bool = False, elements: frozenset[str] = EVERYTHING) -> PermittedRecord:
    return restrict(record, elements=elements, protection=verdict(record, may_open=may_open))


def rich(grade: str, *, address_grade: str) -> PersonRecord:
    """A person whose record has every element and field that could tell where they are."""
    return person(
        KARI,
        navn=(named("NY"), named("GAMMEL", current=False)),
        status=(status("bosatt"),),
        foedsel=(born(),),
        foedselINorge=(FoedselINorge(foedselsinstitusjonsnavn="SOGNDAL SYKEHUS"),),
        adressebeskyttelse=graded(grade),
        bostedsadresse=(home(grade=address_grade, skolekrets=7), home(street("Gamleveien"), erGjeldende=False)),
        deltBosted=(DeltBosted(vegadresse=street(), adressegradering=address_grade),),
        postadresse=(
            post_box("95", grade="ugradert", kilde="Kripos", gyldighetstidspunkt="2026-01-01T00:00:00+01:00"),
        ),
        sivilstand=(married_to(OLA),),
        familierelasjon=(related_to(SIV),),
        foreldreansvar=(Foreldreansvar(ansvar="felles", ansvarssubjekt=SIV, ansvarligOrganisasjon="999000003"),),
        vergemaalEllerFremtidsfullmakt=(
            VergemaalRepresentasjonEllerFremtidsfullmakt(
                embete="statsforvalterenIVestland", verge=VergeRepresentantEllerFullmektig(foedselsEllerDNummer=OLA)
            ),
        ),
        innflytting=(InnflyttingTilNorge(fraflyttingsland="SWE"),),
        utflytting=(UtflyttingFraNorge(tilflyttingsland="SWE", utflyttingsdato=date(2020, 1, 1)),),
        kontaktinformasjonForDoedsbo=(KontaktinformasjonForDoedsbo(skifteform="annet"),),
        legitimasjonsdokument=(Identifikasjonsdokument(utstedernavn="VEST POLITIDISTRIKT", utstederland="NOR"),),
    )


STRICT = rich("strengtFortrolig", address_grade="strengtFortrolig")
CONFIDENTIAL = rich("fortrolig", address_grade="fortrolig")


# --- The grade ---


@pytest.mark.parametrize(
    ("own", "carried", "grade"),
    [
        (None, "ugradert", Grade.NONE),
        ("ugradert", "ugradert", Grade.NONE),
        ("klientadresse", "ugradert", Grade.CLIENT_ADDRESS),
        ("ugradert", "klientadresse", Grade.NONE),
        ("fortrolig", "ugradert", Grade.CONFIDENTIAL),
        ("strengtFortrolig", "ugradert", Grade.STRICTLY_CONFIDENTIAL),
        (None, "fortrolig", Grade.CONFIDENTIAL),
        ("fortrolig", "strengtFortrolig", Grade.STRICTLY_CONFIDENTIAL),
        ("somethingNew", "ugradert", Grade.STRICTLY_CONFIDENTIAL),
        (None, "somethingNew", Grade.STRICTLY_CONFIDENTIAL),
        (None, None, Grade.NONE),
    ],
)
def test_the_strictest_grading_counts_and_an_unknown_one_is_the_strictest(
    own: str | None, carried: str | None, grade: Grade
) -> None:
    record = person(bostedsadresse=(home(grade=carried),), adressebeskyttelse=graded(own) if own else ())
    assert grade_of(record) is grade
    assert is_protected(record) is (grade >= Grade.CONFIDENTIAL)


def test_a_grading_that_has_ended_protects_no_longer() -> None:
    assert grade_of(person(adressebeskyttelse=graded("fortrolig", current=False))) is Grade.NONE


def test_of_two_current_gradings_the_stricter_counts() -> None:
    both = graded("fortrolig") + graded("strengtFortrolig")
    assert grade_of(person(adressebeskyttelse=both)) is Grade.STRICTLY_CONFIDENTIAL


def test_a_person_without_grading_gets_the_unprotected_verdict() -> None:
    assert verdict(person(bostedsadresse=(home(),)), may_open=False) is UNPROTECTED
    formerly = person(bostedsadresse=(home(),), adressebeskyttelse=graded("fortrolig", current=False))
    assert verdict(formerly, may_open=False) is UNPROTECTED


# --- Strictly confidential ---


@pytest.mark.parametrize("may_open", [False, True])
def test_of_a_strictly_confidential_person_only_the_open_postal_address_survives(may_open: bool) -> None:
    record = seen(STRICT, may_open=may_open)
    assert record["postadresse"].entries[0].postboksadresse.postboks == "95"
    assert {key for key in ADDRESSES if record[key].state is not State.PROTECTED} == {"postadresse"}
    assert record["bostedsadresse.kretser"].state is State.PROTECTED


def test_the_open_postal_address_does_not_tell_who_set_it_up_or_when() -> None:
    address = seen(STRICT)["postadresse"].entries[0]
    assert (address.kilde, address.gyldighetstidspunkt, address.adresseIdentifikatorFraMatrikkelen) == (
        None,
        None,
        None,
    )


def test_a_graded_or_earlier_postal_address_of_a_strictly_confidential_person_is_hidden() -> None:
    addresses = (post_box("1", grade="strengtFortrolig"), post_box("2", erGjeldende=False))
    record = person(adressebeskyttelse=graded("strengtFortrolig"), postadresse=addresses)
    assert seen(record)["postadresse"].state is State.PROTECTED
    assert seen(record)["postadresse"].earlier == ()


@pytest.mark.parametrize("grade", ["strengtFortrolig", "ugradert", None])
def test_an_open_postal_address_that_repeats_where_a_strictly_confidential_person_lives_is_hidden(
    grade: str | None,
) -> None:
    record = person(
        adressebeskyttelse=graded("strengtFortrolig"),
        bostedsadresse=(home(grade=grade),),
        postadresse=(mailed_to(street()), post_box("95")),
    )
    assert [entry.postboksadresse.postboks for entry in seen(record)["postadresse"].entries] == ["95"]
    alone = replace(record, postadresse=(mailed_to(street()),))
    assert seen(alone)["postadresse"].state is State.PROTECTED


@pytest.mark.parametrize(
    "key",
    [
        "familierelasjon",
        "foreldreansvar",
        "vergemaalEllerFremtidsfullmakt",
        "kontaktinformasjonForDoedsbo",
        "innflytting",
        "utflytting",
        "foedselINorge",
    ],
)
def test_a_strictly_confidential_person_shows_no_relation_and_no_move(key: str) -> None:
    assert seen(STRICT, may_open=True)[key] == (key, State.PROTECTED, (), ())


def test_a_strictly_confidential_person_shows_no_place_of_birth_spouse_or_history() -> None:
    record = seen(STRICT)
    assert record["foedsel"].entries[0].foedselsdato == date(1999, 9, 1)
    assert record["foedsel"].entries[0].foedekommuneINorge is None
    assert record["foedsel"].entries[0].foedested is None
    assert record["sivilstand"].entries[0].sivilstand == "gift"
    assert record["sivilstand.relatertVedSivilstand"].entries == ()
    assert record["navn"].earlier == ()
    assert record["legitimasjonsdokument"].entries[0].utstedernavn is None


def test_the_grading_itself_is_shown_only_to_a_role_that_may_see_gradings() -> None:
    assert seen(STRICT)["adressebeskyttelse"].entries[0].graderingsnivaa == "strengtFortrolig"
    open_role = frozenset(key for key, element in ELEMENTS.items() if not element.is_confidential)
    states = {element.state for element in seen(STRICT, elements=open_role).elements.values()}
    assert State.PROTECTED not in states


# --- Confidential ---


def test_a_confidential_address_is_hidden_until_it_is_opened() -> None:
    hidden, opened = seen(CONFIDENTIAL), seen(CONFIDENTIAL, may_open=True)
    assert {key for key in ADDRESSES if hidden[key].state is State.PROTECTED} == set(ADDRESSES)
    assert opened["bostedsadresse"].entries[0].vegadresse.adressenavn == "Storgata"
    assert opened["bostedsadresse.kretser"].entries[0].skolekrets == 7


def test_an_earlier_address_graded_strictly_is_not_opened_with_the_confidential_ones() -> None:
    earlier = home(street("Gamleveien"), grade="strengtFortrolig", erGjeldende=False)
    record = person(adressebeskyttelse=graded("fortrolig"), bostedsadresse=(home(grade="fortrolig"), earlier))
    opened = seen(record, may_open=True)["bostedsadresse"]
    assert (len(opened.entries), opened.earlier) == (1, ())


def test_a_confidential_person_keeps_relations_but_no_field_that_tells_the_place() -> None:
    record = seen(CONFIDENTIAL)
    assert record["familierelasjon"].entries[0].relatertPerson == SIV
    assert record["foedsel"].entries[0].foedekommuneINorge is None
    assert record["vergemaalEllerFremtidsfullmakt"].entries[0].embete is None
    assert record["foreldreansvar"].entries[0].ansvarligOrganisasjon is None
    assert record["kontaktinformasjonForDoedsbo"].state is State.PROTECTED


@pytest.mark.parametrize("may_open", [False, True])
def test_the_moves_of_a_confidential_person_stay_hidden(may_open: bool) -> None:
    record = seen(CONFIDENTIAL, may_open=may_open)
    assert record["innflytting"].state is State.PROTECTED
    assert record["utflytting"].state is State.PROTECTED


# --- A client address, and an address that is graded alone ---


def test_a_client_address_is_hidden_alone() -> None:
    record = seen(person(bostedsadresse=(home(grade="klientadresse"),), postadresse=(post_box("95"),)))
    assert record["bostedsadresse"].state is State.PROTECTED
    assert record["postadresse"].state is State.VALUE


def test_a_client_address_is_hidden_wherever_the_record_repeats_it() -> None:
    repeated = person(
        bostedsadresse=(
            home(grade="klientadresse"),
            home(erGjeldende=False),
            home(street("Annen vei"), erGjeldende=False),
        ),
        deltBosted=(DeltBosted(vegadresse=street(unit=None), adressegradering="ugradert"),),
    )
    record = seen(repeated)
    assert [entry.vegadresse.adressenavn for entry in record["bostedsadresse"].earlier] == ["Annen vei"]
    assert record["deltBosted"].state is State.PROTECTED


def test_beside_a_client_address_another_dwelling_of_the_house_is_shown() -> None:
    other = home(street(unit="H0202"))
    record = seen(person(bostedsadresse=(home(grade="klientadresse"), other)))
    assert record["bostedsadresse"].entries == (other,)


def test_an_element_without_anything_in_it_is_empty_beside_a_client_address() -> None:
    record = seen(person(bostedsadresse=(home(grade="klientadresse"),)))
    assert {record[key].state for key in ("postadresse", "deltBosted", "navn")} == {State.EMPTY}


def test_a_client_address_can_be_opened() -> None:
    record = person(bostedsadresse=(home(grade="klientadresse"),))
    assert seen(record, may_open=True)["bostedsadresse"].state is State.VALUE


def test_an_address_that_does_not_say_it_is_open_is_hidden() -> None:
    assert seen(person(bostedsadresse=(home(grade=None),)))["bostedsadresse"].state is State.PROTECTED


# --- The household ---


def test_a_member_of_a_protected_household_shows_no_address_but_the_rest() -> None:
    record = person(OLA, navn=(named("HAV"),), bostedsadresse=(home(),), postadresse=(post_box("95"),))
    hidden = restrict(record, elements=EVERYTHING, protection=household_verdict(verdict(record, may_open=False)))
    assert {hidden[key].state for key in ADDRESSES} == {State.PROTECTED}
    assert hidden["navn"].state is State.VALUE


HERE, AWAY = (status("bosatt"),), (status("utflyttet"),)
CLIENT = DeltBosted(vegadresse=street("Delgata"), adressegradering="klientadresse")


@pytest.mark.parametrize(
    ("record", "is_shown"),
    [
        (person(status=HERE, bostedsadresse=(home(),)), True),
        (person(status=HERE, bostedsadresse=(home(),), deltBosted=(CLIENT,)), True),
        (person(status=HERE, bostedsadresse=(home(grade="klientadresse"),)), False),
        (person(status=HERE, bostedsadresse=(home(grade="fortrolig"),)), False),
        (person(status=AWAY, adressebeskyttelse=graded("fortrolig")), False),
        (person(status=AWAY, adressebeskyttelse=graded("fortrolig"), bostedsadresse=(home(),)), False),
        (
            person(
                status=HERE, bostedsadresse=(Bostedsadresse(ukjentBosted=UkjentBosted(), adressegradering="ugradert"),)
            ),
            False,
        ),
        (person(status=HERE), False),
        (person(status=AWAY), True),
        (person(status=(*AWAY, replace(HERE[0], erGjeldende=False))), True),
        (person(), True),
    ],
)
def test_a_resident_whose_residence_is_not_shown_differs_from_a_person_who_is_no_resident(
    record: PersonRecord, is_shown: bool
) -> None:
    assert shows_residence(record, verdict(record, may_open=False)) is is_shown
