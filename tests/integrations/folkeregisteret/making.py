"""Numbers, documents and answers for the tests of the adapter, all synthetic."""

import json
from collections.abc import Mapping
from datetime import date

import hypothesis.strategies as st

from integrations.folkeregisteret.elements import ELEMENTS

K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

#: Every property of a person document that an element reads.
READ_PROPERTIES = frozenset(element.source for element in ELEMENTS.values() if element.source)

A_NUMBER = "03851598730"
ANOTHER_NUMBER = "41819077302"


def number(day: int, month: int, year: int, individual: int, *, above: int = 0) -> str | None:
    """The number with both check digits, or None where there is none. above: 0 by the rule of 1964, 1 to 3 of 2032.

    Made the way the register makes them, forward; the code under test checks backward.
    """
    nine = f"{day:02}{month:02}{year % 100:02}{individual:03}"
    first = (11 + above - _sum(nine, K1) % 11) % 11
    second = (11 - _sum(f"{nine}{first}", K2) % 11) % 11
    return None if 10 in (first, second) else f"{nine}{first}{second}"


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


DATES = st.dates(date(1900, 1, 1), date(2031, 12, 31)).filter(lambda born: (born.month, born.day) != (2, 29))


@st.composite
def numbers(draw: st.DrawFn, *, day_plus: int = 0, above: int = 0) -> str:
    born = draw(DATES)
    made = number(born.day + day_plus, born.month + 80, born.year, draw(st.integers(0, 999)), above=above)
    return made or draw(numbers(day_plus=day_plus, above=above))


def document(of: str = A_NUMBER, **properties: object) -> dict[str, object]:
    entry = {"foedselsEllerDNummer": of, "status": "iBruk", "identifikatortype": "foedselsnummer", "erGjeldende": True}
    return {"identifikasjonsnummer": [entry]} | properties


def as_json(content: object) -> bytes:
    return json.dumps(content).encode()


#: The five shapes an error has, by who answers. Each repeats a number, as an error text may.
ERROR_SHAPES: Mapping[str, object] = {
    "application": {"kode": "FREG-001", "melding": f"Feil for {A_NUMBER}"},
    "access": {
        "feilkode": "FREG-403",
        "feilmelding": f"Ugyldig {A_NUMBER}",
        "alvorlighetsgrad": "ERROR",
        "httpStatus": 403,
        "tilleggsinformasjon": {"fnr": A_NUMBER},
    },
    "feed": {"code": "FREG-9", "message": f"Nei til {A_NUMBER}", "feilreferanse": "abc", "httpStatus": 404},
    "bulk": {"feilmelding": {"feilmelding": f"Ukjent {A_NUMBER}"}},
    "extract": {"feilmelding": f"Fant ikke {A_NUMBER}"},
    "fiks": {
        "timestamp": 1764000000000,
        "status": 403,
        "error": "Forbidden",
        "errorId": "0b6c2c8e-3a52-4c3c-9a3e-5a3f0d9c7b11",
        "path": f"/folkeregister/api/v1/role-1/v1/personer/{A_NUMBER}",
        "message": f"Nei til {A_NUMBER}",
        "errorCode": "FIKS-17",
    },
}
