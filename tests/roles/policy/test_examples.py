"""The invented persons: synthetic, complete, and shown as the gate would show them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import roles.policy.examples
from integrations.folkeregisteret.documents import current_number
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.folkeregisteret.identifiers import Synthetic, parse
from roles.policy.examples import EXAMPLES, Shown, show_example
from roles.policy.explanations import Draft, Reason
from roles.policy.permitted import State
from tests.roles.policy.test_explanations import Area, Basis

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVERY = Basis("Alt", sorted(ELEMENTS), confidential=True)
ADDRESS = "bostedsadresse"


def seen(example: str, *, but: frozenset[str] = frozenset(), special_right: bool = False) -> Shown:
    draft = Draft([EVERY], ELEMENTS.keys() - but, Area())
    return show_example(EXAMPLES[example], draft, confidential_addresses=special_right, now=NOW)


def test_every_number_in_the_documents_is_synthetic() -> None:
    documents = Path(roles.policy.examples.__file__).with_name("documents").glob("*.json")
    numbers = {number for document in documents for number in re.findall(r"\b\d{11}\b", document.read_text())}
    assert len(numbers) > len(EXAMPLES)
    assert {parse(number).synthetic for number in numbers} == {Synthetic.SKATTEETATEN}


def test_one_example_has_something_in_every_element() -> None:
    assert seen("alt").record.delivered == ELEMENTS.keys()


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_every_element_of_every_example_is_explained(example: str) -> None:
    assert seen(example).explanations.keys() == ELEMENTS.keys()
    assert seen(example).number == current_number(EXAMPLES[example].record)


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_a_role_that_opens_nothing_shows_nothing_of_any_example(example: str) -> None:
    nothing = show_example(EXAMPLES[example], Draft([EVERY], (), Area()), confidential_addresses=True, now=NOW)
    assert nothing.record.delivered == frozenset()
    assert {explanation.reason for explanation in nothing.explanations.values()} == {Reason.NOT_CHOSEN}


@pytest.mark.parametrize(
    ("example", "special_right", "state", "reason"),
    [
        ("familie", False, State.VALUE, Reason.OPENED),
        ("klientadresse", False, State.VALUE, Reason.OPENED),
        ("fortrolig", False, State.PROTECTED, Reason.PROTECTED),
        ("fortrolig", True, State.PROTECTED, Reason.PROTECTED),
        ("fortrolig-begrunnet", False, State.PROTECTED, Reason.PROTECTED),
        ("fortrolig-begrunnet", True, State.VALUE, Reason.OPENED),
        ("strengt-fortrolig", True, State.PROTECTED, Reason.PROTECTED),
        ("husstand", True, State.PROTECTED, Reason.PROTECTED),
    ],
)
def test_an_address_is_shown_as_the_gate_would_show_it(
    example: str, special_right: bool, state: State, reason: Reason
) -> None:
    answer = seen(example, special_right=special_right)
    assert (answer.record[ADDRESS].state, answer.explanations[ADDRESS].reason) == (state, reason)


def test_a_client_address_alone_is_hidden() -> None:
    assert seen("klientadresse").explanations["oppholdsadresse"].reason is Reason.PROTECTED


def test_a_confidential_address_is_not_opened_without_the_grading() -> None:
    answer = seen("fortrolig-begrunnet", but=frozenset({"adressebeskyttelse"}), special_right=True)
    assert answer.explanations[ADDRESS].reason is Reason.PROTECTED


def test_no_relative_is_read_where_the_role_opens_no_relations() -> None:
    relations = frozenset({"familierelasjon", "foreldreansvar", "sivilstand.relatertVedSivilstand"})
    assert seen("husstand", but=relations).record[ADDRESS].state is State.VALUE
