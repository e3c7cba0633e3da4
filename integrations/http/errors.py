"""What can go wrong between us and an outside party, each error carrying the decision it asks for.

An error is made of a cause from a closed list, an HTTP status and the party's own error code: never of text from an
answer or a URL, so nothing personal can stand in it.
"""

import re
from enum import StrEnum

_CODE = re.compile(r"[A-Za-z]{2,12}-\d{1,6}")


class Fault(StrEnum):
    """Whose the error is: the installation's (settings, rights), the caller's (input), the party's."""

    OURS = "ours"
    CALLERS = "callers"
    THEIRS = "theirs"


class Cause(StrEnum):
    """What was seen."""

    UNSPECIFIED = "unspecified"
    NO_CONNECTION = "no connection"
    TIMEOUT = "no answer in time"
    SERVER_ERROR = "server error"
    BREAKER_OPEN = "not asked, since the last calls failed"
    NO_ACCESS = "no access token"
    STATUS = "unexpected status"
    HTML = "a web page instead of data"
    CONTENT_TYPE = "wrong content type"
    TRUNCATED = "a cut-off answer"
    TOO_LARGE = "an answer larger than any can be"
    NOT_UNDERSTOOD = "an answer that cannot be read"
    ERROR_INSIDE = "an error inside a successful answer"
    NOT_ASKED_FOR = "somebody who was not asked about"
    REDIRECT = "a redirect"
    INPUT = "input that is never sent"
    OWN_QUOTA = "not asked, since our share of the quota is used up"


#: What is found out before the party is asked, and so says nothing about how it is.
BEFORE_ASKING = frozenset({Cause.BREAKER_OPEN, Cause.NO_ACCESS, Cause.INPUT, Cause.OWN_QUOTA})


class PartyError(Exception):
    """Base of all: retryable says whether asking again later may help, fault whose it is.

    sent: whether the question may have reached the party, so that asking again might do a thing twice. party: its name,
    "" until integrations.http.party knows it.
    """

    retryable: bool = False
    fault: Fault = Fault.THEIRS
    sent: bool = True
    party: str = ""

    def __init__(self, cause: Cause = Cause.UNSPECIFIED, status: int | None = None, code: str = "") -> None:
        """code: the party's own error code; what does not look like one is dropped."""
        self.cause = cause
        self.status = status
        self.code = code if _CODE.fullmatch(code) else ""
        super().__init__(self.cause, self.status, self.code)

    def __str__(self) -> str:
        seen = [f"{type(self).__name__}: {self.cause}", f"HTTP {self.status}" if self.status else "", self.code]
        said = ", ".join(text for text in seen if text)
        return f"{self.party}: {said}" if self.party else said

    __repr__ = __str__


class Unavailable(PartyError):
    """No connection, no answer in time, a server error, or not asked because of those."""

    retryable = True

    def __init__(
        self, cause: Cause = Cause.UNSPECIFIED, status: int | None = None, code: str = "", *, sent: bool = True
    ) -> None:
        super().__init__(cause, status, code)
        self.sent = sent


class Busy(PartyError):
    """The quota is used up: the party says so (429), or we do before it has to. retry_after: seconds at least."""

    retryable = True
    fault = Fault.OURS

    def __init__(self, retry_after: float = 1.0, code: str = "", cause: Cause = Cause.STATUS) -> None:
        super().__init__(cause, 429 if cause is Cause.STATUS else None, code)
        self.retry_after = retry_after
        self.args = (retry_after, self.code, cause)


class Refused(PartyError):
    """The party does not know us or does not let us in (401, 403): a matter of set-up, never of the user."""

    fault = Fault.OURS


class Unconfigured(PartyError):
    """The address, the client or its key is missing or unusable."""

    fault = Fault.OURS


class InvalidRequest(PartyError):
    """The party, or we before it, found the question malformed (400)."""

    fault = Fault.CALLERS


class UnexpectedAnswer(PartyError):
    """Something that is no answer of the party's; it may pass, since it often is a proxy speaking.

    A redirect or a status without a meaning will not pass: we ask at a wrong address. A 400 or 403 in HTML is a
    firewall before the party, which dislikes something in the question; any other refusal that is not the party's comes
    from something we are set up to go through.
    """

    retryable = True

    def __init__(self, cause: Cause = Cause.UNSPECIFIED, status: int | None = None, code: str = "") -> None:
        super().__init__(cause, status, code)
        if cause in (Cause.REDIRECT, Cause.STATUS):
            self.retryable, self.fault = False, Fault.OURS
        elif cause is Cause.HTML and status in (400, 403):
            self.fault = Fault.CALLERS
        elif cause is Cause.TOO_LARGE:
            self.retryable = False
        elif cause in (Cause.HTML, Cause.CONTENT_TYPE) and 400 <= (status or 0) < 500:
            self.fault = Fault.OURS
