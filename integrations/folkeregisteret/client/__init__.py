"""The register's operations. Imported by the gate alone (an import contract holds that).

Follows Skatteetaten's OpenAPI 1.5 and later notices. In: identifiers of 11 digits, parts, criteria. Out: typed
documents and identifiers. Every error is a FolkeregisterError, within the deadline of its operation.
"""

import httpx

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.breaker import Breaker
from integrations.folkeregisteret.client.archive import Archive
from integrations.folkeregisteret.client.asking import MOST_IN_BULK, Deadlines
from integrations.folkeregisteret.client.bulk import BulkAnswer, NoPerson
from integrations.folkeregisteret.client.events import Events, FeedPage
from integrations.folkeregisteret.client.extracts import Extracts
from integrations.folkeregisteret.client.persons import Persons
from integrations.folkeregisteret.doors import Dialect
from integrations.folkeregisteret.exchange import Exchange

__all__ = ["MOST_IN_BULK", "BulkAnswer", "Deadlines", "FeedPage", "FolkeregisterClient", "NoPerson"]


class FolkeregisterClient(Persons, Extracts, Events, Archive):
    """One per process: it holds the connections. Safe between threads."""

    def __init__(
        self,
        *,
        base_url: str,
        tokens: TokenSource,
        http: httpx.Client | None = None,
        deadlines: Deadlines | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._exchange = Exchange(base_url=base_url, tokens=tokens, http=http, breaker=breaker)
        self._deadlines = deadlines or Deadlines()
        self._dialect = Dialect()
