"""What can go wrong with the population register alone; what can with every outside party is in integrations.http."""

from integrations.http.errors import Fault, PartyError


class TooManyHits(PartyError):
    """More than the register gives out of one search (10 000): the search must be narrowed."""

    fault = Fault.CALLERS


class ExtractGone(PartyError):
    """The extract job or batch does not exist (410): order it anew."""


class FeedTooOld(PartyError):
    """Events from so long ago (36 months) are deleted (406): begin anew from what the register holds now."""

    fault = Fault.CALLERS


class DocumentGone(PartyError):
    """The archived document is deleted, as all are after 36 months (400)."""

    fault = Fault.CALLERS
