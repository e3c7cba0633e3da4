"""What is read out of single variables, beside what the whole settings say."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from fiksreg.demo.data import FJELLRO, HAVBRIS
from fiksreg.demo.environment import DELEGATING, OWNER
from fiksreg.environment import address, doors, positive, require_one
from integrations.folkeregisteret.doors import SkatteetatenDoor
from roles.doors import door_of


@pytest.mark.parametrize("given", [{}, {"ONE": " "}, {"ONE": "a", "OTHER": "b"}], ids=["none", "blank", "both"])
def test_exactly_one_of_two_must_be_said(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="Exactly one of ONE and OTHER must be set"):
        require_one("ONE", "OTHER")


def test_the_one_that_is_said_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER", "b")
    assert require_one("ONE", "OTHER") == "OTHER"


@pytest.mark.parametrize(("text", "number"), [("", 7), ("1", 1), ("60000", 60_000)])
def test_a_number_has_a_default(monkeypatch: pytest.MonkeyPatch, text: str, number: int) -> None:
    monkeypatch.setenv("FIGURE", text)
    assert positive("FIGURE", default=7) == number


@pytest.mark.parametrize("text", ["plenty", "0", "-5", "1.5", "٧"])
def test_only_a_number_above_zero_is_accepted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("FIGURE", text)
    with pytest.raises(ImproperlyConfigured, match="FIGURE must be a whole number above zero"):
        positive("FIGURE", default=7)


def test_doors_out_of_shape_are_refused_by_the_name_of_their_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORS", "hemmelig")
    with pytest.raises(ImproperlyConfigured, match=r"^DOORS is no JSON$"):
        doors("DOORS", address="https://register.example")


@pytest.mark.parametrize(
    ("kind", "text", "will_do"),
    [
        ("production", "https://register.example", True),
        ("production", "http://127.0.0.1:8090", False),
        ("demo", "http://127.0.0.1:8090", True),
        ("demo", "local", False),
        ("demo", "", True),
    ],
)
def test_an_address_outside_is_one_and_in_production_is_behind_tls(
    monkeypatch: pytest.MonkeyPatch, kind: str, text: str, will_do: bool
) -> None:
    monkeypatch.setenv("FIKSREG_ENVIRONMENT", kind)
    monkeypatch.setenv("SOMEWHERE", text)
    if will_do:
        assert address("SOMEWHERE") == text
    else:
        with pytest.raises(ImproperlyConfigured, match="SOMEWHERE must be an address that begins with https://"):
            address("SOMEWHERE")


def test_an_organisation_with_two_doors_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORS", '{"310000019": {"kind": "skatteetaten"}, "310000019": {"kind": "skatteetaten"}}')
    with pytest.raises(ImproperlyConfigured, match=r"^DOORS names 310000019 twice"):
        doors("DOORS", address="https://register.example")


def test_the_demos_second_kommune_is_asked_for_by_its_delegation_to_the_first() -> None:
    assert (HAVBRIS.organisation_number, FJELLRO.organisation_number) == (OWNER, DELEGATING)
    assert [door_of(number).consumer_org for number in (OWNER, DELEGATING)] == ["", DELEGATING]
    assert isinstance(door_of(OWNER), SkatteetatenDoor)
