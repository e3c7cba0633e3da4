"""An address as the lines of a letter. Pure; every kind of address the register has, read from its own document."""

from collections.abc import Iterator

from msgspec import Struct

_STRUCTURED = ("vegadresse", "matrikkeladresse", "postboksadresse", "postadresseIFrittFormat")
_ABROAD = ("utenlandskAdresse", "utenlandskAdresseIFrittFormat")


def street(address: Struct) -> str | None:
    """What stands above the postal code: street and number, cadastral number, post box, or free lines."""
    return ", ".join(_lines(address)) or None


def postal_code(address: Struct) -> str | None:
    """Four digits, or a foreign code."""
    return _read(_place(address), "postnummer") or _read(_abroad(address), "postkode")


def postal_place(address: Struct) -> str | None:
    """The postal place; abroad also the country's code, two letters."""
    if place := _read(_place(address), "poststedsnavn"):
        return place
    abroad = _abroad(address)
    return ", ".join(filter(None, (_read(abroad, "byEllerStedsnavn"), _read(abroad, "landkode")))) or None


def _lines(address: Struct) -> Iterator[str]:
    if way := getattr(address, "vegadresse", None):
        yield from _street_lines(way)
    elif plot := getattr(address, "matrikkeladresse", None):
        yield from _plot_lines(plot)
    elif box := getattr(address, "postboksadresse", None):
        yield from _some(_read(box, "postbokseier"), _box(box))
    elif free := getattr(address, "postadresseIFrittFormat", None):
        yield from _free_lines(free)
    elif abroad := _abroad(address):
        yield from _foreign_lines(abroad)


def _street_lines(way: Struct) -> Iterator[str]:
    number = getattr(way, "adressenummer", None)
    house = f"{_read(number, 'husnummer') or ''}{_read(number, 'husbokstav') or ''}"
    named = " ".join(_some(_read(way, "adressenavn"), house))
    yield from _some(_read(way, "coAdressenavn"), _read(way, "adressetilleggsnavn"), named)


def _plot_lines(plot: Struct) -> Iterator[str]:
    number = getattr(plot, "matrikkelnummer", None)
    parts = [_read(number, name) for name in ("gaardsnummer", "bruksnummer", "festenummer")]
    yield from _some(_read(plot, "coAdressenavn"), _read(plot, "adressetilleggsnavn"), "/".join(_some(*parts)))


def _box(box: Struct) -> str:
    number = _read(box, "postboks") or ""
    return f"Postboks {number}" if number.isdigit() else number


def _free_lines(free: Struct) -> Iterator[str]:
    lines = getattr(free, "adresselinje", None) or ()
    yield from _some(*(str(line) for line in lines))


def _foreign_lines(abroad: Struct) -> Iterator[str]:
    names = (
        "coAdressenavn",
        "adressenavn",
        "bygning",
        "etasjenummer",
        "boenhet",
        "postboks",
        "distriktsnavn",
        "region",
    )
    yield from _some(*(_read(abroad, name) for name in names))
    yield from _free_lines(abroad)


def _place(address: Struct) -> Struct | None:
    for name in _STRUCTURED:
        if part := getattr(address, name, None):
            place = getattr(part, "poststed", None)
            return place if isinstance(place, Struct) else None
    return None


def _abroad(address: Struct) -> Struct | None:
    for name in _ABROAD:
        part = getattr(address, name, None)
        if isinstance(part, Struct):
            return part
    return None


def _read(part: Struct | None, name: str) -> str | None:
    value = getattr(part, name, None)
    return str(value) if value not in (None, "") else None


def _some(*texts: str | None) -> Iterator[str]:
    return (text for text in texts if text)
