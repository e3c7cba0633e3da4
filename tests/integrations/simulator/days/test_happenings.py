"""What happens as time passes: documents, relations and the feed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.identifiers import parse
from integrations.simulator.days.chronicle import Chronicle
from integrations.simulator.days.events import Event
from integrations.simulator.days.journal import Journal
from integrations.simulator.register.founding import found
from integrations.simulator.register.register import Register
from tests.integrations.simulator.door import Document, current

WITH = RightsPackage.WITH_LEGAL_BASIS
TWO_YEARS = 730
BORN = "personErOpprettet"
ADDRESSES = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")


@dataclass(slots=True)
class World:
    """A register with its journal after some time. before: the documents at the start."""

    register: Register
    journal: Journal
    chronicle: Chronicle
    before: dict[str, Document] = field(repr=False)

    @classmethod
    def of(cls, seed: str, size: int = 600, *kommuner: str) -> "World":
        places = kommuner or ("1870", "4640")
        register = found(seed, size=size, kommuner=places).register
        journal = Journal(register, seed)
        before = {number: register.document(number) for number in register.numbers()}
        return cls(register, journal, Chronicle(register, journal, seed), before)

    def events(self, *kinds: str) -> Iterator[Event]:
        start = len(self.before) + 1
        while page := self.journal.page(start, WITH):
            yield from (event for event in page if not kinds or event.kind in kinds)
            start = page[-1].sequence + 1

    def now(self) -> dict[str, Document]:
        return {number: self.register.document(number) for number in self.register.numbers()}

    def thick(self, event: Event) -> list[Document]:
        document = self.journal.document(self.journal.ids.of("event", event.sequence))
        hendelse = (document or {}).get("hendelse")
        return list(hendelse.get("egenskapshendelse", ())) if isinstance(hendelse, dict) else []

    def after(self, event: Event) -> Document:
        """The person as that event left them."""
        record = self.journal.archived(self.journal.ids.of("person", event.sequence))
        document: Document = json.loads(record.whole()) if record else {}
        return document


@pytest.fixture(scope="module")
def world() -> World:
    """A register after two years. Tests that only read may share it."""
    world = World.of("1")
    world.chronicle.advance(TWO_YEARS)
    return world


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Document]:
    return world.now()


def first(document: Document, name: str) -> Document:
    rows = current(document, name)
    return rows[0] if rows else {}


def test_the_same_days_are_the_same_in_one_go_and_in_several(world: World) -> None:
    again = World.of("1")
    for days in (1, 29, 0, TWO_YEARS - 30):
        again.chronicle.advance(days)
    assert list(again.events()) == list(world.events())
    assert again.now() == world.now()


def test_another_seed_has_another_story() -> None:
    one, other = World.of("1", 60), World.of("2", 60)
    for each in (one, other):
        each.chronicle.advance(20)
    assert [event.kind for event in one.events()] != [event.kind for event in other.events()]


@pytest.mark.parametrize(
    "kind",
    [
        "personErOpprettet",
        "personErDoed",
        "personErBosatt",
        "personErUtflyttet",
        "personErOpphoert",
        "personErOppdatert",
        "personErReaktivert",
        "personErOpphoertSomDublett",
        "personErViderefoertSomGjeldendeVedSammenslaaing",
        "endringIAdressebeskyttelse",
        "endringIBostedsadresse",
        "endringIDeltBosted",
        "endringIFamilierelasjon",
        "endringIForeldreansvar",
        "endringIIdentifikasjonsnummer",
        "endringIInnflytting",
        "endringIKontaktinformasjon",
        "endringIKontaktopplysningerForDoedsbo",
        "endringINavn",
        "endringISivilstand",
        "endringIStatus",
        "endringIUtflytting",
        "endringIVergemaal",
    ],
)
def test_two_years_hold_events_of_every_kind_that_life_makes(world: World, kind: str) -> None:
    assert next(world.events(kind), None)


def test_events_are_in_order_and_each_has_the_person_as_it_left_them(world: World, people: dict[str, Document]) -> None:
    events = list(world.events())
    assert [event.recorded_at[:10] for event in events] == sorted(event.recorded_at[:10] for event in events)
    assert [event.sequence for event in events] == list(range(len(world.before) + 1, world.journal.length + 1))
    last = {event.number: event for event in events if event.kind != "personErOpphoertSomDublett"}
    for number in last.keys() & people.keys():
        assert world.after(last[number]) == people[number]


def test_whoever_follows_the_feed_has_the_register_in_the_end(world: World, people: dict[str, Document]) -> None:
    copy = dict(world.before)
    for event in world.events():
        copy.pop(event.number, None)
        if event.kind != "personErOpphoertSomDublett":
            document = world.after(event)
            for row in document["identifikasjonsnummer"]:
                copy.pop(row["foedselsEllerDNummer"], None)
            copy[event.number] = document
    assert copy == people


def test_family_relations_stay_mutual(people: dict[str, Document]) -> None:
    relations = {
        (number, row["relatertPerson"], row["relatertPersonsRolle"], row["minRolleForPerson"])
        for number, document in people.items()
        for row in current(document, "familierelasjon")
        if "relatertPerson" in row
    }
    assert len(relations) > 1000
    for me, other, role, mine in relations:
        assert (other, me, mine, role) in relations


def test_responsibility_stands_on_both_sides_for_children_alone(world: World, people: dict[str, Document]) -> None:
    grown_up = world.journal.today.replace(year=world.journal.today.year - 18).isoformat()
    rows = [row for document in people.values() for row in current(document, "foreldreansvar")]
    assert len(rows) > 200
    for row in (row for row in rows if "ansvarssubjekt" in row):
        holders = {row["ansvarssubjekt"], row.get("ansvarlig", row["ansvarssubjekt"])}
        assert all(row in current(people[number], "foreldreansvar") for number in holders)
        assert first(people[row["ansvarssubjekt"]], "foedsel")["foedselsdato"] > grown_up


def test_spouses_name_each_other(people: dict[str, Document]) -> None:
    married = {
        number: row["relatertVedSivilstand"]
        for number, document in people.items()
        for row in current(document, "sivilstand")
        if row["sivilstand"] == "gift" and "relatertVedSivilstand" in row and "doedsfall" not in document
    }
    assert len(married) > 100
    assert all(married.get(spouse) == number for number, spouse in married.items())


def test_new_numbers_are_synthetic_and_right(world: World, people: dict[str, Document]) -> None:
    new = people.keys() - world.before.keys()
    assert len(new) > 50
    assert [parse(number).number for number in new if number[2] in "89"] == list(new)


def test_a_child_is_born_into_the_home_of_its_mother(world: World) -> None:
    events = list(world.events())
    pairs = [(world.after(born), world.after(told)) for born, told in pairwise(events) if born.kind == BORN]
    children = [(child, mother) for child, mother in pairs if "foedselINorge" in child]
    assert len(children) > 10
    for child, mother in children:
        row = next(row for row in mother["familierelasjon"] if row["relatertPersonsRolle"] == "barn")
        assert row["relatertPerson"] == first(child, "identifikasjonsnummer")["foedselsEllerDNummer"]
        assert first(child, "bostedsadresse")["vegadresse"] == first(mother, "bostedsadresse")["vegadresse"]
        assert "*" in first(child, "navn")["fornavn"]
        assert len(child["foreldreansvar"]) == len(child["familierelasjon"])


def test_a_death_closes_the_document_and_leaves_an_estate(world: World) -> None:
    deaths = list(world.events("personErDoed"))
    assert len(deaths) > 10
    for event in deaths:
        dead = world.after(event)
        assert (first(dead, "status")["status"], dead["doedsfall"]["doedsdato"]) == ("doed", event.day.isoformat())
        assert not current(dead, "bostedsadresse")
        assert first(dead, "kontaktinformasjonForDoedsbo")["attestutstedelsesdato"] == event.day.isoformat()


def test_an_annulled_death_leaves_no_trace(world: World) -> None:
    returned = [world.after(event) for event in world.events("personErReaktivert")]
    alive = [person for person in returned if first(person, "status")["status"] == "bosatt"]
    assert len(returned) > len(alive) > 0
    for person in alive:
        assert not {"doedsfall", "kontaktinformasjonForDoedsbo"} & person.keys()
        assert "doed" not in {row["status"] for row in person["status"]}
        assert first(person, "bostedsadresse")


def test_a_death_leaves_a_widow_or_a_widower(world: World) -> None:
    dead = {event.number: event.day.isoformat() for event in world.events("personErDoed")}
    for number in dead:
        relations = current(world.register.document(number), "familierelasjon")
        assert "ektefelleEllerPartner" not in {row["relatertPersonsRolle"] for row in relations}
    left = [world.after(event) for event in world.events("endringISivilstand")]
    widowed = [row for each in left for row in each["sivilstand"] if row["sivilstand"] == "enkeEllerEnkemann"]
    assert {row["sivilstandsdato"] for row in widowed} & set(dead.values())


def test_households_move_together_and_to_both_kommuner(world: World) -> None:
    moved: dict[tuple[str, str], set[str]] = {}
    for event in world.events("endringIBostedsadresse"):
        home = first(world.after(event), "bostedsadresse")
        if home:
            place = home["adresseIdentifikatorFraMatrikkelen"], home["vegadresse"]["kommunenummer"]
            moved.setdefault(place, set()).add(event.number)
    assert any(len(members) > 2 for members in moved.values())
    assert {kommune for _, kommune in moved} == {"1870", "4640"}


def test_people_of_a_single_kommune_move_to_others_too() -> None:
    world = World.of("1", 200, "0301")
    world.chronicle.advance(200)
    homes = [first(document, "bostedsadresse").get("vegadresse", {}) for document in world.now().values()]
    kommuner = {home["kommunenummer"] for home in homes if home}
    assert kommuner > {"0301"}


def test_one_event_protects_every_address(world: World) -> None:
    levels = set()
    for event in world.events("endringIAdressebeskyttelse"):
        person = world.after(event)
        level = first(person, "adressebeskyttelse")["graderingsnivaa"]
        levels.add(level)
        graded = {row["adressegradering"] for name in ADDRESSES for row in person.get(name, ())}
        assert graded <= {"ugradert" if level == "strengtFortrolig" else level}
        assert [name for name in ADDRESSES if name in person] == ["postadresse"] or level != "strengtFortrolig"
        assert {row["entitet"] for row in world.thick(event)} >= {"adressebeskyttelse"}
    assert levels == {"ugradert", "fortrolig", "strengtFortrolig"}


def test_whoever_gets_a_birth_number_is_found_under_both(world: World) -> None:
    changed = list(world.events("endringIIdentifikasjonsnummer"))
    assert changed
    for event in changed:
        earlier = [row for row in world.after(event)["identifikasjonsnummer"] if row["status"] == "opphoert"]
        found = [world.register.find(row["foedselsEllerDNummer"]) for row in earlier]
        assert earlier[0]["identifikatortype"] == "dNummer"
        assert all(person and event.number in person.traits.numbers for person in found)


def test_whoever_ceased_is_a_skeleton(world: World) -> None:
    ceased = list(world.events("personErOpphoert"))
    assert ceased
    for event in ceased:
        assert world.after(event).keys() == {"identifikasjonsnummer", "status", "sivilstand"}
        assert {row["entitetsendring"] for row in world.thick(event)} > {"annullere"}


def test_a_duplicate_is_found_as_the_one_carried_on(world: World) -> None:
    carried_on = list(world.events("personErViderefoertSomGjeldendeVedSammenslaaing"))
    duplicates = list(world.events("personErOpphoertSomDublett"))
    assert len(carried_on) == len(duplicates) > 0
    for event, duplicate in zip(carried_on, duplicates, strict=True):
        person = world.register.find(duplicate.number)
        assert person is not None
        assert person.traits.number in (event.number, *person.traits.numbers)
        assert duplicate.number not in world.register.numbers()
        assert world.journal.archived(world.journal.ids.of("person", duplicate.sequence)) is None


def test_nothing_is_left_of_it_when_the_register_is_restored() -> None:
    world = World.of("1", 60)
    world.chronicle.advance(50)
    assert world.now() != world.before
    world.chronicle.restore()
    assert (world.now(), list(world.events())) == (world.before, [])
    world.chronicle.advance(50)
    first_time = list(world.events())
    world.chronicle.restore()
    world.chronicle.advance(50)
    assert list(world.events()) == first_time
