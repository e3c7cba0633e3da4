"""Whom a query finds, told from everybody's documents in another way than the search does it."""

from collections.abc import Callable

import pytest

from integrations.simulator.tenor.fields.kinds import Kind
from integrations.simulator.tenor.index import KINDS
from tests.integrations.simulator.door import Document, current
from tests.integrations.simulator.tenor.conftest import Find, Numbers, Send

Fits = Callable[[Document], bool]


def value(document: Document, key: str, entry: str) -> str:
    return "".join(str(row.get(entry, "")) for row in current(document, key)[:1])


def name(document: Document) -> set[str]:
    words = {value(document, "navn", part) for part in ("fornavn", "mellomnavn", "etternavn")}
    return {word for part in words for word in part.replace("-", " ").split()}


def born(document: Document) -> str:
    return value(document, "foedsel", "foedselsdato")


def status(document: Document) -> str:
    return value(document, "status", "status")


def given_names(document: Document) -> list[str]:
    return value(document, "navn", "fornavn").replace("-", " ").split()


def post_town(document: Document) -> str:
    home = (current(document, "bostedsadresse") or [{}])[0]
    place = home.get("vegadresse") or home.get("matrikkeladresse") or {}
    return str(place.get("poststed", {}).get("poststedsnavn", ""))


