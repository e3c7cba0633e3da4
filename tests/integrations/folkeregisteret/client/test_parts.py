"""The parts of every operation that has them are spelled, and left out, as the register at this door reads them."""

from collections.abc import Callable, Collection

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import UniqueCriteria
from integrations.folkeregisteret.doors import Dialect, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import InvalidRequest
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
ID = "55591b51-0000-4000-8000-000000000001"
UNIQUE = UniqueCriteria(navn="RAD FURE", postnummer="8340")
Operation = Callable[[FolkeregisterClient, RightsPackage, Collection[str]], object]
WITH_PARTS: dict[str, Operation] = {
    "person": lambda client, package, parts: client.person(package, A_NUMBER, parts),
    "bulk": lambda client, package, parts: client.bulk(package, [A_NUMBER], parts),
    "unique_search": lambda client, package, parts: client.unique_search(package, UNIQUE, parts),
    "archived": lambda client, package, parts: client.archived(package, ID, parts),
    "archived_bulk": lambda client, package, parts: client.archived_bulk(package, [ID], parts),
}


def asked(operation: str, package: RightsPackage, parts: Collection[str], dialect: Dialect) -> list[str]:
    """The parts that are sent to a register that speaks like this."""
    register = Register(httpx.Response(200, json=document() | {"oppslag": []}))
    client = client_of(register, door=SkatteetatenDoor("https://register.example", dialect=dialect))
    WITH_PARTS[operation](client, package, parts)
    return register.asked[0].url.params.get_list("part")


SPELLINGS = [Dialect(), Dialect(legal_capacity_part="rettsligHandleevne")]


@pytest.mark.parametrize("operation", WITH_PARTS)
@pytest.mark.parametrize("dialect", SPELLINGS, ids=lambda dialect: dialect.legal_capacity_part)
@pytest.mark.parametrize("part", ["RettsligHandleevne", "rettsligHandleevne"])
def test_legal_capacity_is_spelled_as_the_register_reads_it(operation: str, dialect: Dialect, part: str) -> None:
    assert asked(operation, WITH, [part, "navn"], dialect) == sorted([dialect.legal_capacity_part, "navn"])


@pytest.mark.parametrize("operation", ["person", "bulk", "unique_search"])
def test_the_grading_is_not_asked_for_where_the_package_may_not(operation: str) -> None:
    silent = Dialect(protection_without_legal_basis=False)
    assert asked(operation, WITHOUT, ["navn", "adressebeskyttelse"], silent) == ["navn"]
    assert asked(operation, WITH, ["navn", "adressebeskyttelse"], silent) == ["adressebeskyttelse", "navn"]
    with pytest.raises(InvalidRequest):
        asked(operation, WITHOUT, ["adressebeskyttelse"], silent)


@pytest.mark.parametrize("operation", WITH_PARTS)
@pytest.mark.parametrize("parts", [["hemmelig"], ["navn,status"], [""], []])
def test_an_unknown_part_and_none_at_all_are_never_sent(operation: str, parts: list[str]) -> None:
    with pytest.raises(InvalidRequest):
        asked(operation, WITH, parts, Dialect())
