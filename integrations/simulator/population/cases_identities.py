"""Named test persons for numbers, names and identities."""

from datetime import timedelta
from typing import Final

from integrations.simulator.population import circumstances as life
from integrations.simulator.population import identities, migration, rare
from integrations.simulator.population.casebook import Casebook
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import TODAY

_RECENTLY: Final = TODAY - timedelta(days=500)


def numbers(book: Casebook) -> None:
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


def gone(book: Casebook) -> None:
    away, ended, lost = book.adult(age=52), book.adult(age=30), book.adult(age=63, woman=False)
    migration.emigrated(book.registrar, away)
    ended.status = "opphoert"
    lost.status = "forsvunnet"
    book.case("utflyttet", away, "Utflyttet: ingen bostedsadresse, men postadresse i utlandet.")
    book.case("opphoert", ended, "Opphørt person: bare nummer, status og uoppgitt sivilstand, ikke noe navn.")
    book.case("forsvunnet", lost, "Status forsvunnet er taushetsbelagt; uten hjemmel står det aktiv.")


def names(book: Casebook) -> None:
    letters, long, renamed = book.adult(age=27), book.adult(age=48), book.adult(age=35)
    letters.given, letters.middle, letters.family = "ČUODJI-ÆRLIG", "O'MÅKE", "ÁHKKAJÁVRI"
    long.given, long.middle, long.family = "SAMVITTIGHETSFULL VITEBEGJÆRLIG", "STRANDSNEGL", "APPELSKROTT VED SKJÆRGÅRD"
    life.new_family_name(book.registrar, renamed)
    book.case("navn-med-spesialtegn", letters, "Navn med samiske tegn, apostrof og bindestrek, gjengitt uendret.")
    book.case("langt-navn", long, "Langt navn som også har et forkortet navn på høyst 40 tegn.")
    book.case("navneendring", renamed, "Har hatt et annet etternavn, som står i historikken.")


def abroad_and_rights(book: Casebook) -> None:
    newcomer, citizen, sami, false = (book.adult(age=age) for age in (26, 33, 47, 38))
    migration.immigrated(book.registrar, newcomer)
    rare.two_citizenships(book.registrar, citizen)
    rare.speaks_sami(book.registrar, sami)
    rare.in_sami_electoral_roll(book.registrar, sami)
    identities.false_identity(book.registrar, false)
    book.case("innflyttet", newcomer, "Innflyttet fra utlandet, med utenlandsk id og legitimasjonsdokument.")
    book.case("flere-statsborgerskap", citizen, "Har to gjeldende statsborgerskap og ett tidligere.")
    book.case("samisk", sami, "Bruker samisk språk og står i Sametingets valgmanntall, som krever hjemmel.")
    book.case("falsk-identitet", false, "Er registrert med falsk identitet.")


def uncertain_identities(book: Casebook) -> None:
    other_date, merged, written, real = (book.adult(age=age) for age in (31, 49, 36, 53))
    identities.other_date_in_number(book.registrar, other_date)
    identities.merged(book.registrar, merged)
    identities.name_written_otherwise(book.registrar, written)
    false = book.adult(age=54)
    content: dict[str, object] = {"rettIdentitetVedIdentifikasjonsnummer": real.number}
    false.false_identity = entry(_RECENTLY, "Falsk identitet", erFalsk=True, **content)
    book.case("avvik-foedselsdato", other_date, "Fødselsnummeret viser en annen dato enn fødselsdatoen.")
    book.case("sammenslaatt", merged, "Har stått to ganger i registeret; det andre nummeret er opphørt.")
    book.case("originalt-navn", written, "Navnet skrives med andre bokstaver i originalen.")
    book.case("falsk-identitet-kjent", false, "Falsk identitet, der den rette identiteten er kjent.")


def visitors(book: Casebook) -> None:
    inactive, young, unborn = (book.adult(age=age, woman=False) for age in (58, 25, 39))
    for visitor, status in ((inactive, "inaktiv"), (young, "midlertidig")):
        migration.visiting(book.registrar, visitor)
        visitor.status = status
    young.unsure, young.identity_status = {"foedselsdato"}, "ingenStatus"
    unborn.status, unborn.homes = "foedselsregistrert", []
    abroad = book.adult(age=17)
    abroad.status, abroad.homes = "ikkeBosatt", []
    book.case("d-nummer-inaktivt", inactive, "D-nummer som er inaktivt fem år etter at det ble tildelt.")
    book.case("bare-foedselsaar", young, "Bare fødselsåret er kjent, og identiteten er uten status.")
    book.case("foedselsregistrert", unborn, "Født i Norge, men aldri bosatt her; taushetsbelagt status.")
    book.case("ikke-bosatt", abroad, "Norsk statsborger som aldri har bodd i Norge; taushetsbelagt status.")


def citizens(book: Casebook) -> None:
    stateless, naturalised, keeper, svalbard, returned = (book.adult(age=age) for age in (29, 41, 34, 30, 50))
    migration.immigrated(book.registrar, stateless)
    stateless.country, stateless.identity_status = "XXX", "ikkeKontrollert"
    rare.naturalised(book.registrar, naturalised)
    rare.keeps_citizenship(book.registrar, keeper)
    rare.stays_on_svalbard(book.registrar, svalbard)
    migration.came_back(book.registrar, returned)
    book.case("statsloes", stateless, "Statsløs, med identitet som ikke er kontrollert.")
    book.case("nytt-statsborgerskap", naturalised, "Norsk statsborger; det opprinnelige statsborgerskapet er utgått.")
    book.case("bibehold", keeper, "Har en opplysning om bibehold av norsk statsborgerskap, som krever hjemmel.")
    book.case("svalbard", svalbard, "Oppholder seg på Svalbard.")
    book.case("flyttet-tilbake", returned, "Har flyttet ut og inn igjen; datoene for det er taushetsbelagte.")
