"""Named test persons for families and for family law."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.population import guardians, identities, rare
from integrations.simulator.population.casebook import Casebook
from integrations.simulator.population.children import shared_residence
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import TODAY, EarlierName
from integrations.simulator.population.relations import bear, give_responsibility, make_siblings, marry, part, widow

_RECENTLY: Final = TODAY - timedelta(days=500)


def ordinary_family(book: Casebook) -> None:
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


def divorced(book: Casebook) -> None:
    mother, father = book.adult(age=36), book.adult(age=39, woman=False)
    marry(mother, father, date(2013, 8, 3))
    child = book.at_home_with(mother, age=9, woman=True)
    bear(child, {"mor": mother, "far": father})
    give_responsibility(child, {"mor": mother, "far": father})
    part(mother, father, date(2022, 3, 9))
    child.add("deltBosted", shared_residence(father, child))
    book.case("skilt", father, "Skilt og uten ektefelle; ekteskapet står bare i historikken.")
    book.case("delt-bosted", child, "Barn med bosted hos mor og delt bosted hos far.")


def dead(book: Casebook) -> None:
    wife = book.adult(age=74)
    husband = book.at_home_with(wife, age=77, woman=False)
    marry(wife, husband, date(1975, 7, 5))
    husband.died, husband.status = date(2025, 2, 11), "doed"
    widow(wife, husband, husband.died)
    book.case("doed", husband, "Død 11.02.2025, uten bosted, med kontaktinformasjon for dødsboet.")
    book.case("enke", wife, "Enke siden 11.02.2025.")


def guarded(book: Casebook) -> None:
    ward, guardian = book.adult(age=81), book.adult(age=55)
    guardians.give_guardian(ward, guardian, _RECENTLY)
    guardians.restricted_legal_capacity(book.registrar, ward)
    book.case("verge", ward, "Har verge for voksen og begrenset rettslig handleevne.")
    minor = book.adult(age=14, woman=False)
    guardians.give_guardian(minor, guardian, _RECENTLY, kind="ensligMindreaarigFlyktning")
    book.case("mindreaarig-med-verge", minor, "Mindreårig uten foreldre i registeret, med verge.")


def unusual_parents(book: Casebook) -> None:
    mother, other, carer = book.adult(age=37), book.adult(age=36), book.adult(age=52)
    other.homes = [mother.homes[-1]]
    marry(mother, other, date(2016, 5, 21))
    first = book.at_home_with(mother, age=6, woman=True)
    twins = [first, book.at_home_with(mother, age=6, woman=False, born=first.born)]
    for order, child in enumerate(twins, start=21):
        bear(child, {"mor": mother, "medmor": other})
        give_responsibility(child, {"mor": mother, "medmor": other})
        child.add("foedselINorge", entry(child.born, "Fødsel", rekkefoelgenummer=order))
    make_siblings(twins)
    book.case("medmor", other, "Medmor til tvillinger, gift med moren.")
    book.case("tvilling", twins[0], "Den første av to tvillinger, med mor og medmor og registrert søskenforhold.")
    away = book.at_home_with(mother, age=8, woman=False)
    bear(away, {"mor": mother})
    away.homes = [carer.homes[-1]]
    content: dict[str, object] = {"ansvarligOrganisasjon": "310000019", "ansvarssubjekt": away.number}
    away.responsibilities.append(entry(_RECENTLY, "Omsorgsovertakelse", ansvar="andre", **content))
    book.case("bor-ikke-med-foreldre", away, "Barn som bor med ingen av foreldrene; en organisasjon har ansvaret.")


def newborn(book: Casebook) -> None:
    mother = book.adult(age=28)
    child = book.at_home_with(mother, age=0, woman=True)
    bear(child, {"mor": mother})
    give_responsibility(child, {"mor": mother})
    child.given, child.family = f"{mother.given}*PIKE", mother.family
    book.case("nyfoedt", child, "Nyfødt som ennå ikke har fått navn: moren og PIKE står i stedet.")
    named = book.at_home_with(mother, age=3, woman=False)
    bear(named, {"mor": mother})
    named.earlier_names.append(EarlierName(named.born + timedelta(days=80), f"{mother.given}*GUTT", mother.family))
    unknown = {"navn": {"fornavn": "FJERN", "etternavn": "FISK"}, "foedselsdato": "1990-04-17", "kjoenn": "mann"}
    roles = {"relatertPersonsRolle": "far", "minRolleForPerson": "barn"}
    father = entry(named.born, "Farskap", relatertPersonUtenFolkeregisteridentifikator=unknown, **roles)
    named.family_relations.append(father)
    book.case("far-uten-nummer", named, "Faren er kjent, men har ikke noe nummer i registeret.")
    rare.lost_a_child(book.registrar, mother)
    book.case("doedfoedt-barn", mother, "Mor til et dødfødt barn, som ikke har nummer eller navn.")


def partnerships(book: Casebook) -> None:
    one, other, parted, survivor, dead = (book.adult(age=age, woman=False) for age in (61, 63, 58, 72, 75))
    marry(one, other, date(2001, 6, 16), "registrertPartner")
    marry(survivor, dead, date(1998, 9, 5), "registrertPartner")
    dead.died, dead.status = date(2024, 11, 3), "doed"
    dead.unsure.add("doedsdato")
    widow(survivor, dead, dead.died, "gjenlevendePartner")
    former = book.adult(age=57, woman=False)
    marry(parted, former, date(2003, 3, 1), "registrertPartner")
    part(parted, former, date(2026, 2, 1), "separertPartner")
    book.case("registrert-partner", one, "Registrert partner siden før ekteskapsloven gjaldt for alle.")
    book.case("separert-partner", parted, "Separert partner; partnerskapet står bare i historikken.")
    book.case("gjenlevende-partner", survivor, "Gjenlevende partner etter en som er død.")
    book.case("doed-uten-dato", dead, "Død, men dødsdatoen er ikke kjent.")


def separated(book: Casebook) -> None:
    one, other = book.adult(age=44), book.adult(age=46, woman=False)
    marry(one, other, date(2010, 7, 3), where={"utland": "SWE"})
    part(one, other, date(2026, 4, 20), "separert")
    book.case("separert", one, "Separert etter et ekteskap som ble inngått i Sverige.")


def more_guardians(book: Casebook) -> None:
    planned, two, first, second = (book.adult(age=age) for age in (69, 23, 48, 51))
    guardians.give_guardian(planned, first, _RECENTLY, "stadfestetFremtidsfullmakt", number=0.3)
    for guardian, number in ((first, 0.1), (second, 0.8)):
        guardians.give_guardian(two, guardian, _RECENTLY, "voksen", number=number)
    guardians.had_guardian(two, second, "oekonomiskeInteresser")
    book.case("fremtidsfullmakt", planned, "Har en stadfestet fremtidsfullmakt.")
    book.case("to-verger", two, "Har to verger med hver sine oppgaver, og en tidligere etter de eldre reglene.")
    identities.sex_corrected(book.registrar, first)
    book.case("endret-kjoenn", first, "Har endret juridisk kjønn og fått nytt fødselsnummer.")
