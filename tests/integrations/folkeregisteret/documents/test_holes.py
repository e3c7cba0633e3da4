"""A value that cannot be read is a hole at its place, and the rest of the document is kept."""

import json
import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret import sightings
from integrations.folkeregisteret.client import BulkAnswer
from integrations.folkeregisteret.codes import codes_of, letters_of
from integrations.folkeregisteret.documents import (
    UNREADABLE_GRADE,
    WHOLE_ENTRY,
    PersonRecord,
    current_number,
    decode_answer,
    decode_person,
    encode_person,
)
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.sightings import Sightings
from integrations.http.errors import UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, READ_PROPERTIES, as_json, document
from tests.integrations.folkeregisteret.register import Register, client_of

WITH = RightsPackage.WITH_LEGAL_BASIS
SINGLE = frozenset({"doedsfall", "falskIdentitet"})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@pytest.fixture(autouse=True)
def holes(monkeypatch: pytest.MonkeyPatch) -> Sightings:
    """Counted anew for each test."""
    counted = Sightings(logging.getLogger(sightings.__name__), "holes", "holes")
    monkeypatch.setattr("integrations.folkeregisteret.documents.decoding.HOLES", counted)
    monkeypatch.setattr("integrations.folkeregisteret.client.bulk.HOLES", counted)
    return counted


def read(property_: str, content: object) -> Any:
    return getattr(decode_person(as_json({property_: content})), property_)


ODD: dict[str, tuple[str, object, object, tuple[str, ...]]] = {
    "a month for a date": ("foedsel", [{"foedselsdato": "2018-05"}], None, ("foedselsdato",)),
    "a year for a date": ("foedsel", [{"foedselsdato": "2018"}], None, ("foedselsdato",)),
    "a date without zeros": ("foedsel", [{"foedselsdato": "2018-5-1"}], None, ("foedselsdato",)),
    "no date at all": ("foedsel", [{"foedselsdato": "0000-00-00"}], None, ("foedselsdato",)),
    "a date with a zone": ("foedsel", [{"foedselsdato": "2018-05-17+02:00"}], date(2018, 5, 17), ()),
    "a moment for a date": ("foedsel", [{"foedselsdato": "2018-05-16T22:00:00Z"}], date(2018, 5, 17), ()),
    "a moment without a zone": ("foedsel", [{"foedselsdato": "2018-05-17T00:00:00"}], date(2018, 5, 17), ()),
    "a number for a date": ("foedsel", [{"foedselsdato": 20180517}], None, ("foedselsdato",)),
    "a number for a year": ("foedsel", [{"foedselsaar": 2018}], None, ("foedselsaar",)),
    "a number for a kommune": ("foedsel", [{"foedekommuneINorge": 1870}], None, ("foedekommuneINorge",)),
    "a list for a text": ("foedsel", [{"foedested": ["x"]}], None, ("foedested",)),
    "a text for a number": ("bostedsadresse", [{"grunnkrets": "103"}], None, ("grunnkrets",)),
    "half a number": ("bostedsadresse", [{"grunnkrets": 1.5}], None, ("grunnkrets",)),
    "a yes for a number": ("bostedsadresse", [{"grunnkrets": True}], None, ("grunnkrets",)),
    "a text for an object": ("bostedsadresse", [{"vegadresse": "Lia 7"}], None, ("vegadresse",)),
    "an object for a text": ("navn", [{"fornavn": {"x": 1}}], None, ("fornavn",)),
    "a text for a yes": ("navn", [{"erGjeldende": "true"}], None, ("erGjeldende",)),
    "a number for a code": ("status", [{"status": 1}], None, ("status",)),
    "a list for a code": ("status", [{"status": ["bosatt"]}], None, ("status",)),
    "nothing in a list": ("navn", [None], None, (WHOLE_ENTRY,)),
    "a text in a list": ("navn", ["x"], None, (WHOLE_ENTRY,)),
    "a list in a list": ("navn", [[]], None, (WHOLE_ENTRY,)),
    "a text for a list": ("navn", "x", None, (WHOLE_ENTRY,)),
    "a number for a list": ("navn", 1, None, (WHOLE_ENTRY,)),
    "an object for a list": ("navn", {"fornavn": "RAD"}, "RAD", ()),
    "a list for an object": ("doedsfall", [{"doedsdato": "2018-05-17"}], date(2018, 5, 17), ()),
    "several for an object": ("doedsfall", [{}, {}], None, (WHOLE_ENTRY,)),
    "a text for one object": ("doedsfall", "2018-05-17", None, (WHOLE_ENTRY,)),
    "half a sign": ("navn", [{"fornavn": "RA\ud83d", "x": 1e400}], "RA\ufffd", ()),
}  # fmt: skip


