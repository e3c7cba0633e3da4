"""Raw person documents for tests of the policy. Numbers are synthetic (month +80)."""

from datetime import date
from typing import Any

from integrations.folkeregisteret.documents import (
    Adressenummer,
    Bostedsadresse,
    Familierelasjon,
    Foedsel,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    GraderingAvAdresse,
    Kontaktadresse,
    PersonRecord,
    Postboksadresse,
    Poststed,
    Sivilstand,
    Vegadresse,
    VegadresseForPost,
)

KARI, OLA, SIV = "01899912345", "02899912345", "03899912345"


def person(number: str = KARI, **properties: Any) -> PersonRecord:
    return PersonRecord(
        identifikasjonsnummer=(Folkeregisteridentifikator(foedselsEllerDNummer=number, status="iBruk"),), **properties
    )


def graded(code: str, *, current: bool = True) -> tuple[GraderingAvAdresse, ...]:
    return (GraderingAvAdresse(graderingsnivaa=code, erGjeldende=current),)


def street(name: str = "Storgata", number: str = "1", *, unit: str | None = "H0101", **more: Any) -> Vegadresse:
    return Vegadresse(
        kommunenummer="4640",
        adressenavn=name,
        adressenummer=Adressenummer(husnummer=number),
        bruksenhetsnummer=unit,
        poststed=Poststed(postnummer="6856", poststedsnavn="SOGNDAL"),
        **more,
    )


def home(address: Vegadresse | None = None, *, grade: str | None = "ugradert", **more: Any) -> Bostedsadresse:
    return Bostedsadresse(vegadresse=address or street(), adressegradering=grade, **more)


def post_box(box: str, *, grade: str | None = "ugradert", **more: Any) -> Kontaktadresse:
    return Kontaktadresse(postboksadresse=Postboksadresse(postboks=box), adressegradering=grade, **more)


def mailed_to(address: Vegadresse, *, grade: str | None = "ugradert", **more: Any) -> Kontaktadresse:
    """A street in a postal address, which has no kommune."""
    street = VegadresseForPost(
        adressenavn=address.adressenavn,
        adressenummer=address.adressenummer,
        bruksenhetsnummer=address.bruksenhetsnummer,
        poststed=address.poststed,
    )
    return Kontaktadresse(vegadresse=street, adressegradering=grade, **more)


def named(surname: str, *, current: bool = True, **more: Any) -> Folkeregisterpersonnavn:
    return Folkeregisterpersonnavn(fornavn="KARI", etternavn=surname, erGjeldende=current, **more)


def status(code: str, *, current: bool = True) -> Folkeregisterpersonstatus:
    return Folkeregisterpersonstatus(status=code, erGjeldende=current)


def married_to(number: str) -> Sivilstand:
    return Sivilstand(sivilstand="gift", sivilstandsdato=date(2001, 5, 5), relatertVedSivilstand=number)


def related_to(number: str) -> Familierelasjon:
    return Familierelasjon(relatertPerson=number, relatertPersonsRolle="barn", minRolleForPerson="mor")


def born(day: date = date(1999, 9, 1)) -> Foedsel:
    return Foedsel(foedselsdato=day, foedselsaar=str(day.year), foedekommuneINorge="4640", foedested="SOGNDAL")
