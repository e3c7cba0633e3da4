"""The errors of the population register alone. Those of every outside party are in integrations.http."""

from integrations.http.errors import Fault, PartyError


class TooManyHits(PartyError):
    """The search has more hits than the register returns (10 000). It must be narrowed."""

    fault = Fault.CALLERS


class ExtractGone(PartyError):
    """The extract job or batch does not exist (410). It must be ordered again."""


class FeedTooOld(PartyError):
    """The events are older than 36 months and deleted (406). The consumer must start again from the register's data."""

    fault = Fault.CALLERS


class DocumentGone(PartyError):
    """The archived document was deleted (400), as each is after 36 months."""

    fault = Fault.CALLERS
