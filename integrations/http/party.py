"""One outside party, as a process knows it: by name, by whether it answers, and by how often it may be asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from integrations.http.breaker import Breaker
from integrations.http.budget import RequestBudget
from integrations.http.errors import BEFORE_ASKING, PartyError, Unavailable


class Party:
    """Safe between threads.

    name: stands in its errors. breaker and budget may be shared by those who ask the same party; without a budget no
    quota is kept.
    """

    def __init__(self, name: str, *, breaker: Breaker | None = None, budget: RequestBudget | None = None) -> None:
        self._name = name
        self._breaker = breaker or Breaker()
        self._budget = budget

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Goes around one question and the reading of its answer. Raises Unavailable while the breaker is open.

        An error from within is named after the party, unless it has the name of another that had to be asked first.
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
        """Waits until the quota lets one request pass. deadline: time.monotonic. Raises Busy where that is too late."""
        if self._budget:
            self._budget.take(deadline)

    def _note(self, error: PartyError) -> None:
        """The breaker is told of an error that says something about how the party is."""
        if isinstance(error, Unavailable) and error.cause not in BEFORE_ASKING:
            self._breaker.failed()
        elif error.cause not in BEFORE_ASKING:
            self._breaker.succeeded()
