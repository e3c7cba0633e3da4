"""The register's errors. Five shapes are documented, one for each part of the register that answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import msgspec

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer: status, body, and the headers except type and length.

    stream: sent instead of a body that is too long to be made first.
    """

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    stream: Iterable[bytes] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Problem(Exception):
    """Ends a call with an error answer."""

    answer: Answer = field(repr=False)


def json_answer(content: object, status: int = 200) -> Answer:
    return Answer(status, msgspec.json.encode(content))


def _problem(status: int, content: object, headers: tuple[tuple[str, str], ...] = ()) -> Problem:
    return Problem(Answer(status, msgspec.json.encode(content), headers=headers))


def invalid(reason: str) -> Problem:
    """400 in the application's own shape. Only the code FREG-001 is documented; the other codes are ours."""
    return _problem(400, {"kode": "FREG-002", "melding": reason})


def not_acceptable() -> Problem:
    return _problem(406, {"kode": "FREG-003", "melding": "Accept må være application/json."})


def too_old() -> Problem:
    """406 in the feed: what is older than 36 months is deleted."""
    return _problem(406, {"kode": "FREG-006", "melding": "Sekvensnummeret er eldre enn 36 måneder."})


def unauthenticated() -> Problem:
    return _problem(401, _access(401, "Autentisering feiler."))


def forbidden(reason: str = "Ugyldig tilgang.") -> Problem:
    return _problem(403, _access(403, reason))


def not_found(reason: str = "Ukjent person.") -> Problem:
    reference = str(uuid4())
    return _problem(404, {"code": "404", "message": reason, "feilreferanse": reference, "httpStatus": 404})


def wrong_method() -> Problem:
    return _problem(405, {"kode": "FREG-004", "melding": "Metoden er ikke støttet."})


def extract_not_ready() -> Problem:
    return _problem(404, {"feilmelding": "Jobben er ikke ferdig."})


def extract_gone() -> Problem:
    return _problem(410, {"feilmelding": "Jobben eller batchen finnes ikke."})


def too_many(retry_after_ms: int, reason: str = "For mange kall.") -> Problem:
    """429. Retry-After is in milliseconds, as the register documents it and against the HTTP standard."""
    return _problem(429, {"kode": "FREG-005", "melding": reason}, (("Retry-After", str(retry_after_ms)),))


def _access(status: int, reason: str) -> dict[str, object]:
    return {
        "feilkode": f"FREG-{status}",
        "feilmelding": reason,
        "alvorlighetsgrad": "ERROR",
        "httpStatus": status,
        "tilleggsinformasjon": {},
    }