@pytest.mark.parametrize(("property_", "content", "value", "unread"), ODD.values(), ids=ODD)
def test_one_odd_value_is_a_hole_and_the_rest_stands(
    property_: str, content: object, value: object, unread: tuple[str, ...], holes: Sightings
) -> None:
    person = decode_person(as_json({property_: content, "kjoenn": [{"kjoenn": "kvinne"}]}))
    held = getattr(person, property_)
    entry = held if property_ in SINGLE else held[0]
    assert entry.unread == unread
    assert value is None or value in {getattr(entry, name) for name in entry.__struct_fields__ if name != "unread"}
    assert person.kjoenn[0].kjoenn == "kvinne"
    assert bool(holes.counts()) == bool(unread)


def test_a_hole_deep_in_an_entry_leaves_what_stands_beside_it(holes: Sightings) -> None:
    (address,) = read(
        "postadresse", [{"postadresseIFrittFormat": {"adresselinje": "Lia 7", "poststed": "8400 SORTLAND"}}]
    )
    assert address.postadresseIFrittFormat.adresselinje == ("Lia 7",)
    assert address.unread == ("postadresseIFrittFormat",)
    assert holes.counts() == {"postadresse.postadresseIFrittFormat.poststed": 1}


def test_blanks_and_nulls_of_older_data_are_no_holes(holes: Sightings) -> None:
    (address,) = read(
        "postadresse", [{"postadresseIFrittFormat": {"adresselinje": ["", None, "Lia 7"], "poststed": None}}]
    )
    assert address.postadresseIFrittFormat.adresselinje == ("Lia 7",)
    assert not holes.counts()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"navn": NaN, "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"navn": [{"fornavn": Infinity}], "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"navn": [{"fornavn": "\xff\xfe"}], "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"navn": [{"fornavn": "\\ud800"}], "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"navn": ' + b"9" * 10_000 + b', "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"navn": ' + b"[" * 100_000 + b"]" * 100_000 + b', "kjoenn": [{"kjoenn": "kvinne"}]}',
        b'{"nytt": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b', "kjoenn": [{"kjoenn": "kvinne"}]}',
    ],
    ids=["NaN", "infinity", "no UTF-8", "half a sign", "a number without end", "deep lists", "deep objects"],
)
def test_json_as_it_should_not_be_is_read_as_far_as_it_can_be(raw: bytes) -> None:
    person = decode_person(raw)
    assert person.kjoenn[0].kjoenn == "kvinne"
    encode_person(person).decode("utf-8")


@pytest.mark.parametrize(
    "content",
    ["fortrolig", 1, True, [None], ["fortrolig"], [[]], [{"graderingsnivaa": 7}], [{"graderingsnivaa": ["ugradert"]}],
     [{"graderingsnivaa": "ugradert", "erGjeldende": "false"}], [{"graderingsnivaa": "ugradert", "kilde": 1}],
     [{"graderingsnivaa": "ugradert"}, None], [{"graderingsnivaa": "ugradert", "erGjeldende": False, "aarsak": {}}]],
)  # fmt: skip
def test_a_hole_in_the_grading_is_the_strictest_grading_and_holds_now(content: object) -> None:
    entries = read("adressebeskyttelse", content)
    assert any(entry.graderingsnivaa == UNREADABLE_GRADE and entry.erGjeldende is None for entry in entries)


def test_a_grading_of_an_address_that_cannot_be_read_is_in_no_list_of_codes() -> None:
    (address,) = read("bostedsadresse", [{"adressegradering": 1}])
    assert address.adressegradering == UNREADABLE_GRADE


