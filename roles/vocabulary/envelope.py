"""An address as the lines of an envelope, for pages, lists and letters. Pure.

Texts are in the active language. The register's spelling is kept, except that spaces at the ends are removed. A bare
number gets a word that says what it is: a post box, a floor, a dwelling.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Address,
    Bostedsadresse,
    DeltBosted,
    InternasjonalAdresse,
    InternasjonalAdresseIFrittFormat,
    Kontaktadresse,
    KontaktadresseForDoedsbo,
    KontaktadresseIUtlandet,
    Matrikkeladresse,
    Matrikkelnummer,
    Oppholdsadresse,
    PostadresseIFrittFormat,
    Postboksadresse,
    Poststed,
    UkjentBosted,
    Vegadresse,
    VegadresseForPost,
    plot_of,
    street_of,
)
from integrations.folkeregisteret.moments import day_of
from roles.vocabulary.places import as_kommune, known_country, with_its_number

AForm = TypeVar("AForm")

_CARE_OF: Final = re.compile(r"(?:c\s*[/\\.]\s*o\b|v\s*/)", re.IGNORECASE)
_BOX: Final = re.compile(
    r"(?:post\s*)?bo(?:ks|x)\b|pb\b|p\.?\s*o\.?\s*b(?:ox)?\b|b\.?\s*p\b|postfach|casilla|apartado|caixa|casella",
    re.IGNORECASE,
)
_FARM_ZERO: Final = (None, 0)
#: Codes that name no country: stateless, refugee and unknown.
_NO_COUNTRY: Final = frozenset({"XX", "YY", "ZZ", "XA", "XXX", "XXA", "XXB", "XXC", "XUK", "ZZZ"})


class AddressLines(NamedTuple):
    """One address. above: the lines over the postal place. below: the lines after it in foreign addresses, without the
    country.

    Each text may be "", but no line is.
    """

    above: tuple[str, ...]
    postal_code: str = ""
    postal_place: str = ""
    below: tuple[str, ...] = ()
    country: str = ""

    @property
    def envelope(self) -> tuple[str, ...]:
        """All lines, from the top."""
        place = " ".join(_some(self.postal_code, self.postal_place))
        return (*self.above, *_some(place), *self.below, *_some(self.country))


class LetterColumns(NamedTuple):
    """The envelope as the three address columns for merging letters."""

    street: str = ""
    postal_code: str = ""
    postal_place: str = ""


def address_lines(entry: Address) -> tuple[AddressLines, ...]:
    """The addresses in an entry of an address element, without repetition: it may have a structured and a free form.

    An unknown address gives a line that says so.
    """
    return tuple(dict.fromkeys(lines for lines in _forms(entry) if lines.envelope))


def letter_columns(lines: AddressLines) -> LetterColumns:
    """The same lines in the same order. The lines below a foreign postal place follow it in its column."""
    place = (*_some(lines.postal_place), *lines.below, *_some(lines.country))
    return LetterColumns(", ".join(lines.above), lines.postal_code, ", ".join(place))


def is_care_of(line: str) -> bool:
    """Whether the line says at whose place the person gets their letters."""
    return _CARE_OF.match(line) is not None


def estate_lines(address: KontaktadresseForDoedsbo) -> AddressLines:
    """The address of the contact of an estate."""
    return AddressLines(
        _some(*address.adresselinje),
        _text(address.postnummer),
        _text(address.poststedsnavn),
        country=_country(address.landkode),
    )


def kommune_number(entry: Address) -> str | None:
    """The four-digit number of the kommune of an address, also of one of which only the kommune is known."""
    street, plot = street_of(entry), plot_of(entry)
    if isinstance(street, Vegadresse):
        return street.kommunenummer or None
    if plot is not None:
        return plot.matrikkelnummer.kommunenummer or None if plot.matrikkelnummer else None
    unknown = entry.ukjentBosted if isinstance(entry, Bostedsadresse | DeltBosted) else None
    return unknown.bostedskommune or None if unknown else None


def kommune_line(entry: Address) -> str:
    """The kommune's name on the day the address became valid; "" when the kommune is not known."""
    number = kommune_number(entry)
    return as_kommune(number, _begins(entry)) if number else ""


def numbered_kommune_line(entry: Address) -> str:
    """The same with the kommune's number."""
    number = kommune_number(entry)
    return with_its_number(number, _begins(entry)) if number else ""


def _begins(entry: Address) -> date | None:
    return day_of(entry.gyldighetstidspunkt or "")


def _forms(entry: Address) -> Iterator[AddressLines]:
    """The lines for each form of address that the entry has."""
    if isinstance(entry, Kontaktadresse):
        yield from _of(_box, entry.postboksadresse)
        yield from _of(_street, entry.vegadresse)
        yield from _of(_free, entry.postadresseIFrittFormat)
    elif isinstance(entry, KontaktadresseIUtlandet):
        yield from _of(_abroad, entry.utenlandskAdresse)
        yield from _of(_free_abroad, entry.utenlandskAdresseIFrittFormat)
    else:
        yield from _of(_street, entry.vegadresse)
        yield from _of(_plot, entry.matrikkeladresse)
        yield from _stay(entry) if isinstance(entry, Oppholdsadresse) else _of(_nowhere, entry.ukjentBosted)


