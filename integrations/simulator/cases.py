"""Test persons with a name for what they show. Their numbers depend on the seed alone, never on the size."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from integrations.simulator import circumstances as life
from integrations.simulator import families, migration, rare
from integrations.simulator.entries import entry
from integrations.simulator.people import TODAY, Registrar, Resident
from integrations.simulator.protection import FORTROLIG, STRENGT_FORTROLIG, protect
from integrations.simulator.relations import bear, give_guardian, give_responsibility, marry, part, widow

_RECENTLY: Final = TODAY - timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of /testpersoner.json; expect says in a plain Norwegian sentence what an answer shows."""

    case: str
    number: str
    name: str
    expect: str


@dataclass(slots=True)
class Casebook:
    """Collects the people and their cases while they are made."""

    registrar: Registrar
    residents: list[Resident]
    cases: list[Case]

    def adult(self, *, age: float = 40, woman: bool = True) -> Resident:
        person = self.registrar.person(age=age, woman=woman, home=self.registrar.kommune.home())
        self.residents.append(person)
        return person

    def at_home_with(self, adult: Resident, *, age: float, woman: bool) -> Resident:
        person = self.registrar.person(age=age, woman=woman, family=adult.family)
        person.live_with(adult)
        self.residents.append(person)
        return person

    def case(self, case: str, resident: Resident, expect: str, number: str = "") -> None:
        name = "" if resident.status == "opphoert" else resident.name
        self.cases.append(Case(case, number or resident.number, name, expect))


def make_cases(registrar: Registrar) -> tuple[tuple[Case, ...], list[Resident]]:
    """Every case, and everybody in them."""
    book = Casebook(registrar, [], [])
    for write in _CASES:
        write(book)
        book.residents += registrar.take_newcomers()
    return tuple(book.cases), book.residents


def _ordinary_family(book: Casebook) -> None:
    mother = book.adult(age=38)
    father = book.at_home_with(mother, age=41, woman=False)
    marry(mother, father, date(2014, 6, 14))
    parents = {"mor": mother, "far": father}
    children = [book.at_home_with(mother, age=age, woman=age < 6) for age in (11, 5)]
    for child in children:
        bear(child, parents)
        give_responsibility(child, parents)
    book.case("vanlig-familie", mother, "Gift mor med to barn; ektefelle og barn vises bare for den som har hjemmel.")
    book.case("ektefelle", father, "Gift med moren i den vanlige familien, på samme adresse.")
    book.case("barn", children[0], "Barn på elleve år som bor med begge foreldre, som har felles foreldreansvar.")
    book.case("skolestarter", children[1], "Barn på fem år, med på lista over skolestartere.")


def _divorced(book: Casebook) -> None:
    mother, father = book.adult(age=36), book.adult(age=39, woman=False)
    marry(mother, father, date(2013, 8, 3))
    child = book.at_home_with(mother, age=9, woman=True)
    bear(child, {"mor": mother, "far": father})
    give_responsibility(child, {"mor": mother, "far": father})
    part(mother, father, date(2022, 3, 9))
    child.add("deltBosted", families.shared_residence(father, child))
    book.case("skilt", father, "Skilt og uten ektefelle; ekteskapet står bare i historikken.")
    book.case("delt-bosted", child, "Barn med bosted hos mor og delt bosted hos far.")


def _dead(book: Casebook) -> None:
    wife = book.adult(age=74)
    husband = book.at_home_with(wife, age=77, woman=False)
    marry(wife, husband, date(1975, 7, 5))
    husband.died, husband.status = date(2025, 2, 11), "doed"
    widow(wife, husband, husband.died)
    book.case("doed", husband, "Død 11.02.2025, uten bosted, med kontaktinformasjon for dødsboet.")
    book.case("enke", wife, "Enke siden 11.02.2025.")


def _protected(book: Casebook) -> None:
    mother = book.adult(age=33)
    child = book.at_home_with(mother, age=7, woman=False)
    bear(child, {"mor": mother})
    give_responsibility(child, {"mor": mother})
    for member in (mother, child):
        protect(member, FORTROLIG)
    book.case("fortrolig", mother, "Fortrolig adresse: vises bare med hjemmel, egen rett og begrunnelse.")
    book.case("fortrolig-barn", child, "Barn med fortrolig adresse, i samme husstand som moren.")
    hidden = book.adult(age=29)
    protect(hidden, STRENGT_FORTROLIG)
    book.case("strengt-fortrolig", hidden, "Strengt fortrolig: ingen bostedsadresse, bare en åpen postadresse.")
    client = book.adult(age=45, woman=False)
    life.lives_in_institution(book.registrar, client)
    book.case("klientadresse", client, "Bostedet er en klientadresse og vises bare med hjemmel, rett og begrunnelse.")


def _lives_with_protected(book: Casebook) -> None:
    open_one = book.adult(age=31)
    graded = book.at_home_with(open_one, age=34, woman=False)
    marry(open_one, graded, date(2020, 9, 12))
    protect(graded, FORTROLIG)
    book.case("husstand-med-fortrolig", open_one, "Ugradert selv, men bor med en som har fortrolig adresse.")
    book.case("fortrolig-ektefelle", graded, "Har fortrolig adresse; ektefellen på samme adresse er ugradert.")


