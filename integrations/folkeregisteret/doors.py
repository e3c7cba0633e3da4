"""The doors to the register: the address, the form of the paths, the scope and the headers of each.

Skatteetaten has a door for each rights package. KS Fiks has one door before both, where a role decides the package
(contract section 1.1, Fiks' public facts on integrations).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Final, Literal, Protocol

import msgspec

from integrations.folkeregisteret.elements import PROTECTION_PART, RightsPackage
from integrations.http.errors import Cause, Unconfigured

_LEGAL_CAPACITY: Final = frozenset({"RettsligHandleevne", "rettsligHandleevne"})


class Dialect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a register behaves where its sources disagree (contract section 8). The defaults follow the newest source.

    legal_capacity_part (5): the spelling of the part, by the documentation or as the property.
    duf_parameter (4): the spelling of the parameter of the unique search, by the OpenAPI file or the documentation.
    unique_search (4): the combinations that give a right to a hit, by the page of 2026 or the OpenAPI file.
    most_documents_in_bulk (6): for events and archived documents no source gives a number; for persons it is 1000.
    protection_without_legal_basis (3): whether the package without legal basis may ask for a person's grading.
    retry_after (9): the unit. The register documents milliseconds, against the HTTP standard.
    """

    legal_capacity_part: Literal["RettsligHandleevne", "rettsligHandleevne"] = "RettsligHandleevne"
    duf_parameter: Literal[
        "utlendingsmyndighetenesidentifikasjonsnummer", "utlendingsmyndighetenesIdentifikasjonsnummer"
    ] = "utlendingsmyndighetenesidentifikasjonsnummer"
    unique_search: Literal["2026", "1.5"] = "2026"
    most_documents_in_bulk: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1000
    protection_without_legal_basis: bool = True
    retry_after: Literal["milliseconds", "seconds"] = "milliseconds"

    def parts(self, package: RightsPackage, parts: Collection[str]) -> frozenset[str]:
        """These parts in the register's spelling, without those that the package may not ask for."""
        spelled = {self.legal_capacity_part if part in _LEGAL_CAPACITY else part for part in parts}
        if package is RightsPackage.WITHOUT_LEGAL_BASIS and not self.protection_without_legal_basis:
            spelled.discard(PROTECTION_PART)
        return frozenset(spelled)


AS_DOCUMENTED: Final = Dialect()


class Door(Protocol):
    """What a client needs to know about its door."""

    @property
    def address(self) -> str:
        """Scheme, host and port, without a trailing slash."""

    @property
    def consumer_org(self) -> str:
        """The organisation that we ask on behalf of, by its delegation in Altinn; "" when the client asks for
        itself."""

    @property
    def dialect(self) -> Dialect: ...

    @property
    def packages(self) -> Sequence[RightsPackage]:
        """The rights packages that this door gives, at least one."""

    def scope(self, package: RightsPackage) -> str:
        """The scope that the access token must have."""

    def path(self, package: RightsPackage) -> str:
        """The path between the address and `/personer`. Raises Unconfigured when the door does not give the package."""

    def headers(self) -> Mapping[str, str]:
        """The headers to send in addition to the token."""


@dataclass(frozen=True, slots=True)
class SkatteetatenDoor:
    """The register's own door. The packages differ in the order of the path, and each has its own scope."""

    address: str
    consumer_org: str = ""
    dialect: Dialect = AS_DOCUMENTED

    def __post_init__(self) -> None:
        check_address(self.address)

    @property
    def packages(self) -> Sequence[RightsPackage]:
        return tuple(_PATHS)

    def scope(self, package: RightsPackage) -> str:
        return f"folkeregister:deling/{package}"

    def path(self, package: RightsPackage) -> str:
        return _PATHS[package]

    def headers(self) -> Mapping[str, str]:
        return _NO_HEADERS


@dataclass(frozen=True, slots=True, kw_only=True)
class FiksDoor:
    """The door of KS Fiks. roles: for each package the id of a role in Fiks; one of the two may be missing.

    The token belongs to the integration's own organisation; the role says which organisation we ask for.
    """

    address: str
    roles: Mapping[RightsPackage, str]
    integration_id: str
    integration_password: str = field(repr=False)
    dialect: Dialect = AS_DOCUMENTED

    def __post_init__(self) -> None:
        check_address(self.address)
        if not self.roles:
            raise Unconfigured(Cause.NO_ACCESS)

    @property
    def consumer_org(self) -> str:
        return ""

    @property
    def packages(self) -> Sequence[RightsPackage]:
        return tuple(self.roles)

    def scope(self, _package: RightsPackage) -> str:
        return "ks:fiks"

    def path(self, package: RightsPackage) -> str:
        if package not in self.roles:
            raise Unconfigured(Cause.NO_ACCESS)
        return f"/folkeregister/api/v1/{self.roles[package]}/v1"

    def headers(self) -> Mapping[str, str]:
        return {"IntegrasjonId": self.integration_id, "IntegrasjonPassord": self.integration_password}


_PATHS: Final = {
    RightsPackage.WITH_LEGAL_BASIS: "/folkeregisteret/offentlig-med-hjemmel/api/v1",
    RightsPackage.WITHOUT_LEGAL_BASIS: "/folkeregisteret/api/offentligutenhjemmel/v1",
}
_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


def check_address(address: str) -> None:
    """Raises Unconfigured for an address to which no request can be sent."""
    if not address.startswith(("http://", "https://")) or address.endswith("/"):
        raise Unconfigured(Cause.NO_CONNECTION)
