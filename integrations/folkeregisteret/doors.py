"""The doors to the register: where each stands, in which order its path goes, and what it wants to see of us.

Skatteetaten has one for each rights package; KS Fiks has one before both, where a role decides which package it is
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
    """How a register reads what its sources disagree about (contract section 8). What is unsaid follows the newest.

    legal_capacity_part (5): the part as the documentation spells it, or as the property is spelled.
    duf_parameter (4): of the unique search, as the OpenAPI file spells it, or as the documentation does.
    unique_search (4): whose combinations give a right to a hit, the page's of 2026 or the OpenAPI file's.
    most_documents_in_bulk (6): no number is written down for events and archived documents; persons have 1000.
    protection_without_legal_basis (3): whether that package may ask for the grading of a person.
    retry_after (9): the unit; milliseconds is what the register documents, against the HTTP standard.
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
        """These parts as the register spells them, without what the package may not ask for."""
        spelled = {self.legal_capacity_part if part in _LEGAL_CAPACITY else part for part in parts}
        if package is RightsPackage.WITHOUT_LEGAL_BASIS and not self.protection_without_legal_basis:
            spelled.discard(PROTECTION_PART)
        return frozenset(spelled)


AS_DOCUMENTED: Final = Dialect()


class Door(Protocol):
    """What a client must know about the door it goes through."""

    @property
    def address(self) -> str:
        """Scheme, host and port, without a slash behind."""

    @property
    def consumer_org(self) -> str:
        """The organisation we ask on behalf of, by its delegation in Altinn; "" when the client asks for itself."""

    @property
    def dialect(self) -> Dialect: ...

    @property
    def packages(self) -> Sequence[RightsPackage]:
        """Those that are to be had here, at least one."""

    def scope(self, package: RightsPackage) -> str:
        """What the access token must open."""

    def path(self, package: RightsPackage) -> str:
        """What stands between the address and `/personer`. Raises Unconfigured where the package is not to be had."""

    def headers(self) -> Mapping[str, str]:
        """What is sent beside the token."""


@dataclass(frozen=True, slots=True)
class SkatteetatenDoor:
    """The register's own: the order of the path differs between the packages, and each has a scope of its own."""

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
    """KS Fiks. roles: the id of the role in Fiks that stands for each package; one of the two may be missing.

    The token is the integration's own organisation's: which organisation is asked for, the role says.
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
    """Raises Unconfigured for what no request can be sent to."""
    if not address.startswith(("http://", "https://")) or address.endswith("/"):
        raise Unconfigured(Cause.NO_CONNECTION)
