"""What an HTTP answer means: one of our errors, or nothing wrong.

The register has five JSON shapes for an error, Fiks has one of its own, and before both stands a firewall that answers
in HTML. Of their text only the error code is kept, since the rest may repeat what was asked.
"""

from typing import Final, Literal

import httpx
import msgspec

from integrations.http.errors import Busy, Cause, InvalidRequest, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.http.transport import AnswerTooLarge

_SHORTEST_WAIT, _DEFAULT_WAIT, _LONGEST_WAIT = 0.1, 1.0, 60.0
Unit = Literal["milliseconds", "seconds"]


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


def send(http: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The answer, whatever it is. Raises Unavailable or UnexpectedAnswer; nothing of httpx's comes out of here."""
    try:
        return http.send(request, follow_redirects=False)
    except (httpx.ConnectTimeout, httpx.PoolTimeout):
        raise Unavailable(Cause.TIMEOUT, sent=False) from None
    except httpx.TimeoutException:
        raise Unavailable(Cause.TIMEOUT) from None
    except (httpx.ConnectError, httpx.ProxyError):
        raise Unavailable(Cause.NO_CONNECTION, sent=False) from None
    except AnswerTooLarge:
        raise UnexpectedAnswer(Cause.TOO_LARGE) from None
    except (httpx.RemoteProtocolError, httpx.DecodingError):
        raise UnexpectedAnswer(Cause.TRUNCATED) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Unavailable(Cause.NO_CONNECTION) from None


def error_of(response: httpx.Response, *, retry_after: Unit = "milliseconds") -> PartyError | None:
    """The error this answer is, or None for data. What a 404 or 410 means, only the operation knows that expects it.

    retry_after: what that header counts.
    """
    status = response.status_code
    if 200 <= status < 300:
        return None if is_json(response) else UnexpectedAnswer(_wrong_type(response), status)
    if status >= 500:
        return Unavailable(Cause.SERVER_ERROR, status, error_code(response))
    if status == 429:
        return Busy(_wait(response.headers.get("Retry-After", ""), retry_after), error_code(response))
    if 300 <= status < 400:
        return UnexpectedAnswer(Cause.STATUS if status == 304 else Cause.REDIRECT, status)
    if response.content and status != 401 and not is_json(response):
        return UnexpectedAnswer(_wrong_type(response), status)
    return _BY_STATUS.get(status, UnexpectedAnswer)(Cause.STATUS, status, error_code(response))


_BY_STATUS: Final[dict[int, type[PartyError]]] = {
    400: InvalidRequest,
    401: Refused,
    403: Refused,
}


def is_json(response: httpx.Response) -> bool:
    media_type: str = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def speaks_of_hits(response: httpx.Response) -> bool:
    """Whether a refused search was refused for hitting too many: the register says so in words only, which vary."""
    return any(word in text.lower() for text in _texts(response) for word in _TOO_MANY)


def speaks_as_the_register(response: httpx.Response) -> bool:
    """Whether an error has one of the register's own shapes: not Fiks', not a server's, and not an empty answer."""
    problem = _problem(response)
    told = any((problem.kode, problem.feilkode, problem.code, *_texts(response)))
    return told and problem.errorId is None and problem.path is None


def _texts(response: httpx.Response) -> list[str]:
    problem = _problem(response)
    inner = problem.feilmelding.get("feilmelding") if isinstance(problem.feilmelding, dict) else problem.feilmelding
    return [text for text in (problem.melding, inner, problem.message) if isinstance(text, str)]


def _wrong_type(response: httpx.Response) -> Cause:
    return Cause.HTML if "html" in response.headers.get("Content-Type", "") else Cause.CONTENT_TYPE


def _wait(header: str, unit: Unit) -> float:
    """Seconds. The register counts milliseconds, against the HTTP standard, and has been known to say nothing."""
    if not (header.isascii() and header.isdigit()):
        return _DEFAULT_WAIT
    seconds = int(header[:9]) / (1000 if unit == "milliseconds" else 1)
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)


def error_code(response: httpx.Response) -> str:
    """The register's own code for the error, or nothing."""
    problem = _problem(response)
    codes = (
        code for code in (problem.kode, problem.feilkode, problem.code, problem.errorCode) if isinstance(code, str)
    )
    return next(codes, "")


def _problem(response: httpx.Response) -> _Problem:
    try:
        return _PROBLEM.decode(response.content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _Problem()
