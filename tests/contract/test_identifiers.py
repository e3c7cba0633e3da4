"""Our check of identifiers against the register owner's own numbers."""

import pytest

from integrations.folkeregisteret.identifiers import InvalidIdentifier, Synthetic, parse
from tests.contract.facts import vectors


@pytest.mark.parametrize("row", range(len(vectors())))
def test_each_of_the_register_owners_numbers_is_judged_as_they_judge_it(row: int) -> None:
    number, synthetic, valid = vectors()[row]
    if valid:
        assert (parse(number).synthetic is Synthetic.SKATTEETATEN) == synthetic
    else:
        with pytest.raises(InvalidIdentifier):
            parse(number)


def test_there_are_numbers_of_both_kinds() -> None:
    assert {valid for _, _, valid in vectors()} == {True, False}
