"""An address of every kind the register has, and how it is written: one table for the lines, the page and the list."""

from typing import Any, Final, NamedTuple

LOCAL: Final = {"postnummer": "8400", "poststedsnavn": "SORTLAND"}


class Kind(NamedTuple):
    """element: where it stands. holds: the entry but for its grading. envelope: its lines."""

    element: str
    holds: dict[str, Any]
    envelope: tuple[str, ...]


def _street(**more: Any) -> dict[str, Any]:
    number = {"husnummer": "7"}
    return {"vegadresse": {"kommunenummer": "1870", "adressenavn": "Lia", "adressenummer": number} | more}


def _plot(numbers: tuple[int | None, int | None, int | None], **more: Any) -> dict[str, Any]:
    named = zip(("gaardsnummer", "bruksnummer", "festenummer"), numbers, strict=True)
    given = {name: number for name, number in named if number is not None}
    return {"matrikkeladresse": {"matrikkelnummer": {"kommunenummer": "1870"} | given, "poststed": LOCAL} | more}


def _box(box: str, **more: Any) -> dict[str, Any]:
    return {"postboksadresse": {"postboks": box, "poststed": LOCAL} | more}


def _abroad(**more: Any) -> dict[str, Any]:
    return {"utenlandskAdresse": more}


TOWN: Final = "8400 SORTLAND"
_HOME, _STAY, _MAIL, _FOREIGN = "bostedsadresse", "oppholdsadresse", "postadresse", "postadresseIUtlandet"
_LETTER: Final = {"husnummer": "7", "husbokstav": "B"}

