"""Searching in a register of 20,000. Processor time only."""

import time
from typing import Final

import pytest

from integrations.simulator.journal import Journal
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from integrations.simulator.tenor.directory import Directory
from integrations.simulator.tenor.reading import read_query
from integrations.simulator.tenor.search import found_by

SIZE: Final = 10_000
QUERIES: Final = (
    "",
    "personstatus: bosatt and kjoenn: kvinne and foedselsdato: [1980 to 1989]",
    "visningnavn: *a*",
    "sortland",
    "not (postadresse: * or har*: true)",
    'tenorRelasjoner.freg: {tenorRelasjonsnavn: "barn" and borMedMor: true and not fornavn: *a*}',
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    register = Simulator(Settings(size=SIZE)).register
    return Directory(register, Journal(register, "1"))


def test_the_index_is_made_once_and_a_search_takes_a_fraction_of_a_second(directory: Directory) -> None:
    """The first search makes the index: two to three seconds of it for these."""
    with directory.opened() as index:
        assert len(index.everyone) == 2 * SIZE
    for query in QUERIES:
        started = time.process_time()
        with directory.opened() as index:
            assert found_by(read_query(query), index)
        assert time.process_time() - started < 0.5
