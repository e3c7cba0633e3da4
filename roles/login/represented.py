"""Whom somebody acts for, where the provider lets them choose: Rich Authorization Requests (RFC 9396) at Ansattporten.

What is asked for stands in OIDC_AUTHORIZATION_DETAILS, and only an answer to that is read. Pure functions of claims.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

CLAIM: Final = "authorization_details"
#: ISO 6523: the prefix of a number in Enhetsregisteret.
_NORWEGIAN: Final = "0192:"
#: Where each type that Ansattporten documents lists the organisations somebody chose.
PARTIES: Final = {
    "ansattporten:orgno": "authorized_parties",
    "ansattporten:altinn:resource": "authorized_parties",
    "ansattporten:altinn:service": "reportees",
}

Details = Sequence[Mapping[str, Any]]


def as_parameter(asked: Details) -> str:
    """What is sent with the login; "" where nothing is asked for."""
    return json.dumps(asked, separators=(",", ":")) if asked else ""


def organisation_represented(asked: Details, *sources: Mapping[str, Any]) -> str:
    """The number of the one organisation that was chosen; "" for none, and for several: then nobody knows which."""
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
    """orgno stands among the parties, or beside the type, as it did before there could be several."""
    parties = detail.get(PARTIES.get(str(detail.get("type")), ""))
    return [*(parties if isinstance(parties, list) else []), *([detail] if "orgno" in detail else [])]


def _number(party: object) -> str:
    named = party.get("orgno", party) if isinstance(party, dict) else None
    text = str(named.get("ID", "")) if isinstance(named, dict) else ""
    digits = text.removeprefix(_NORWEGIAN)
    return digits if len(digits) == 9 and digits.isascii() and digits.isdigit() else ""
