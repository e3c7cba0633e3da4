"""Named test persons for addresses of every kind, and for address protection."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.population import circumstances as life
from integrations.simulator.population import mail, rare
from integrations.simulator.population.casebook import Casebook
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import TODAY, Resident
from integrations.simulator.population.places import Entry, Home
from integrations.simulator.population.protection import FORTROLIG, STRENGT_FORTROLIG, protect
from integrations.simulator.population.relations import bear, give_responsibility, marry

_RECENTLY: Final = TODAY - timedelta(days=500)


def protected(book: Casebook) -> None:
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


def lives_with_protected(book: Casebook) -> None:
    open_one = book.adult(age=31)
    graded = book.at_home_with(open_one, age=34, woman=False)
    marry(open_one, graded, date(2020, 9, 12))
    protect(graded, FORTROLIG)
    book.case("husstand-med-fortrolig", open_one, "Ugradert selv, men bor med en som har fortrolig adresse.")
    book.case("fortrolig-ektefelle", graded, "Har fortrolig adresse; ektefellen på samme adresse er ugradert.")


def addresses(book: Casebook) -> None:
    mover, nowhere, post, abroad = (book.adult(age=age) for age in (45, 51, 58, 66))
    for years in (20, 10):
        since = mover.homes[0][0] - timedelta(days=365 * years // 20)
        mover.homes.insert(0, (since, book.registrar.kommune.home()))
    life.without_fixed_abode(book.registrar, nowhere)
    mail.receives_post_elsewhere(book.registrar, post)
    mail.receives_post_abroad(book.registrar, abroad)
    book.case("flyttet", mover, "Har flyttet to ganger; de tidligere adressene står i historikken.")
    book.case("ukjent-bosted", nowhere, "Bosatt i kommunen med ukjent bosted.")
    book.case("postadresse", post, "Har en egen postadresse ved siden av bostedet.")
    book.case("postadresse-utlandet", abroad, "Bor i kommunen og har postadresse i utlandet.")


def protection_elsewhere(book: Casebook) -> None:
    everywhere, lifted, stay = (book.adult(age=age) for age in (43, 55, 24))
    _stays(everywhere, book.registrar.kommune.home().place)
    mail.receives_post_abroad(book.registrar, everywhere)
    protect(everywhere, FORTROLIG)
    rare.was_protected(book.registrar, lifted)
    _stays(stay, book.registrar.kommune.home().place, grade="klientadresse")
    book.case("fortrolig-overalt", everywhere, "Fortrolig adresse som også gjelder opphold og post i utlandet.")
    book.case("beskyttelse-opphevet", lifted, "Hadde fortrolig adresse før; nå er adressene åpne.")
    book.case("klientadresse-opphold", stay, "Oppholdsadressen er en klientadresse, bostedet er åpent.")


def stays(book: Casebook) -> None:
    shapes: dict[str, tuple[Entry, str]] = {
        "pendler": (
            {"oppholdAnnetSted": "pendler", **life.elsewhere(book.registrar).place},
            "Pendler til en annen kommune.",
        ),
        "militaer": ({"oppholdAnnetSted": "militaer"}, "Er i militæret; oppholdet har ingen adresse."),
        "opphold-svalbard": ({"oppholdAnnetSted": "paaSvalbard"}, "Opphold på Svalbard uten adresse."),
        "opphold-ukjent": ({"adressenErUkjent": True}, "Oppholdsadressen er ukjent."),
    }
    for age, (case, (place, expect)) in enumerate(shapes.items(), start=19):
        person = book.adult(age=age, woman=age % 2 == 0)
        _stays(person, place)
        book.case(case, person, expect)


def post(book: Casebook) -> None:
    box: Entry = {"postboksadresse": {"postboks": "95", "poststed": book.registrar.kommune.post_town()}}
    free: Entry = {"postadresseIFrittFormat": {"adresselinje": ["V/ NABOEN", "INNERST I VEGEN"], **_town(book)}}
    abroad: Entry = {"adresselinje": ["Flat 2, The Old Mill", "Millbrook"], "postkode": "AB1", "landkode": "GB"}
    for case, key, place, expect in (
        ("postboks", "postadresse", box, "Har postboks."),
        ("post-fritt-format", "postadresse", free, "Postadressen står som linjer med tekst."),
        (
            "post-begge-former",
            "postadresse",
            box | free,
            "Postadressen står både som postboks og som linjer med tekst.",
        ),
        (
            "utlandet-fritt-format",
            "postadresseIUtlandet",
            {"utenlandskAdresseIFrittFormat": abroad},
            "Adressen i utlandet står som linjer med tekst.",
        ),
    ):
        person = book.adult(age=47)
        person.add(key, entry(_RECENTLY, "Postadresse", adressegradering="ugradert", **place))
        book.case(case, person, expect)


def homes(book: Casebook) -> None:
    farmer, lodger, oldest = (book.adult(age=age) for age in (59, 22, 101))
    farmer.homes[-1] = (farmer.homes[-1][0], _home_like(book, "matrikkeladresse"))
    lodger.homes[-1] = (lodger.homes[-1][0], _home_like(book, "coAdressenavn"))
    book.case("matrikkeladresse", farmer, "Bor på et gårdsbruk uten vegadresse.")
    book.case("co-adresse", lodger, "Bor hos noen andre, med c/o i adressen.")
    book.case("over-hundre", oldest, "Over hundre år: århundret kan ikke leses av to sifre.")


def _home_like(book: Casebook, word: str) -> Home:
    """The first of the kommune's next dwellings with this word in its address."""
    home = book.registrar.kommune.home()
    while word not in str(home.place):
        home = book.registrar.kommune.home()
    return home


def _stays(resident: Resident, place: Entry, grade: str = "ugradert") -> None:
    content = mail.stay(_RECENTLY, {"adressegradering": grade, **place})
    resident.add("oppholdsadresse", entry(_RECENTLY, "Oppholdsadresse", **content))


def _town(book: Casebook) -> Entry:
    return {"poststed": book.registrar.kommune.post_town()}
