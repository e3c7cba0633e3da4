"""The third door: KS Fiks, which asks the register on behalf of an organisation, within a role (Fiks' public facts).

Fiks has an error body of its own for what it refuses, and passes on the register's answers. A role's parts limit the
operations that answer with person documents. No source says what they mean for thick events, so there they limit
nothing.
"""

import hmac
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from uuid import uuid4

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, accepts_json, has_unknown_headers
from integrations.simulator.doors.doors import Admitted
from integrations.simulator.maskinporten.scopes import FIKS_SCOPE
from integrations.simulator.maskinporten.tokens import Token, Tokens
from integrations.simulator.problems import Problem, json_answer
from integrations.simulator.register.parts import properties_asked

_PREFIX: Final = "/folkeregister/api/v1/"
_VERSION: Final = "v1"
_ID, _PASSWORD = "HTTP_INTEGRASJONID", "HTTP_INTEGRASJONPASSORD"
_TAKES_PARTS: Final = ("personer",)
_WITHOUT_PARTS: Final = frozenset({"soek"})


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role in an organisation: one package, and the parts that may be asked for, by the register's names."""

    id: str
    organisation: str
    package: RightsPackage
    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        try:
            properties_asked(self.package, self.parts)
        except Problem:
            raise ValueError(f"role {self.id} names a part that its package does not have") from None

    def allows(self, parts: tuple[str, ...]) -> bool:
        """Whether all these parts may be asked for; no part means person-basis. Raises Problem as the register
        would."""
        asked, with_history = properties_asked(self.package, parts)
        properties, history = properties_asked(self.package, self.parts)
        return asked <= properties and (history or not with_history)


class Integration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case system. organisation: the owner of its tokens. roles: the ids of the roles it was given."""

    id: str
    password: str
    organisation: str
    roles: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Integration {self.id}>"

    def is_known_by(self, call: Call, token: Token) -> bool:
        """Whether the password is right and the token is its own organisation's."""
        given = str(call.environ.get(_PASSWORD, "")).encode("latin-1", "replace")
        return hmac.compare_digest(self.password.encode(), given) and self.organisation == token.consumer


class FiksSetUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The set-up that an administrator made in Fiks. A later entry replaces an earlier one with the same id."""

    roles: tuple[Role, ...] = ()
    integrations: tuple[Integration, ...] = ()


@dataclass(slots=True)
class FiksDoor:
    """Checks token, integration, role and parts, in this order."""

    tokens: Tokens
    _roles: dict[str, Role] = field(default_factory=dict)
    _integrations: dict[str, Integration] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return "fiks"

    def put(self, set_up: FiksSetUp) -> None:
        self._roles |= {role.id: role for role in set_up.roles}
        self._integrations |= {each.id: each for each in set_up.integrations}

    def below(self, path: str) -> str | None:
        _, version, rest = _parse_path(path)
        return rest if version == _VERSION else None

    def package(self, path: str) -> RightsPackage | None:
        role = self._role_in(path)
        return role.package if role else None

    def admit(self, call: Call) -> Admitted:
        """Raises Problem 400, 401, 403 or 406 with Fiks' error body."""
        if has_unknown_headers(call, known={_ID, _PASSWORD}):
            raise refusal(call, 400, "Ukjent header.")
        if not accepts_json(call):
            raise refusal(call, 406, "Accept må være application/json.")
        role = self._role(call, self._integration(call))
        if takes_parts(self.below(call.path) or "") and not role.allows(call.all_of("part")):
            raise refusal(call, 403, "Rollen har ikke tilgang til alle opplysningene det er spurt om.")
        return Admitted(role.organisation, role.package)

    def _role(self, call: Call, integration: Integration) -> Role:
        role = self._role_in(call.path)
        if role is None or role.id not in integration.roles:
            raise refusal(call, 403, "Integrasjonen har ikke tilgang til rollen.")
        return role

    def _role_in(self, path: str) -> Role | None:
        return self._roles.get(_parse_path(path)[0])

    def _integration(self, call: Call) -> Integration:
        """The integration that calls. The error never tells which of id, password and organisation is wrong."""
        token = self.tokens.bearer(call.authorization)
        if token is None or FIKS_SCOPE not in token.scopes:
            raise refusal(call, 401, "Klarte ikke å validere access_token")
        name = str(call.environ.get(_ID, ""))
        integration = self._integrations.get(name)
        if integration is None or not integration.is_known_by(call, token):
            raise refusal(call, 401, f"Autentisering feilet for integrasjon med id {name}")
        return integration


def takes_parts(resource: str) -> bool:
    """Whether a role's parts limit this resource: one that answers with persons. A search answers with numbers only."""
    kind, _, rest = resource.partition("/")
    return kind in _TAKES_PARTS and rest not in _WITHOUT_PARTS


def refusal(call: Call, status: int, message: str, code: str = "") -> Problem:
    """The error body of Fiks' APIs. It repeats the path that was called, with the number in it."""
    content: dict[str, object] = {
        "timestamp": int(time.time() * 1000),
        "status": status,
        "error": HTTPStatus(status).phrase,
        "errorId": str(uuid4()),
        "path": call.path,
        "message": message,
    }
    return Problem(json_answer(content | ({"errorCode": code} if code else {}), status=status))


def _parse_path(path: str) -> tuple[str, str, str]:
    """Role, version and resource; each "" when the path does not lead here."""
    if not path.startswith(_PREFIX):
        return "", "", ""
    role, _, rest = path.removeprefix(_PREFIX).partition("/")
    version, _, resource = rest.partition("/")
    return role, version, resource