def _of(write: Callable[[AForm], AddressLines], form: AForm | None) -> Iterator[AddressLines]:
    if form is not None:
        yield write(form)


def _stay(entry: Oppholdsadresse) -> Iterator[AddressLines]:
    yield from _of(_abroad, entry.utenlandskAdresse)
    if entry.adressenErUkjent:
        yield AddressLines((_("Adressen er ukjent"),))


def _nowhere(_unknown: UkjentBosted) -> AddressLines:
    return AddressLines((_("Ukjent bosted"),))


def _street(street: Vegadresse | VegadresseForPost) -> AddressLines:
    number = street.adressenummer
    house = _text(number.husnummer) + _text(number.husbokstav) if number else ""
    named = " ".join(_some(street.adressenavn, house))
    kind = street.bruksenhetstype if isinstance(street, Vegadresse) else None
    dwelling = _dwelling(street.bruksenhetsnummer, kind)
    above = _some(_care_of(street.coAdressenavn), street.adressetilleggsnavn, named, dwelling)
    return _in_norway(above, street.poststed)


def _plot(plot: Matrikkeladresse) -> AddressLines:
    number = _farm(plot.matrikkelnummer) if plot.matrikkelnummer else ""
    under = _("Undernummer %(number)s") % {"number": plot.undernummer} if plot.undernummer else ""
    dwelling = _dwelling(plot.bruksenhetsnummer, plot.bruksenhetstype)
    above = _some(_care_of(plot.coAdressenavn), plot.adressetilleggsnavn, number, under, dwelling)
    return _in_norway(above, plot.poststed)


def _farm(number: Matrikkelnummer) -> str:
    """gnr/bnr, or gnr/bnr/fnr on a leased plot. A festenummer of 0 means none; a gnr or bnr of 0 is a real number."""
    parts = [number.gaardsnummer, number.bruksnummer]
    if number.festenummer:
        parts.append(number.festenummer)
    if all(part in _FARM_ZERO for part in parts):
        return ""
    return "/".join("?" if part is None else str(part) for part in parts)


def _box(box: Postboksadresse) -> AddressLines:
    number = _text(box.postboks)
    named = number if not number or _BOX.match(number) else _("Postboks %(number)s") % {"number": number}
    return _in_norway(_some(box.postbokseier, named), box.poststed)


def _free(free: PostadresseIFrittFormat) -> AddressLines:
    return _in_norway(_some(*free.adresselinje), free.poststed)


def _abroad(address: InternasjonalAdresse) -> AddressLines:
    """The lines of a foreign address. A post box gets the English words that post offices everywhere understand."""
    box = _text(address.postboks)
    return AddressLines(
        _some(
            _care_of(address.coAdressenavn),
            address.adressenavn,
            ", ".join(_inside(address)),
            box if not box or _BOX.match(box) else f"P.O. Box {box}",
        ),
        _text(address.postkode),
        _text(address.byEllerStedsnavn),
        _some(address.distriktsnavn, address.region),
        _country(address.landkode),
    )


def _inside(address: InternasjonalAdresse) -> Iterator[str]:
    building, floor, flat = (_text(part) for part in (address.bygning, address.etasjenummer, address.boenhet))
    if building:
        yield _("Bygning %(number)s") % {"number": building} if building.isdigit() else building
    if floor:
        yield _("Etasje %(number)s") % {"number": floor} if floor.isdigit() else floor
    if flat:
        yield _("Boenhet %(number)s") % {"number": flat} if flat.isdigit() else flat


def _free_abroad(free: InternasjonalAdresseIFrittFormat) -> AddressLines:
    return AddressLines(
        _some(*free.adresselinje),
        _text(free.postkode),
        _text(free.byEllerStedsnavn),
        country=_country(free.landkode),
    )


def _in_norway(above: tuple[str, ...], place: Poststed | None) -> AddressLines:
    if place is None:
        return AddressLines(above)
    return AddressLines(above, _text(place.postnummer), _text(place.poststedsnavn))


def _dwelling(unit: str | None, kind: str | None) -> str:
    """The dwelling unit as a letter names it: as a home, unless the register says that it is another kind of unit."""
    if not (number := _text(unit)):
        return ""
    if kind == "fritidsbolig":
        return _("Fritidsbolig %(unit)s") % {"unit": number}
    if kind in {"annetEnnBolig", "unummerertBruksenhet"}:
        return _("Bruksenhet %(unit)s") % {"unit": number}
    return _("Bolig %(unit)s") % {"unit": number}


def _care_of(name: str | None) -> str:
    written = _text(name)
    return written if not written or _CARE_OF.match(written) else f"c/o {written}"


def _country(code: str | None) -> str:
    """The country's name; "" for a code that names no known country."""
    written = _text(code).upper()
    return "" if written in _NO_COUNTRY else known_country(written)


def _text(value: str | None) -> str:
    return value.strip() if value else ""


def _some(*texts: str | None) -> tuple[str, ...]:
    return tuple(_filled(texts))


def _filled(texts: Iterable[str | None]) -> Iterator[str]:
    return (stripped for text in texts if (stripped := _text(text)))
