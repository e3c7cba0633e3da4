"""What each door wants to see of a client, and what the sources disagree about."""

import pytest

from integrations.folkeregisteret.doors import AS_DOCUMENTED, Dialect, Door, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Unconfigured

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
OWN = SkatteetatenDoor("https://register.example")
FIKS = FiksDoor(
    address="https://fiks.example",
    roles={WITH: "role-1", WITHOUT: "role-2"},
    integration_id="case-system",
    integration_password="a-password-of-fiks",
)


@pytest.mark.parametrize(
    ("door", "package", "path", "scope"),
    [
        (OWN, WITH, "/folkeregisteret/offentlig-med-hjemmel/api/v1", "folkeregister:deling/offentligmedhjemmel"),
        (OWN, WITHOUT, "/folkeregisteret/api/offentligutenhjemmel/v1", "folkeregister:deling/offentligutenhjemmel"),
        (FIKS, WITH, "/folkeregister/api/v1/role-1/v1", "ks:fiks"),
        (FIKS, WITHOUT, "/folkeregister/api/v1/role-2/v1", "ks:fiks"),
    ],
)
def test_each_door_has_its_own_order_of_the_path_and_its_own_scope(
    door: Door, package: RightsPackage, path: str, scope: str
) -> None:
    assert (door.path(package), door.scope(package)) == (path, scope)


def test_fiks_wants_to_know_the_integration_and_the_register_does_not() -> None:
    assert FIKS.headers() == {"IntegrasjonId": "case-system", "IntegrasjonPassord": "a-password-of-fiks"}
    assert OWN.headers() == {}


def test_the_password_of_an_integration_is_never_written_out() -> None:
    assert "a-password-of-fiks" not in f"{FIKS!r}{FIKS}"


def test_a_package_without_a_role_in_fiks_is_not_to_be_had() -> None:
    door = FiksDoor(address="https://fiks.example", roles={WITH: "r"}, integration_id="i", integration_password="p")
    with pytest.raises(Unconfigured):
        door.path(WITHOUT)


@pytest.mark.parametrize("address", ["", "register.example", "ftp://register.example", "https://register.example/"])
def test_a_door_without_a_usable_address_is_unconfigured(address: str) -> None:
    with pytest.raises(Unconfigured):
        SkatteetatenDoor(address)


@pytest.mark.parametrize(
    ("dialect", "package", "asked"),
    [
        (AS_DOCUMENTED, WITH, {"navn", "RettsligHandleevne", "adressebeskyttelse"}),
        (AS_DOCUMENTED, WITHOUT, {"navn", "RettsligHandleevne", "adressebeskyttelse"}),
        (
            Dialect(legal_capacity_part="rettsligHandleevne"),
            WITH,
            {"navn", "rettsligHandleevne", "adressebeskyttelse"},
        ),
        (Dialect(protection_without_legal_basis=False), WITH, {"navn", "RettsligHandleevne", "adressebeskyttelse"}),
        (Dialect(protection_without_legal_basis=False), WITHOUT, {"navn", "RettsligHandleevne"}),
    ],
)
def test_parts_are_asked_for_as_the_register_reads_its_sources(
    dialect: Dialect, package: RightsPackage, asked: set[str]
) -> None:
    assert dialect.parts(package, ["navn", "RettsligHandleevne", "adressebeskyttelse"]) == asked
    assert dialect.parts(package, {"navn", "rettsligHandleevne", "adressebeskyttelse"}) == asked
