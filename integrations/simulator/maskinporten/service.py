"""The three addresses of Maskinporten: its metadata, its keys, and tokens for grants."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from integrations.simulator.calls import Call
from integrations.simulator.maskinporten.grants import Grants
from integrations.simulator.maskinporten.refusals import bad_parameter, refusal
from integrations.simulator.maskinporten.tokens import Tokens
from integrations.simulator.problems import Answer, json_answer, wrong_method

PREFIX: Final = "/maskinporten/"
GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address. name: the operation's name in faults and remembered calls."""

    name: str
    method: str
    answer: Callable[[Call], Answer]


class Maskinporten:
    """Maskinporten. issuer: its name, and the audience of grants; "" for the address that a caller uses."""

    def __init__(self, grants: Grants, tokens: Tokens, issuer: str = "") -> None:
        self.registry = grants.registry
        self.tokens = tokens
        self._grants = grants
        self._issuer = issuer
        self._endpoints = {
            "token": Endpoint("token", "POST", self._token),
            "jwks": Endpoint("jwks", "GET", lambda _: json_answer(tokens.key_set())),
            ".well-known/oauth-authorization-server": Endpoint("well-known", "GET", self._metadata),
        }

    def find(self, path: str) -> Endpoint | None:
        return self._endpoints.get(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None

    def answer(self, endpoint: Endpoint, call: Call) -> Answer:
        """The answer of an address. Raises Problem 400, 403 or 405."""
        if call.method != endpoint.method:
            raise wrong_method()
        return endpoint.answer(call)

    def _named(self, call: Call) -> str:
        return self._issuer or call.address + PREFIX

    def _metadata(self, call: Call) -> Answer:
        """The metadata (RFC 8414)."""
        base = call.address + PREFIX
        content = {
            "issuer": self._named(call),
            "token_endpoint": f"{base}token",
            "jwks_uri": f"{base}jwks",
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "grant_types_supported": [GRANT_TYPE],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        }
        return json_answer(content)

    def _token(self, call: Call) -> Answer:
        if call.content_type != _FORM:
            raise bad_parameter("The request is not a form")
        pairs = parse_qsl(call.body().decode("ascii", "replace"), keep_blank_values=True)
        form = dict(pairs)
        if len(form) < len(pairs) or form.keys() != {"grant_type", "assertion"}:
            raise bad_parameter("The form has other fields than grant_type and assertion")
        if form["grant_type"] != GRANT_TYPE:
            raise refusal("unsupported_grant_type", "Unsupported grant type")
        issuer = self._named(call)
        return json_answer(self.tokens.issue(self._grants.read(form["assertion"], issuer=issuer), issuer))
