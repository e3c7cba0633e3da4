"""Maskinporten's errors: OAuth's two fields, with a trace id in the text and the address that explains the code."""

from typing import Final
from uuid import uuid4

from integrations.simulator.problems import Problem, json_answer

_EXPLAINED: Final = "https://maskinporten.no/errors/"


def refusal(error: str, description: str, code: str = "", status: int = 400) -> Problem:
    """The error. code: Maskinporten's own, like MP-110; "" for errors without one."""
    content = {"error": error, "error_description": f"{description} (trace_id: {uuid4().hex})"}
    if code:
        content["error_uri"] = _EXPLAINED + code
    return Problem(json_answer(content, status=status))


def bad_grant(reason: str, code: str) -> Problem:
    """The error for a grant that does not authenticate the client."""
    return refusal("invalid_grant", f"Invalid assertion. Client authentication failed. {reason}".strip(), code)


def bad_parameter(reason: str = "Invalid parameter value") -> Problem:
    return refusal("invalid_request", f"Invalid assertion. {reason}", "MP-011")


def bad_scope() -> Problem:
    return refusal("invalid_scope", "Token request contains invalid scopes for client", "MP-200")


def not_delegated(consumer: str, scope: str, supplier: str) -> Problem:
    """403: the consumer has not delegated this right to the supplier in Altinn."""
    reason = f"Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}."
    return refusal("forbidden", reason, "MP-251", status=403)
