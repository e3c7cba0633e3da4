"""The organisation an employee chose to act for: Rich Authorization Requests (RFC 9396) at Ansattporten.

The setting OIDC_AUTHORIZATION_DETAILS holds what we ask for. Only answers to that are read. Pure functions of claims.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

CLAIM: Final = "authorization_details"
#: ISO 6523: the prefix of a number in Enhetsregisteret.
_NORWEGIAN: Final = "0192:"
#: For each type that Ansattporten documents: the field that lists the chosen organisations.
PARTIES: Final = {
    "ansattporten:orgno": "authorized_parties",
    "ansattporten:altinn:resource": "authorized_parties",
    "ansattporten:altinn:service": "reportees",
}

Details = Sequence[Mapping[str, Any]]


def as_parameter(asked: Details) -> str:
    """The parameter to send with the login, as JSON; "" when `asked` is empty."""
    return json.dumps(asked, separators=(",", ":")) if asked else ""


def organisation_represented(asked: Details, *sources: Mapping[str, Any]) -> str:
    """The number of the organisation that was chosen; "" when none or several were.

    asked: OIDC_AUTHORIZATION_DETAILS. sources: claims, of which the first with authorization_details counts.
    """
    said = next((source[CLAIM] for source in sources if CLAIM in source), None)
    numbers = set(_numbers(asked, said if isinstance(said, list) else []))
    return numbers.pop() if len(numbers) == 1 else ""


def _numbers(asked: Details, said: Iterable[object]) -> Iterator[str]:
    for detail in said:
        if isinstance(detail, dict) and any(_is_answer(detail, question) for question in asked):
            yield from filter(None, map(_number, _parties(detail)))


def _is_answer(detail: Mapping[str, Any], question: Mapping[str, Any]) -> bool:
    return all(detail.get(name) == question.get(name) for name in ("type", "resource"))


def _parties(detail: Mapping[str, Any]) -> list[object]:
    """The chosen parties of a detail. In an older form without a list, orgno stands beside the type."""
    parties = detail.get(PARTIES.get(str(detail.get("type")), ""))
    return [*(parties if isinstance(parties, list) else []), *([detail] if "orgno" in detail else [])]


def _number(party: object) -> str:
    named = party.get("orgno", party) if isinstance(party, dict) else None
    text = str(named.get("ID", "")) if isinstance(named, dict) else ""
    digits = text.removeprefix(_NORWEGIAN)
    return digits if len(digits) == 9 and digits.isascii() and digits.isdigit() else ""
