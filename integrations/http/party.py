"""One outside party, as a process sees it: its name, its circuit breaker and its quota."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from integrations.http.breaker import Breaker
from integrations.http.budget import RequestBudget
from integrations.http.errors import BEFORE_ASKING, PartyError, Unavailable


class Party:
    """One outside party. Safe between threads.

    name: the name in its errors. breaker, budget: may be shared by clients of the same party; without a budget no quota
    is kept.
    """

    def __init__(self, name: str, *, breaker: Breaker | None = None, budget: RequestBudget | None = None) -> None:
        self._name = name
        self._breaker = breaker or Breaker()
        self._budget = budget

    @contextmanager
    def asked(self) -> Iterator[None]:
        """A context for one request and the reading of its answer. Raises Unavailable while the breaker is open.

        An error inside gets the party's name, unless it has the name of another party that had to be asked first.
        """
        try:
            self._breaker.check()
            started = monotonic()
            yield
        except PartyError as error:
            error.party = error.party or self._name
            self._note(error)
            raise
        self._breaker.succeeded(seconds=monotonic() - started)

    def await_turn(self, deadline: float) -> None:
        """Waits until the quota lets one request pass. Raises Busy when that is after the deadline (time.monotonic)."""
        if self._budget:
            self._budget.take(deadline)

    def _note(self, error: PartyError) -> None:
        """Tells the breaker of an error, unless it says nothing about the party's state."""
        if isinstance(error, Unavailable) and error.cause not in BEFORE_ASKING:
            self._breaker.failed()
        elif error.cause not in BEFORE_ASKING:
            self._breaker.succeeded()