KINDS: Final[dict[str, Kind]] = {
    "a street": Kind(_HOME, _street(poststed=LOCAL), ("Lia 7", TOWN)),
    "a house with a letter": Kind(_HOME, _street(adressenummer=_LETTER, poststed=LOCAL), ("Lia 7B", TOWN)),
    "no postal place": Kind(_HOME, _street(), ("Lia 7",)),
    "no number": Kind(_HOME, _street(adressenummer=None), ("Lia",)),
    "a name beside": Kind(_HOME, _street(adressetilleggsnavn="Nordgard"), ("Nordgard", "Lia 7")),
    "care of": Kind(_HOME, _street(coAdressenavn="GLAD FISK"), ("c/o GLAD FISK", "Lia 7")),
    "care of, said": Kind(_HOME, _street(coAdressenavn="C/O GLAD FISK"), ("C/O GLAD FISK", "Lia 7")),
    "care of, said with a dot": Kind(_HOME, _street(coAdressenavn="c.o Fisk"), ("c.o Fisk", "Lia 7")),
    "care of, said in Norwegian": Kind(_HOME, _street(coAdressenavn="v/ Fisk"), ("v/ Fisk", "Lia 7")),
    "care of somebody called Co": Kind(_HOME, _street(coAdressenavn="Cornelia"), ("c/o Cornelia", "Lia 7")),
    "a flat": Kind(_HOME, _street(bruksenhetsnummer="H0201"), ("Lia 7", "Bolig H0201")),
    "a cabin": Kind(
        _HOME, _street(bruksenhetsnummer="H0101", bruksenhetstype="fritidsbolig"), ("Lia 7", "Fritidsbolig H0101")
    ),
    "a shop": Kind(
        _HOME, _street(bruksenhetsnummer="U0101", bruksenhetstype="annetEnnBolig"), ("Lia 7", "Bruksenhet U0101")
    ),
    "spaces around": Kind(_HOME, _street(adressenavn=" Lia ", coAdressenavn=" "), ("Lia 7",)),
    "a farm": Kind(_HOME, _plot((149, 1, 0)), ("149/1", TOWN)),
    "a farm without the third number": Kind(_HOME, _plot((149, 1, None)), ("149/1", TOWN)),
    "a farm of number 0": Kind(_HOME, _plot((0, 27, 0)), ("0/27", TOWN)),
    "a holding of number 0": Kind(_HOME, _plot((12, 0, 0)), ("12/0", TOWN)),
    "a leased plot": Kind(_HOME, _plot((12, 3, 5)), ("12/3/5", TOWN)),
    "a leased plot of holding 0": Kind(_HOME, _plot((12, 0, 5)), ("12/0/5", TOWN)),
    "a farm whose holding is missing": Kind(_HOME, _plot((12, None, None)), ("12/?", TOWN)),
    "a farm without numbers": Kind(_HOME, _plot((0, 0, 0)), (TOWN,)),
    "a dwelling on a farm": Kind(
        _HOME,
        _plot((12, 3, 0), bruksenhetsnummer="H0203", bruksenhetstype="bolig", undernummer=2),
        ("12/3", "Undernummer 2", "Bolig H0203", TOWN),
    ),
    "care of somebody on a farm": Kind(
        _STAY, _plot((12, 3, 0), coAdressenavn="Fisk", adressetilleggsnavn="Sætra"), ("c/o Fisk", "Sætra", "12/3", TOWN)
    ),
    "a farm without a sub-number": Kind("deltBosted", _plot((12, 3, 0), undernummer=0), ("12/3", TOWN)),
    "a box": Kind(_MAIL, _box("95"), ("Postboks 95", TOWN)),
    "a box with a name": Kind(_MAIL, _box("8163 Dep"), ("Postboks 8163 Dep", TOWN)),
    "a box with a space": Kind(_MAIL, _box("12 "), ("Postboks 12", TOWN)),
    "a box that says so": Kind(_MAIL, _box("POSTBOKS 12"), ("POSTBOKS 12", TOWN)),
    "a box that says so shortly": Kind(_MAIL, _box("Pb. 12"), ("Pb. 12", TOWN)),
    "a box of somebody": Kind(_MAIL, _box("12", postbokseier="Fisk AS"), ("Fisk AS", "Postboks 12", TOWN)),
    "mail to a street": Kind(
        _MAIL,
        {"vegadresse": {"adressenavn": "Lia", "adressenummer": _LETTER, "coAdressenavn": "VAKTMESTEREN"}},
        ("c/o VAKTMESTEREN", "Lia 7B"),
    ),
    "free lines": Kind(
        _MAIL,
        {"postadresseIFrittFormat": {"adresselinje": ["Ved kaia", "", " Brygge 2 "], "poststed": LOCAL}},
        ("Ved kaia", "Brygge 2", TOWN),
    ),
    "abroad": Kind(
        _FOREIGN,
        _abroad(
            coAdressenavn="JO DOE",
            adressenavn="Baker Street 2",
            postkode="NW1",
            byEllerStedsnavn="London",
            landkode="GB",
        ),
        ("c/o JO DOE", "Baker Street 2", "NW1 London", "Storbritannia"),
    ),
    "abroad in small letters": Kind(_FOREIGN, _abroad(adressenavn="Gatan 1", landkode=" se "), ("Gatan 1", "Sverige")),
    "abroad by three letters": Kind(_FOREIGN, _abroad(adressenavn="Gatan 1", landkode="SWE"), ("Gatan 1", "Sverige")),
    "abroad, unknown where": Kind(_FOREIGN, _abroad(byEllerStedsnavn="London", landkode="YY"), ("London",)),
    "abroad, stateless": Kind(_FOREIGN, _abroad(byEllerStedsnavn="London", landkode="XX"), ("London",)),
    "abroad, a country nobody has": Kind(_FOREIGN, _abroad(byEllerStedsnavn="London", landkode="QQ"), ("London",)),
    "a floor and a box abroad": Kind(
        _FOREIGN,
        _abroad(
            adressenavn="Gatan 10",
            etasjenummer="169",
            postboks="33",
            postkode="86",
            byEllerStedsnavn="By",
            landkode="SE",
        ),
        ("Gatan 10", "Etasje 169", "P.O. Box 33", "86 By", "Sverige"),
    ),
    "a flat abroad": Kind(
        _STAY,
        _abroad(
            bygning="2", etasjenummer="3rd floor", boenhet="39", region="Skåne", distriktsnavn="Söder", landkode="SE"
        ),
        ("Bygning 2, 3rd floor, Boenhet 39", "Söder", "Skåne", "Sverige"),
    ),
    "a box abroad that says so": Kind(_FOREIGN, _abroad(postboks="BP 33", landkode="FR"), ("BP 33", "Frankrike")),
    "abroad in a district": Kind(
        _FOREIGN,
        _abroad(adressenavn="Gatan 1", postkode="111 22", byEllerStedsnavn="By", distriktsnavn="Söder", landkode="SE"),
        ("Gatan 1", "111 22 By", "Söder", "Sverige"),
    ),
    "a postal code abroad alone": Kind(_FOREIGN, _abroad(postkode="NW1", landkode="GB"), ("NW1", "Storbritannia")),
    "an unknown residence": Kind(_HOME, {"ukjentBosted": {"bostedskommune": "1870"}}, ("Ukjent bosted",)),
    "an unknown residence, who knows where": Kind(_HOME, {"ukjentBosted": {}}, ("Ukjent bosted",)),
    "a shared residence that is unknown": Kind("deltBosted", {"ukjentBosted": {}}, ("Ukjent bosted",)),
    "an unknown stay": Kind(_STAY, {"adressenErUkjent": True}, ("Adressen er ukjent",)),
    "free lines abroad": Kind(
        _FOREIGN,
        {
            "utenlandskAdresseIFrittFormat": {
                "adresselinje": ["Calle 1"],
                "postkode": "28001",
                "byEllerStedsnavn": "Madrid",
                "landkode": "ES",
            }
        },
        ("Calle 1", "28001 Madrid", "Spania"),
    ),
}