def _numbers(book: Casebook) -> None:
    visitor = book.adult(age=34, woman=False)
    migration.visiting(book.registrar, visitor)
    visitor.status = "midlertidig"
    book.case("d-nummer", visitor, "Person med d-nummer og oppholdsadresse, uten bosted.")
    carried = book.adult(age=42)
    migration.immigrated(book.registrar, carried)
    carried.earlier_numbers = [book.registrar.numbers.d_number(carried.born)]
    expect = "Et opphørt d-nummer: svaret gjelder personen videreført med fødselsnummer."
    book.case("historisk-nummer", carried, expect, number=carried.earlier_numbers[0])
    book.case("viderefoert-nummer", carried, "Fødselsnummeret som avløste d-nummeret.")
    new = book.adult(age=24)
    new.number = book.registrar.numbers.birth_number(new.born, woman=new.woman, from_2032=True)
    book.case("nummer-2032", new, "Nummer etter kontrollregelen fra 2032; kjønn kan ikke leses av det.")


def _gone(book: Casebook) -> None:
    away, ended, lost = book.adult(age=52), book.adult(age=30), book.adult(age=63, woman=False)
    migration.emigrated(book.registrar, away)
    ended.status = "opphoert"
    lost.status = "forsvunnet"
    book.case("utflyttet", away, "Utflyttet: ingen bostedsadresse, men postadresse i utlandet.")
    book.case("opphoert", ended, "Opphørt person: bare nummer, status og uoppgitt sivilstand, ikke noe navn.")
    book.case("forsvunnet", lost, "Status forsvunnet er taushetsbelagt; uten hjemmel står det aktiv.")


def _guarded(book: Casebook) -> None:
    ward, guardian = book.adult(age=81), book.adult(age=55)
    give_guardian(ward, guardian, _RECENTLY)
    rare.restricted_legal_capacity(book.registrar, ward)
    book.case("verge", ward, "Har verge for voksen og begrenset rettslig handleevne.")
    minor = book.adult(age=14, woman=False)
    give_guardian(minor, guardian, _RECENTLY, kind="ensligMindreaarigFlyktning")
    book.case("mindreaarig-med-verge", minor, "Mindreårig uten foreldre i registeret, med verge.")


def _names(book: Casebook) -> None:
    letters, long, renamed = book.adult(age=27), book.adult(age=48), book.adult(age=35)
    letters.given, letters.middle, letters.family = "ČUODJI-ÆRLIG", "O'MÅKE", "ÁHKKAJÁVRI"
    long.given, long.middle, long.family = "SAMVITTIGHETSFULL VITEBEGJÆRLIG", "STRANDSNEGL", "APPELSKROTT VED SKJÆRGÅRD"
    life.new_family_name(book.registrar, renamed)
    book.case("navn-med-spesialtegn", letters, "Navn med samiske tegn, apostrof og bindestrek, gjengitt uendret.")
    book.case("langt-navn", long, "Langt navn som også har et forkortet navn på høyst 40 tegn.")
    book.case("navneendring", renamed, "Har hatt et annet etternavn, som står i historikken.")


def _addresses(book: Casebook) -> None:
    mover, nowhere, post, abroad = (book.adult(age=age) for age in (45, 51, 58, 66))
    for years in (20, 10):
        since = mover.homes[0][0] - timedelta(days=365 * years // 20)
        mover.homes.insert(0, (since, book.registrar.kommune.home()))
    life.without_fixed_abode(book.registrar, nowhere)
    life.receives_post_elsewhere(book.registrar, post)
    migration.receives_post_abroad(book.registrar, abroad)
    book.case("flyttet", mover, "Har flyttet to ganger; de tidligere adressene står i historikken.")
    book.case("ukjent-bosted", nowhere, "Bosatt i kommunen med ukjent bosted.")
    book.case("postadresse", post, "Har en egen postadresse ved siden av bostedet.")
    book.case("postadresse-utlandet", abroad, "Bor i kommunen og har postadresse i utlandet.")


def _abroad_and_rights(book: Casebook) -> None:
    newcomer, citizen, sami, false = (book.adult(age=age) for age in (26, 33, 47, 38))
    migration.immigrated(book.registrar, newcomer)
    rare.two_citizenships(book.registrar, citizen)
    rare.speaks_sami(book.registrar, sami)
    rare.in_sami_electoral_roll(book.registrar, sami)
    rare.false_identity(book.registrar, false)
    row = entry(_RECENTLY, "Familierelasjon", relatertPersonsRolle="doedfoedtBarn", minRolleForPerson="mor")
    newcomer.family_relations.append(row)
    book.case("innflyttet", newcomer, "Innflyttet fra utlandet, med utenlandsk id og legitimasjonsdokument.")
    book.case("flere-statsborgerskap", citizen, "Har to gjeldende statsborgerskap og ett tidligere.")
    book.case("samisk", sami, "Bruker samisk språk og står i Sametingets valgmanntall, som krever hjemmel.")
    book.case("falsk-identitet", false, "Er registrert med falsk identitet.")


_CASES: Final[tuple[Callable[[Casebook], None], ...]] = (
    _ordinary_family,
    _divorced,
    _dead,
    _protected,
    _lives_with_protected,
    _numbers,
    _gone,
    _guarded,
    _names,
    _addresses,
    _abroad_and_rights,
)
