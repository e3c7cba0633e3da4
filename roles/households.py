"""Who lives together, as far as a record shows it: normalised marks of addresses and of persons. Pure.

One graded member of a household hides the shared address of the others. The marks make two records comparable without
comparing texts; they are addresses themselves and leave the gate only as keyed hashes.
"""

from collections.abc import Iterator

from integrations.folkeregisteret.documents import Document, Entry, PersonRecord, current

ADDRESS_ELEMENTS = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")

_MAIL_ONLY = ("postboksadresse", "postadresseIFrittFormat", "utenlandskAdresse", "utenlandskAdresseIFrittFormat")


def addresses(record: PersonRecord) -> Iterator[Entry]:
    """Every entry of every address element, earlier ones too."""
    for element in ADDRESS_ELEMENTS:
        yield from getattr(record, element)


def address_marks(entry: Entry, *, protecting: bool) -> frozenset[str]:
    """What this address is known by. A dwelling whose unit is not registered matches every unit of the building.

    protecting: marks that hide (of a graded address); else marks that are hidden by them.
    """
    return frozenset(_marks(entry, protecting=protecting))


def person_marks(record: PersonRecord) -> frozenset[str]:
    """The person's own numbers and those of spouse, family and parental responsibility, as far as the record has them.

    The mark of last resort: a strictly confidential person has no address to compare.
    """
    return frozenset(number for number in _numbers(record) if number)


def related_numbers(record: PersonRecord) -> frozenset[str]:
    """Numbers of spouse, family and those in parental responsibility, as far as the record has them."""
    own = {identifier.foedselsEllerDNummer for identifier in record.identifikasjonsnummer}
    return frozenset(number for number in _related(record) if number and number not in own)


def _numbers(record: PersonRecord) -> Iterator[str | None]:
    for identifier in record.identifikasjonsnummer:
        yield identifier.foedselsEllerDNummer
    yield from _related(record)


def _related(record: PersonRecord) -> Iterator[str | None]:
    for status in current(record.sivilstand):
        yield status.relatertVedSivilstand
    for relation in current(record.familierelasjon):
        yield relation.relatertPerson
    for responsibility in current(record.foreldreansvar):
        yield from (responsibility.ansvarlig, responsibility.ansvarssubjekt)


def _marks(entry: Entry, *, protecting: bool) -> Iterator[str]:
    if street := getattr(entry, "vegadresse", None):
        for building in _street_buildings(street):
            yield from _dwelling_marks(building, _plain(street.bruksenhetsnummer), protecting=protecting)
    if plot := getattr(entry, "matrikkeladresse", None):
        building = _joined(plot.matrikkelnummer, plot.undernummer)
        yield from _dwelling_marks(building, _plain(plot.bruksenhetsnummer), protecting=protecting)
    for name in _MAIL_ONLY:
        if address := getattr(entry, name, None):
            yield _joined(address)


def _street_buildings(street: Document) -> Iterator[str]:
    """By kommune and by postal code: a postal address has no kommune, and some addresses have no postal code."""
    number = _joined(getattr(street, "adressenavn", None), getattr(street, "adressenummer", None))
    for place in (getattr(street, "kommunenummer", None), getattr(street, "poststed", None)):
        if code := _plain(getattr(place, "postnummer", place)):
            yield f"{number}|{code}"


def _dwelling_marks(building: str, unit: str, *, protecting: bool) -> Iterator[str]:
    yield f"{building}|{unit}" if unit else building
    if protecting or not unit:
        yield f"{building}|no unit"
    if not protecting:
        yield building


def _joined(*values: object) -> str:
    return "|".join(word for value in values for word in _words(value))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Document):
        for name in value.__struct_fields__:
            yield from _words(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _words(part)
    else:
        yield _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return " ".join(value.casefold().split()) if isinstance(value, str) else ""
