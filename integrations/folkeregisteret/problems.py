"""What the register says is wrong.

It has five JSON shapes for an error, Fiks has one of its own, and before both stands a firewall that answers in HTML
(contract section 1.8). Of their text only the error code is kept, since the rest may repeat what was asked.
"""

from typing import Final

import httpx
import msgspec


class _Problem(msgspec.Struct, frozen=True):
    """The union of the shapes. Nothing is promised about their types."""

    kode: object = None
    feilkode: object = None
    code: object = None
    errorCode: object = None
    errorId: object = None
    path: object = None
    melding: object = None
    feilmelding: object = None
    message: object = None


#: "Søket må konkretiseres", and as it may be put otherwise.
_TOO_MANY: Final = ("treff", "konkretiser", "presiser", "spesifiser", "avgrens", "begrens")
_PROBLEM: Final = msgspec.json.Decoder(_Problem)


def error_code(response: httpx.Response) -> str:
    """The register's own code for the error, or nothing."""
    problem = _decode_problem(response)
    codes = (
        code for code in (problem.kode, problem.feilkode, problem.code, problem.errorCode) if isinstance(code, str)
    )
    return next(codes, "")


def speaks_of_hits(response: httpx.Response) -> bool:
    """Whether a refused search was refused for hitting too many: the register says so in words only, which vary."""
    return any(word in text.lower() for text in _texts(response) for word in _TOO_MANY)


def speaks_as_the_register(response: httpx.Response) -> bool:
    """Whether an error has one of the register's own shapes: not Fiks', not a server's, and not an empty answer."""
    problem = _decode_problem(response)
    told = any((problem.kode, problem.feilkode, problem.code, *_texts(response)))
    return told and problem.errorId is None and problem.path is None


def _texts(response: httpx.Response) -> list[str]:
    problem = _decode_problem(response)
    inner = problem.feilmelding.get("feilmelding") if isinstance(problem.feilmelding, dict) else problem.feilmelding
    return [text for text in (problem.melding, inner, problem.message) if isinstance(text, str)]


def _decode_problem(response: httpx.Response) -> _Problem:
    try:
        return _PROBLEM.decode(response.content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _Problem()
