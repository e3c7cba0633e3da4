"""Addresses as the lines of an envelope, and what stands beside them. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.folkeregisteret.documents import (
    Bostedsadresse,
    DeltBosted,
    InternasjonalAdresse,
    InternasjonalAdresseIFrittFormat,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Matrikkeladresse,
    Oppholdsadresse,
    PostadresseIFrittFormat,
    Postboksadresse,
    Poststed,
    Vegadresse,
    VegadresseForPost,
)
from lookup.rows import Field, Row, as_country, as_date, as_kommune, as_text, rows_of
from roles import vocabulary

Street = Vegadresse | VegadresseForPost
Home = Bostedsadresse | DeltBosted | Oppholdsadresse

_GRADED = frozenset({"klientadresse", "fortrolig", "strengtFortrolig"})

_BESIDE_RESIDENCE = (Field("flyttedato", gettext_lazy("Flyttedato"), as_date),)
_BESIDE_SHARED = (
    Field("startdatoForKontrakt", gettext_lazy("Avtalen gjelder fra"), as_date),
    Field("sluttdatoForKontrakt", gettext_lazy("Avtalen gjelder til"), as_date),
)
_BESIDE_STAY = (
    Field("oppholdAnnetSted", gettext_lazy("Grunn")),
    Field("oppholdsadressedato", gettext_lazy("Fra dato"), as_date),
)
DISTRICTS = (
    Field("grunnkrets", gettext_lazy("Grunnkrets"), as_text),
    Field("skolekrets", gettext_lazy("Skolekrets"), as_text),
    Field("stemmekrets", gettext_lazy("Stemmekrets"), as_text),
    Field("kirkekrets", gettext_lazy("Kirkekrets"), as_text),
)


def residence(entry: Bostedsadresse) -> Iterator[Row]:
    yield from _home(entry)
    if entry.ukjentBosted:
        yield Row("", (_("Ukjent bosted"),))
        yield from _kommune(entry.ukjentBosted.bostedskommune)
    yield from rows_of(entry, _BESIDE_RESIDENCE)


def shared_residence(entry: DeltBosted) -> Iterator[Row]:
    yield from _home(entry)
    if entry.ukjentBosted:
        yield Row("", (_("Ukjent bosted"),))
    yield from rows_of(entry, _BESIDE_SHARED)


def stay(entry: Oppholdsadresse) -> Iterator[Row]:
    yield from _home(entry)
    if entry.utenlandskAdresse:
        yield Row("", tuple(foreign_lines(entry.utenlandskAdresse)))
    if entry.adressenErUkjent:
        yield Row("", (_("Adressen er ukjent"),))
    yield from rows_of(entry, _BESIDE_STAY)


def postal(entry: Kontaktadresse) -> Iterator[Row]:
    """A structured and a free form may both be there."""
    if entry.postboksadresse:
        yield Row("", tuple(_box_lines(entry.postboksadresse)))
    if entry.vegadresse:
        yield Row("", tuple(street_lines(entry.vegadresse)))
    if entry.postadresseIFrittFormat:
        yield Row("", tuple(_free_lines(entry.postadresseIFrittFormat)))
    yield from _grading(entry.adressegradering)


def postal_abroad(entry: KontaktadresseIUtlandet) -> Iterator[Row]:
    if entry.utenlandskAdresse:
        yield Row("", tuple(foreign_lines(entry.utenlandskAdresse)))
    if entry.utenlandskAdresseIFrittFormat:
        yield Row("", tuple(_free_foreign_lines(entry.utenlandskAdresseIFrittFormat)))
    yield from _grading(entry.adressegradering)


def kommune_of(entry: Bostedsadresse) -> str:
    """The name of the kommune somebody lives in, "" when it does not show."""
    number = entry.vegadresse.kommunenummer if entry.vegadresse else None
    if entry.matrikkeladresse and entry.matrikkeladresse.matrikkelnummer:
        number = entry.matrikkeladresse.matrikkelnummer.kommunenummer
    return as_kommune(number) if number else ""


def street_lines(street: Street) -> Iterator[str]:
    yield from _care_of(street.coAdressenavn)
    if street.adressetilleggsnavn:
        yield street.adressetilleggsnavn
    number = street.adressenummer
    house = f"{number.husnummer or ''} {number.husbokstav or ''}".strip() if number else ""
    if line := f"{street.adressenavn or ''} {house}".strip():
        yield line
    if street.bruksenhetsnummer:
        yield _("Bolig %(unit)s") % {"unit": street.bruksenhetsnummer}
    yield from _place(street.poststed)


def foreign_lines(address: InternasjonalAdresse) -> Iterator[str]:
    yield from _care_of(address.coAdressenavn)
    floor = " ".join(filter(None, (address.bygning, address.etasjenummer, address.boenhet)))
    town = " ".join(filter(None, (address.postkode, address.byEllerStedsnavn)))
    for line in (address.adressenavn, floor, address.postboks, town, address.distriktsnavn, address.region):
        if line:
            yield line
    yield from _country(address.landkode)


def _home(entry: Home) -> Iterator[Row]:
    if entry.vegadresse:
        yield Row("", tuple(street_lines(entry.vegadresse)))
        yield from _kommune(entry.vegadresse.kommunenummer)
    if entry.matrikkeladresse:
        yield from _plot(entry.matrikkeladresse)
    yield from _grading(entry.adressegradering)


def _plot(plot: Matrikkeladresse) -> Iterator[Row]:
    lines = [*_care_of(plot.coAdressenavn), *filter(None, (plot.adressetilleggsnavn,)), *_place(plot.poststed)]
    if lines:
        yield Row("", tuple(lines))
    if number := plot.matrikkelnummer:
        parts = (number.gaardsnummer, number.bruksnummer, number.festenummer)
        yield Row(_("Gårds- og bruksnummer"), ("/".join(str(part) for part in parts if part),))
        yield from _kommune(number.kommunenummer)


def _kommune(number: str | None) -> Iterator[Row]:
    if number:
        yield Row(_("Kommune"), (as_kommune(number),))


def _grading(code: str | None) -> Iterator[Row]:
    if code in _GRADED:
        yield Row(_("Adressegradering"), (vocabulary.code_name("adressegradering", code),))


def _care_of(name: str | None) -> Iterator[str]:
    if name:
        yield name if name.casefold().startswith("c/o") else f"c/o {name}"


def _box_lines(box: Postboksadresse) -> Iterator[str]:
    if box.postbokseier:
        yield box.postbokseier
    if box.postboks:
        yield _("Postboks %(number)s") % {"number": box.postboks} if box.postboks.isdigit() else box.postboks
    yield from _place(box.poststed)


def _free_lines(address: PostadresseIFrittFormat) -> Iterator[str]:
    yield from address.adresselinje
    yield from _place(address.poststed)


def _free_foreign_lines(address: InternasjonalAdresseIFrittFormat) -> Iterator[str]:
    yield from address.adresselinje
    if town := " ".join(filter(None, (address.postkode, address.byEllerStedsnavn))):
        yield town
    yield from _country(address.landkode)


def _place(place: Poststed | None) -> Iterator[str]:
    if place and (line := " ".join(filter(None, (place.postnummer, place.poststedsnavn)))):
        yield line


def _country(code: str | None) -> Iterator[str]:
    if code:
        yield as_country(code)