QUERIES: dict[str, Fits] = {
    "": lambda _: True,
    "personstatus: doed": lambda who: status(who) == "doed",
    "personstatus: (doed or utflyttet)": lambda who: status(who) in {"doed", "utflyttet"},
    "personstatus: doed utflyttet": lambda who: status(who) in {"doed", "utflyttet"},
    "not personstatus: bosatt": lambda who: status(who) != "bosatt",
    "personstatus: b*": lambda who: status(who).startswith("b"),
    "personstatus:bosatt and kjoenn:mann": lambda who: (
        status(who) == "bosatt" and value(who, "kjoenn", "kjoenn") == "mann"
    ),
    "fornavn: A*": lambda who: any(word.startswith("A") for word in given_names(who)),
    "fornavn: *to*": lambda who: "TO" in value(who, "navn", "fornavn"),
    "visningnavn: *a and visningnavn: s*": lambda who: (
        any(word.endswith("A") for word in name(who)) and any(word.startswith("S") for word in name(who))
    ),
    "foedselsdato > 1999-12-31": lambda who: born(who) > "1999-12-31",
    "foedselsdato > 1999": lambda who: born(who) > "1999-12-31",
    "foedselsdato >= 1999": lambda who: born(who) >= "1999",
    "foedselsdato < 1950": lambda who: "" < born(who) < "1950",
    "foedselsdato <= 1950": lambda who: "" < born(who) < "1951",
    "foedselsdato: [1970 to 1979]": lambda who: born(who)[:3] == "197",
    "foedselsdato: [1970-05 to 1970-06]": lambda who: born(who)[:7] in {"1970-05", "1970-06"},
    "foedselsdato: 1970-05": lambda who: born(who)[:7] == "1970-05",
    "bostedsadresse: Sortland": lambda who: post_town(who) == "SORTLAND",
    "postadresse: *": lambda who: bool(current(who, "postadresse")),
    "not (postadresse: * or bostedsadresse: *) and personstatus: utflyttet": lambda who: (
        status(who) == "utflyttet" and not current(who, "postadresse")
    ),
    "deltBosted: *": lambda who: bool(current(who, "deltBosted")),
    "harNavnHistorikk: true": lambda who: len(who.get("navn", [])) > 1,
    "flereStatsborgerskap: true": lambda who: len(current(who, "statsborgerskap")) > 1,
    "statsborgerskap: SWE": lambda who: "SWE" in {row["statsborgerskap"] for row in current(who, "statsborgerskap")},
    "adresseBeskyttelse: (fortrolig or strengtFortrolig)": lambda who: (
        value(who, "adressebeskyttelse", "graderingsnivaa") in {"fortrolig", "strengtFortrolig"}
    ),
    "antallBarn >= 2": lambda who: (
        sum(row.get("relatertPersonsRolle") == "barn" for row in current(who, "familierelasjon")) >= 2
    ),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_those_it_describes(query: str, numbers: Numbers, everyone: dict[str, Document]) -> None:
    described = {number for number, person in everyone.items() if QUERIES[query](person)}
    assert described
    assert set(numbers(query)) == described


def relatives(document: Document, role: str) -> list[str]:
    """By the register's word for them; a spouse stands with the civil status."""
    rows = [row for row in current(document, "familierelasjon") if row.get("relatertPersonsRolle") == role]
    spouse = value(document, "sivilstand", "relatertVedSivilstand") if role == "ektefelleEllerPartner" else ""
    return [*(row["relatertPerson"] for row in rows if "relatertPerson" in row), spouse]


def homes(document: Document) -> list[Document]:
    """Where somebody lives, without since when and how graded it is."""
    rows = current(document, "bostedsadresse")
    return [row[shape] for row in rows for shape in ("vegadresse", "matrikkeladresse") if shape in row]


@pytest.mark.parametrize(
    ("query", "role", "fits"),
    [
        (
            'tenorRelasjonsnavn: "barn" AND foedselsdato : [2015 to 2016]',
            "barn",
            lambda who: born(who)[:4] in {"2015", "2016"},
        ),
        ("tenorRelasjonsnavn: mor and not harNavnHistorikk: true", "mor", lambda who: len(who["navn"]) == 1),
        (
            "tenorRelasjonsnavn: partner and kjoenn: kvinne",
            "ektefelleEllerPartner",
            lambda who: value(who, "kjoenn", "kjoenn") == "kvinne",
        ),
        (
            "tenorRelasjonsnavn: far and (fornavn: S* or fornavn: T*)",
            "far",
            lambda who: any(word[0] in "ST" for word in given_names(who)),
        ),
    ],
)
def test_all_that_is_asked_of_a_relative_is_true_of_the_same_one(
    query: str, role: str, fits: Fits, numbers: Numbers, everyone: dict[str, Document]
) -> None:
    described = {
        number
        for number, person in everyone.items()
        if any(fits(everyone[relative]) for relative in relatives(person, role) if relative in everyone)
    }
    assert described
    assert set(numbers(f"tenorRelasjoner.freg: {{{query}}}")) == described


@pytest.mark.parametrize(("field", "role"), [("borMedMor", "mor"), ("borMedFar", "far"), ("borMedMedmor", "medmor")])
def test_who_lives_with_a_parent_is_found(
    field: str, role: str, numbers: Numbers, everyone: dict[str, Document]
) -> None:
    together = {
        number
        for number, person in everyone.items()
        if any(
            homes(person) and homes(person) == homes(everyone[each])
            for each in relatives(person, role)
            if each in everyone
        )
    }
    assert together
    assert set(numbers(f"{field}: true")) == together
    assert set(numbers(f"{field}: false")) == everyone.keys() - together


def test_a_child_that_lives_with_neither_parent_is_found(numbers: Numbers, everyone: dict[str, Document]) -> None:
    found = numbers("tenorRelasjoner.freg: {tenorRelasjonsnavn: mor} and borMedMor: false and borMedFar: false")
    assert found
    assert all(relatives(everyone[number], "mor") for number in found)


def test_a_value_without_a_field_may_stand_in_any(numbers: Numbers, cases: dict[str, str]) -> None:
    """The word is a street name and a family name, a number has several fields it may stand in."""
    child = cases["barn"]
    assert set(numbers(child)) >= {child, cases["vanlig-familie"], cases["ektefelle"]}
    assert set(numbers("Sortland")) >= set(numbers("bostedsadresse: Sortland"))


def test_a_field_name_may_have_wildcards(numbers: Numbers) -> None:
    histories = "harNavnHistorikk: true or harBostedsadresseHistorikk: true or harSivilstandHistorikk: true"
    assert set(numbers("har*Historikk: true")) == set(numbers(f"{histories} or harStatsborgerskapHistorikk: true"))


def test_a_phrase_is_found_with_its_words_in_that_order(numbers: Numbers, find: Find) -> None:
    home = find("bostedsadresse: *", antall=1, seed=1, vis="bostedsadresse")["dokumentListe"][0]["bostedsadresse"]
    street, _, town = home.partition(", ")
    assert numbers(f'bostedsadresse: "{street}"')
    assert numbers(f'bostedsadresse: "{town}"')
    assert not numbers(f'bostedsadresse: "{town} {street}"')


def test_words_without_quotation_marks_are_found_one_by_one(numbers: Numbers) -> None:
    together = set(numbers("bostedsadresse: Sortland")) | set(numbers("bostedsadresse: Leikanger"))
    assert set(numbers("bostedsadresse: Sortland Leikanger")) == together
    assert not numbers('bostedsadresse: "Sortland Leikanger"')


def test_a_code_is_compared_as_it_is_spelled_and_a_text_in_any_case(numbers: Numbers) -> None:
    assert not numbers("personstatus: BOSATT")
    assert numbers("bostedsadresse: SORTLAND") == numbers("bostedsadresse: sortland")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("finnesIkke: 1", 1),
        ("kjoenn: mann and finnesIkke: 1", 18),
        ("foedselsdato: i går", 1),
        ("foedselsdato > 1999-02-30", 1),
        ("antallBarn: to1", 1),
        ("antallBarn: 1*", 1),
        ("borMedMor: ja", 1),
        ("borMedMor: [a to b]", 1),
        ("fornavn > A", 1),
        ("tenorRelasjoner.freg: {finnesIkke: 1}", 24),
        ("tenorRelasjonsnavn: barn", 1),
        ("tenorRelasjoner.freg: {tenorRelasjoner.freg: {kjoenn: mann}}", 24),
        ("(kjoenn: mann", 14),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused_and_told_where(query: str, place: int, send: Send) -> None:
    answer = send(kql=query)
    assert answer.status_code == 400
    assert answer.json()["melding"].endswith(f"(plass {place})")


def test_every_field_finds_somebody(find: Find) -> None:
    presence = {name: f"{name}: true" if kind is Kind.FLAG else f"{name}: *" for name, kind in KINDS.items()}
    assert [name for name, kql in presence.items() if not find(kql, antall=1)["treff"]] == []