@pytest.mark.parametrize("swapped", [False, True])
def test_a_grading_that_stands_twice_is_kept_whichever_comes_last(swapped: bool) -> None:
    both = [b'"adressebeskyttelse":[{"graderingsnivaa":"fortrolig"}]', b'"adressebeskyttelse":[]']
    person = decode_person(b"{%b}" % b",".join(reversed(both) if swapped else both))
    assert [entry.graderingsnivaa for entry in person.adressebeskyttelse] == ["fortrolig"]


@given(st.sampled_from(sorted(READ_PROPERTIES)), JSON)
def test_garbage_inside_a_property_is_a_hole_and_never_a_crash(name: str, garbage: object) -> None:
    person = decode_person(as_json({name: [{"navn": garbage, "kilde": {"fnr": A_NUMBER}}, A_NUMBER]}))
    assert A_NUMBER not in repr(person)
    assert A_NUMBER.encode() not in encode_person(person)


def code_lists() -> dict[str, frozenset[str]]:
    from integrations.folkeregisteret import codes

    return {name: found for name, alias in vars(codes).items() if (found := codes_of(alias))}


STYLES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "spaces around": lambda code: f"  {code}\t",
    "words": lambda code: "".join(f"_{sign}" if sign.isupper() else sign for sign in code).upper(),
    "Norwegian letters": lambda code: code.replace("oe", "ø").replace("aa", "å").replace("ae", "æ"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("name", code_lists())
def test_a_code_is_the_same_code_however_it_is_written(name: str, style: Callable[[str], str]) -> None:
    known = code_lists()[name]
    assert all(codes_of(_alias(name)).known(style(code)) == code for code in known)


def _alias(name: str) -> Any:
    from integrations.folkeregisteret import codes

    return getattr(codes, name)


def test_no_two_codes_of_a_list_are_told_apart_by_capitals_alone() -> None:
    for known in code_lists().values():
        assert len({letters_of(code) for code in known}) == len(known)


def test_codes_in_capitals_stand_in_documents_as_the_codes_they_are() -> None:
    person = decode_person(
        as_json(
            {
                "bostedsadresse": [{"adressegradering": "UGRADERT"}],
                "status": [{"status": " BOSATT "}],
                "adressebeskyttelse": [{"graderingsnivaa": "STRENGT_FORTROLIG"}],
                "identifikasjonsnummer": [{"status": "IBRUK", "identifikatortype": "DNUMMER"}],
                "brukAvSamiskSpraak": [{"spraak": ["SØRSAMISK"]}],
            }
        )
    )
    assert person.bostedsadresse[0].adressegradering == "ugradert"
    assert person.status[0].status == "bosatt"
    assert person.adressebeskyttelse[0].graderingsnivaa == "strengtFortrolig"
    assert (person.identifikasjonsnummer[0].status, person.identifikasjonsnummer[0].identifikatortype) == (
        "iBruk",
        "dNummer",
    )
    assert person.brukAvSamiskSpraak[0].spraak == ("soersamisk",)


def test_a_code_that_is_new_is_kept_as_it_is_written(holes: Sightings) -> None:
    assert read("status", [{"status": "HeltNy"}])[0].status == "HeltNy"
    assert not holes.counts()


def bulk(
    answers: object, *, numbers: tuple[str, ...] = (A_NUMBER, ANOTHER_NUMBER), as_ordered: bool = False
) -> list[BulkAnswer]:
    raw = answers if isinstance(answers, bytes) else json.dumps({"oppslag": answers}).encode()
    register = Register(httpx.Response(200, headers={"Content-Type": "application/json"}, content=raw))
    return client_of(register).bulk(WITH, numbers, {"navn"}, as_ordered=as_ordered)


def looked(number: object, person: object) -> dict[str, object]:
    return {"foedselsEllerDNummer": number, "folkeregisterperson": person}


GOOD = looked(A_NUMBER, document(navn=[{"fornavn": "RAD"}]))


@pytest.mark.parametrize(
    "person",
    [1, "x", [], [1], True, {}, {"navn": [{"fornavn": "X"}]}, {"feilmelding": "x"}, {"identifikasjonsnummer": 1}],
)
@pytest.mark.parametrize("as_ordered", [True, False])
def test_a_person_who_cannot_be_read_is_a_hole_among_the_others(
    person: object, as_ordered: bool, holes: Sightings
) -> None:
    first, second = bulk([GOOD, looked(ANOTHER_NUMBER, person)], as_ordered=as_ordered)
    assert first.person is not None
    assert first.person.navn[0].fornavn == "RAD"
    assert second.person is not None
    assert (second.asked, current_number(second.person)) == (ANOTHER_NUMBER, ANOTHER_NUMBER)
    assert second.person.navn[0].unread == (WHOLE_ENTRY,)
    assert second.person.adressebeskyttelse[0].graderingsnivaa == UNREADABLE_GRADE
    assert holes.counts()["person"] == 1


def test_an_odd_value_in_one_person_leaves_that_person_and_all_others() -> None:
    odd = document(of=ANOTHER_NUMBER, foedsel=[{"foedselsdato": "2018-5-1", "foedselsaar": "2018"}])
    first, second = bulk([GOOD, looked(ANOTHER_NUMBER, odd)])
    assert first.person == bulk([GOOD], numbers=(A_NUMBER,))[0].person
    assert second.person is not None
    assert (second.person.foedsel[0].foedselsaar, second.person.foedsel[0].unread) == ("2018", ("foedselsdato",))


def test_an_odd_value_in_one_of_several_documents_is_a_hole_in_that_one_alone(holes: Sightings) -> None:
    several = msgspec.json.Decoder(tuple[PersonRecord, ...])
    whole, odd = {"navn": [{"etternavn": "NORD"}]}, {"navn": [{"etternavn": 5, "fornavn": "KARI"}]}
    first, second = decode_answer(json.dumps([whole, odd]).encode(), several)
    assert (first.navn[0].etternavn, first.navn[0].unread) == ("NORD", ())
    assert (second.navn[0].fornavn, second.navn[0].unread) == ("KARI", ("etternavn",))
    assert sum(holes.counts().values()) == 1


def test_a_number_that_comes_as_a_number_is_that_number() -> None:
    answers = bulk([looked(int(A_NUMBER), document()), looked(ANOTHER_NUMBER, document(of=ANOTHER_NUMBER))])
    assert [answer.asked for answer in answers] == [A_NUMBER, ANOTHER_NUMBER]


@pytest.mark.parametrize("nobodys", [None, 1, [], {}, {"folkeregisterperson": {}}, looked(None, {}), looked([], {})])
def test_an_answer_without_a_number_is_only_counted(nobodys: object, holes: Sightings) -> None:
    assert [answer.asked for answer in bulk([GOOD, nobodys])] == [A_NUMBER]
    assert holes.counts() == {"oppslag": 1}


@pytest.mark.parametrize("answers", [[None], [{}], {"x": 1}, 1])
def test_an_answer_about_nobody_at_all_is_no_answer(answers: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        bulk(answers)


def test_a_person_not_asked_about_is_refused_beside_a_hole_too() -> None:
    with pytest.raises(UnexpectedAnswer):
        bulk([looked(A_NUMBER, 1), looked(ANOTHER_NUMBER, document(of=ANOTHER_NUMBER))], numbers=(A_NUMBER,))


def test_a_grading_that_stands_twice_in_bulk_is_kept_too() -> None:
    person = (
        as_json(document())[:-1] + b',"adressebeskyttelse":[{"graderingsnivaa":"fortrolig"}],"adressebeskyttelse":[]}'
    )
    (answer,) = bulk(
        b'{"oppslag":[{"foedselsEllerDNummer":"%b","folkeregisterperson":%b}]}' % (A_NUMBER.encode(), person)
    )
    assert answer.person is not None
    assert [entry.graderingsnivaa for entry in answer.person.adressebeskyttelse] == ["fortrolig"]


def test_the_log_says_where_a_hole_is_and_never_what_stood_there(caplog: pytest.LogCaptureFixture) -> None:
    decode_person(as_json({"navn": [{"fornavn": 17}], "foedsel": [{"foedselsdato": "hemmelig"}]}))
    assert [record.__dict__["holes"] for record in caplog.records] == [["foedsel.foedselsdato", "navn.fornavn"]]
    assert "hemmelig" not in str([record.__dict__ for record in caplog.records])


def test_a_record_of_holes_shows_nothing_of_itself() -> None:
    assert repr(decode_person(as_json({"navn": [1]}))) == "<PersonRecord>"
    assert PersonRecord().navn == ()
