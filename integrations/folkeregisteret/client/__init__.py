"""The client of the population register. Only the gate may import it (an import contract checks that).

It follows Skatteetaten's OpenAPI 1.5 and later notices. It takes identifiers of 11 digits, parts and criteria, and
returns typed documents and identifiers. Every error is a PartyError and comes within the deadline of its operation.
"""

import httpx

from integrations.folkeregisteret.client.archive import Archive
from integrations.folkeregisteret.client.arguments import MOST_IN_BULK, Deadlines
from integrations.folkeregisteret.client.bulk import BulkAnswer, NoPerson
from integrations.folkeregisteret.client.events import Events, FeedPage
from integrations.folkeregisteret.client.extracts import Extracts
from integrations.folkeregisteret.client.persons import Persons
from integrations.folkeregisteret.doors import Door
from integrations.folkeregisteret.exchange import Exchange
from integrations.http.breaker import Breaker
from integrations.http.budget import RequestBudget
from integrations.http.retries import RetryBudget
from integrations.maskinporten.tokens import TokenSource

__all__ = ["MOST_IN_BULK", "BulkAnswer", "Deadlines", "FeedPage", "FolkeregisterClient", "NoPerson"]


class FolkeregisterClient(Persons, Extracts, Events, Archive):
    """All operations of the register through one door. Safe between threads.

    Tokens, connections, the breaker and quota of an address, and the retries of a process are passed in, so that
    clients can share them. A client makes its own when one is not passed; without a budget it keeps no quota.
    """

    def __init__(
        self,
        *,
        door: Door,
        tokens: TokenSource,
        http: httpx.Client | None = None,
        deadlines: Deadlines | None = None,
        breaker: Breaker | None = None,
        budget: RequestBudget | None = None,
        retries: RetryBudget | None = None,
    ) -> None:
        self._exchange = Exchange(door=door, tokens=tokens, http=http, breaker=breaker, budget=budget, retries=retries)
        self._deadlines = deadlines or Deadlines()
        self._dialect = door.dialect
