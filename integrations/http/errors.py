"""The errors of calls to an outside party. Each says whether a retry may help and whose fault it is.

An error consists of a cause from a closed list, an HTTP status and the party's own error code. It never holds text from
an answer or a URL, so it cannot hold personal data.
"""

import re
from enum import StrEnum

_CODE = re.compile(r"[A-Za-z]{2,12}-\d{1,6}")


class Fault(StrEnum):
    """Whose fault the error is: the installation's (settings, rights), the caller's (input) or the party's."""

    OURS = "ours"
    CALLERS = "callers"
    THEIRS = "theirs"


class Cause(StrEnum):
    """What was observed."""

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


#: Causes that are found before the party is asked, so they say nothing about the party's state.
BEFORE_ASKING = frozenset({Cause.BREAKER_OPEN, Cause.NO_ACCESS, Cause.INPUT, Cause.OWN_QUOTA})


class PartyError(Exception):
    """The base of all these errors. retryable: whether asking again later may help. fault: whose fault it is.

    sent: whether the request may have reached the party, so that a second one might do a thing twice. party: its name;
    "" until integrations.http.party sets it.
    """

    retryable: bool = False
    fault: Fault = Fault.THEIRS
    sent: bool = True
    party: str = ""

    def __init__(self, cause: Cause = Cause.UNSPECIFIED, status: int | None = None, code: str = "") -> None:
        """code: the party's own error code; a text that does not look like one is dropped."""
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
    """No connection, no answer in time, or a server error; or the party was not asked because of earlier ones."""

    retryable = True

    def __init__(
        self, cause: Cause = Cause.UNSPECIFIED, status: int | None = None, code: str = "", *, sent: bool = True
    ) -> None:
        super().__init__(cause, status, code)
        self.sent = sent


class Busy(PartyError):
    """The quota is used up, by the party's answer (429) or by our own count. retry_after: seconds to wait at least."""

    retryable = True
    fault = Fault.OURS

    def __init__(self, retry_after: float = 1.0, code: str = "", cause: Cause = Cause.STATUS) -> None:
        super().__init__(cause, 429 if cause is Cause.STATUS else None, code)
        self.retry_after = retry_after
        self.args = (retry_after, self.code, cause)


class Refused(PartyError):
    """The party does not know us or refuses us (401, 403). The set-up is wrong, never the user."""

    fault = Fault.OURS


class Unconfigured(PartyError):
    """The address, the client or its key is missing or unusable."""

    fault = Fault.OURS


class InvalidRequest(PartyError):
    """The request is malformed, by the party's answer (400) or by our own check before sending it."""

    fault = Fault.CALLERS


class UnexpectedAnswer(PartyError):
    """The answer is not one of the party's own. It often comes from a proxy, so a retry may help.

    A retry does not help for a redirect or a status without meaning: the address is wrong. A 400 or 403 in HTML comes
    from a firewall before the party, which refuses something in the request. Any other refusal that is not the party's
    comes from something on the way that our set-up goes through.
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
