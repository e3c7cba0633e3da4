"""Sending a request, and turning a bad HTTP answer into one of our errors. Nothing of an answer's text is kept."""

from collections.abc import Callable
from typing import Final, Literal

import httpx

from integrations.http.errors import Busy, Cause, InvalidRequest, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.http.transport import AnswerTooLarge

_SHORTEST_WAIT, _DEFAULT_WAIT, _LONGEST_WAIT = 0.1, 1.0, 60.0
Unit = Literal["milliseconds", "seconds"]


def send(http: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The answer, whatever its status is. Raises Unavailable or UnexpectedAnswer, and none of httpx's exceptions."""
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


def no_code(_response: httpx.Response) -> str:
    """The code_of for a party without error codes of its own: always ""."""
    return ""


def error_of(
    response: httpx.Response, *, retry_after: Unit = "seconds", code_of: Callable[[httpx.Response], str] = no_code
) -> PartyError | None:
    """The error in this answer; None when it has data. An operation that expects a 404 or 410 handles it before this.

    retry_after: the unit of that header. code_of: finds the party's own error code.
    """
    status = response.status_code
    if 200 <= status < 300:
        return None if is_json(response) else UnexpectedAnswer(_wrong_type(response), status)
    if status >= 500:
        return Unavailable(Cause.SERVER_ERROR, status, code_of(response))
    if status == 429:
        return Busy(_wait(response.headers.get("Retry-After", ""), retry_after), code_of(response))
    if 300 <= status < 400:
        return UnexpectedAnswer(Cause.STATUS if status == 304 else Cause.REDIRECT, status)
    if response.content and status != 401 and not is_json(response):
        return UnexpectedAnswer(_wrong_type(response), status)
    return _BY_STATUS.get(status, UnexpectedAnswer)(Cause.STATUS, status, code_of(response))


_BY_STATUS: Final[dict[int, type[PartyError]]] = {
    400: InvalidRequest,
    401: Refused,
    403: Refused,
}


def is_json(response: httpx.Response) -> bool:
    media_type: str = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _wrong_type(response: httpx.Response) -> Cause:
    return Cause.HTML if "html" in response.headers.get("Content-Type", "") else Cause.CONTENT_TYPE


def _wait(header: str, unit: Unit) -> float:
    """The seconds to wait by the Retry-After header. Some parties use milliseconds, against the HTTP standard, and some
    send none."""
    if not (header.isascii() and header.isdigit()):
        return _DEFAULT_WAIT
    seconds = int(header[:9]) / (1000 if unit == "milliseconds" else 1)
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)
