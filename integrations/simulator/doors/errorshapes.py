"""Every shape of an error, from every sender (contract section 1.8), for faults that are ordered."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from integrations.simulator.problems import Answer, json_answer

_FAILED: Final = "Feil i tjenesten. Vennligst prøv igjen seinere."
#: An invalid reference, so that nobody takes it for a real one.
_REFERENCE: Final = "00000000-0000-0000-0000-000000000000"
#: The answer of the firewall in front of the register to odd requests.
FIREWALL: Final = Answer(
    403,
    b"<html><head><title>Request Rejected</title></head><body>Your support ID is: 1234567890</body></html>",
    "text/html; charset=utf-8",
)


def _access(status: int) -> object:
    return {
        "feilkode": f"FREG-{status}",
        "feilmelding": _FAILED,
        "alvorlighetsgrad": "ERROR",
        "httpStatus": status,
        "tilleggsinformasjon": {},
    }


def _resource(status: int) -> object:
    return {"code": str(status), "message": _FAILED, "feilreferanse": _REFERENCE, "httpStatus": status}


def _fiks(status: int) -> object:
    return {
        "timestamp": 1_637_218_198_035,
        "status": status,
        "error": HTTPStatus(status).phrase,
        "errorId": _REFERENCE,
        "path": "/folkeregister/api/v1",
        "message": _FAILED,
    }


#: The five shapes of the register, Fiks' own, and Maskinporten's.
_JSON: Final[dict[str, Callable[[int], object]]] = {
    "application": lambda _: {"kode": "FREG-001", "melding": _FAILED},
    "access": _access,
    "resource": _resource,
    "bulk": lambda _: {"feilmelding": {"feilmelding": _FAILED}},
    "extract": lambda _: {"feilmelding": _FAILED},
    "fiks": _fiks,
    "oauth": lambda _: {"error": "server_error", "error_description": _FAILED},
}
_HTML: Final = "html"
SHAPES: Final = frozenset({*_JSON, _HTML})
_BY_STATUS: Final = {401: "access", 403: "access", 404: "resource", 410: "extract"}


def error_answer(status: int, operation: str, shape: str = "") -> Answer:
    """An error in the given shape, or in the one that belongs to the operation and the status."""
    if shape == _HTML:
        return replace(FIREWALL, status=status)
    usual = "oauth" if operation == "token" else _BY_STATUS.get(status, "application")
    return json_answer(_JSON[shape or usual](status), status=status)
