"""The register's own two doors, one for each rights package, and the interface of every door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, accepts_json, has_unknown_headers
from integrations.simulator.maskinporten.scopes import REGISTER_SCOPES
from integrations.simulator.maskinporten.tokens import Token, Tokens
from integrations.simulator.problems import forbidden, invalid, not_acceptable, unauthenticated

#: The path's prefix. Its order differs between the packages (contract section 1.1).
PREFIXES: Final[Mapping[RightsPackage, str]] = {
    RightsPackage.WITH_LEGAL_BASIS: "/folkeregisteret/offentlig-med-hjemmel/api/v1/",
    RightsPackage.WITHOUT_LEGAL_BASIS: "/folkeregisteret/api/offentligutenhjemmel/v1/",
}


@dataclass(frozen=True, slots=True)
class Admitted:
    """organisation: the number of the organisation that the register answers to."""

    organisation: str
    package: RightsPackage


@dataclass(frozen=True, slots=True)
class Served:
    """The organisations that the register has agreed to serve, with their packages; an empty mapping serves everybody.

    The register checks the organisation as well as the scope (contract section 1.2), at every door.
    """

    packages: Mapping[str, tuple[RightsPackage, ...]]

    def check(self, admitted: Admitted) -> None:
        """Raises Problem 403 for an organisation or a package that is not served."""
        if self.packages and admitted.package not in self.packages.get(admitted.organisation, ()):
            raise forbidden("Virksomheten har ikke tilgang til rettighetspakken.")


class Door(Protocol):
    """A door: the paths that lead through it, and who is let in."""

    @property
    def name(self) -> str: ...

    def below(self, path: str) -> str | None:
        """The rest of a path below this door; None for a path that does not lead here."""

    def package(self, path: str) -> RightsPackage | None:
        """The rights package of a path; None when the path does not tell it."""

    def admit(self, call: Call) -> Admitted:
        """Who is let in with this call. Raises Problem with the errors of the door's owner."""


@dataclass(frozen=True, slots=True)
class SkatteetatenDoor:
    """One of the register's own doors, for one package. The token's scope must be the package's."""

    of: RightsPackage
    tokens: Tokens

    @property
    def name(self) -> str:
        return "skatteetaten"

    def below(self, path: str) -> str | None:
        prefix = PREFIXES[self.of]
        return path.removeprefix(prefix) if path.startswith(prefix) else None

    def package(self, _path: str) -> RightsPackage:
        return self.of

    def admit(self, call: Call) -> Admitted:
        """Who is let in with this call. Raises Problem 400 for an unknown header, 406, 401 or 403."""
        if has_unknown_headers(call):
            raise invalid("Ukjent header.")
        if not accepts_json(call):
            raise not_acceptable()
        return Admitted(self._token(call).consumer, self.of)

    def _token(self, call: Call) -> Token:
        token = self.tokens.bearer(call.authorization)
        if token is None:
            raise unauthenticated()
        if REGISTER_SCOPES[self.of] not in token.scopes:
            raise forbidden()
        return token


def skatteetaten(tokens: Tokens) -> Iterator[SkatteetatenDoor]:
    return (SkatteetatenDoor(package, tokens) for package in PREFIXES)
