"""Reading the register's error answers.

The register has five JSON forms for an error and Fiks one of its own; a firewall before both answers in HTML (contract
section 1.8). Only the error code is kept of the text, because the rest may repeat the question.
"""

from typing import Final

import httpx
import msgspec


class _Problem(msgspec.Struct, frozen=True):
    """The union of the forms. The types of their fields are not known."""

    kode: object = None
    feilkode: object = None
    code: object = None
    errorCode: object = None
    errorId: object = None
    path: object = None
    melding: object = None
    feilmelding: object = None
    message: object = None


#: Parts of words in "Søket må konkretiseres" and in other phrases for the same.
_TOO_MANY: Final = ("treff", "konkretiser", "presiser", "spesifiser", "avgrens", "begrens")
_PROBLEM: Final = msgspec.json.Decoder(_Problem)


def error_code(response: httpx.Response) -> str:
    """The register's own code for the error; "" when there is none."""
    problem = _decode_problem(response)
    codes = (
        code for code in (problem.kode, problem.feilkode, problem.code, problem.errorCode) if isinstance(code, str)
    )
    return next(codes, "")


def speaks_of_hits(response: httpx.Response) -> bool:
    """Whether a search was refused for too many hits. The register says so only in words, which vary."""
    return any(word in text.lower() for text in _texts(response) for word in _TOO_MANY)


def speaks_as_the_register(response: httpx.Response) -> bool:
    """Whether an error has one of the register's own forms, and is not from Fiks, a server or empty."""
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
