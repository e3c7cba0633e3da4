"""Which organisation goes through which door is read strictly, and no password is ever repeated."""

import json
import re
from typing import Any

import pytest

from integrations.folkeregisteret.doors import AS_DOCUMENTED, Dialect, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.doorsettings import parse_doors
from integrations.folkeregisteret.elements import RightsPackage

ADDRESS = "https://register.example"
NORDVAAG, SOERDAL = "310000019", "310000027"
FIKS: dict[str, Any] = {
    "kind": "fiks",
    "url": "https://fiks.example/",
    "integration_id": "case-system",
    "integration_password": "a-password-of-fiks",
    "role_with_legal_basis": "role-1",
    "role_without_legal_basis": "role-2",
}


def test_each_organisation_has_its_own_door() -> None:
    doors = parse_doors(
        json.dumps({NORDVAAG: {"kind": "skatteetaten", "delegated": True}, SOERDAL: FIKS}), address=ADDRESS
    )
    assert doors == {
        NORDVAAG: SkatteetatenDoor(ADDRESS, NORDVAAG),
        SOERDAL: FiksDoor(
            address="https://fiks.example",
            roles={RightsPackage.WITH_LEGAL_BASIS: "role-1", RightsPackage.WITHOUT_LEGAL_BASIS: "role-2"},
            integration_id="case-system",
            integration_password="a-password-of-fiks",
        ),
    }


def test_an_organisation_without_delegation_is_asked_for_in_the_clients_own_name() -> None:
    assert parse_doors(json.dumps({NORDVAAG: {"kind": "skatteetaten"}}), address=ADDRESS)[NORDVAAG].consumer_org == ""


def test_a_role_in_fiks_may_be_missing() -> None:
    one = {name: value for name, value in FIKS.items() if name != "role_without_legal_basis"}
    assert parse_doors(json.dumps({NORDVAAG: one}), address="")[NORDVAAG].packages == (RightsPackage.WITH_LEGAL_BASIS,)


@pytest.mark.parametrize("text", ["", " ", "{}"])
def test_the_setting_may_be_empty(text: str) -> None:
    assert parse_doors(text, address=ADDRESS) == {}


@pytest.mark.parametrize("kind", [{"kind": "skatteetaten"}, FIKS])
def test_each_door_may_have_a_dialect(kind: dict[str, Any]) -> None:
    spoken = {**kind, "dialect": {"unique_search": "1.5", "retry_after": "seconds"}}
    assert parse_doors(json.dumps({NORDVAAG: kind}), address=ADDRESS)[NORDVAAG].dialect == AS_DOCUMENTED
    assert parse_doors(json.dumps({NORDVAAG: spoken}), address=ADDRESS)[NORDVAAG].dialect == Dialect(
        unique_search="1.5", retry_after="seconds"
    )


SECRET = "hemmelig"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (SECRET, "is no JSON"),
        ({"31000001": {"kind": "skatteetaten"}}, "matching regex"),
        ({NORDVAAG: {"kind": SECRET}}, "unknown choice"),
        ({NORDVAAG: {}}, "missing required field `kind`"),
        ({NORDVAAG: {"kind": "skatteetaten", "deleagted": True}}, "unknown field `deleagted`"),
        ({NORDVAAG: {"kind": "skatteetaten", "delegated": SECRET}}, "Expected `bool`"),
        ({NORDVAAG: {"kind": "skatteetaten", "dialect": {"retry_after": SECRET}}}, "unknown choice"),
        ({NORDVAAG: {"kind": "skatteetaten", "dialect": {"most_documents_in_bulk": 0}}}, "`int` >= 1"),
        ({NORDVAAG: {**FIKS, "integration_password": 5}}, "integration_password"),
        ({NORDVAAG: {**FIKS, "integration_password": f"{SECRET} \n"}}, "integration_password"),
        ({NORDVAAG: {**FIKS, "role_with_legal_basis": f"../{SECRET}"}}, "role_with_legal_basis"),
        ({NORDVAAG: {**FIKS, "role_with_legal_basis": "", "role_without_legal_basis": ""}}, "every role"),
        ({NORDVAAG: {**FIKS, "url": SECRET}}, "usable address"),
        ({NORDVAAG: {name: value for name, value in FIKS.items() if name != "url"}}, "missing required field `url`"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_error_in_the_setting_names_the_place_but_not_the_value(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as raised:
        parse_doors(wrong if isinstance(wrong, str) else json.dumps(wrong), address=ADDRESS)
    assert not any(secret in str(raised.value) for secret in (SECRET, "a-password-of-fiks"))
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ('{"%s": {"kind": "skatteetaten"}, "%s": {"kind": "skatteetaten", "delegated": true}}', NORDVAAG),
        ('{"%s": {"kind": "skatteetaten", "delegated": true, "delegated": false}, "%s": {"kind": "skatteetaten"}}', ""),
    ],
    ids=["an organisation", "a name within its door"],
)
def test_a_repeated_name_is_refused(text: str, twice: str) -> None:
    with pytest.raises(ValueError, match=f"names {twice or 'delegated'} twice"):
        parse_doors(text % (NORDVAAG, twice or SOERDAL), address=ADDRESS)


def test_the_same_door_may_serve_two_organisations() -> None:
    assert parse_doors(json.dumps({NORDVAAG: FIKS, SOERDAL: FIKS}), address="").keys() == {NORDVAAG, SOERDAL}


def test_the_registers_own_door_needs_the_registers_address() -> None:
    with pytest.raises(ValueError, match="usable address"):
        parse_doors(json.dumps({NORDVAAG: {"kind": "skatteetaten"}}), address="")
