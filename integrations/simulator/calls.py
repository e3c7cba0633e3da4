"""One HTTP call as the operations see it, and the checks that make the simulator stricter than the register."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from integrations.simulator.problems import JSON, invalid

Environ = dict[str, Any]

#: The headers that a client may send. The register has no headers of its own, so a correlation id is refused.
_HEADERS: Final = frozenset(
    {
        "HTTP_HOST",
        "HTTP_USER_AGENT",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_ACCEPT_CHARSET",
        "HTTP_CONNECTION",
        "HTTP_AUTHORIZATION",
        "HTTP_CACHE_CONTROL",
        "HTTP_PRAGMA",
        "HTTP_IF_NONE_MATCH",
        "HTTP_TRANSFER_ENCODING",
        "HTTP_VERSION",
    }
)
_ANY: Final = frozenset({JSON, "application/*", "*/*"})
#: The key in a call's environment that says that headers and fields of clients in use are accepted
#: (Readings.live_clients).
LIVE: Final = "simulator.live_clients"
_LONGEST_BODY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call. query: decoded pairs in the order sent. A call that is printed shows nothing of it."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = field(repr=False)
    environ: Environ = field(repr=False)

    @classmethod
    def of(cls, environ: Environ) -> "Call":
        """Raises Problem 400 for a query that cannot be read."""
        text = environ.get("QUERY_STRING", "")
        try:
            query = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict") if text else []
        except ValueError:
            raise invalid("Ugyldige parametere.") from None
        return cls(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), tuple(query), environ)

    @property
    def content_type(self) -> str:
        return str(self.environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()

    @property
    def authorization(self) -> str:
        return str(self.environ.get("HTTP_AUTHORIZATION", ""))

    @property
    def caller(self) -> str:
        """The network address that the call came from."""
        return str(self.environ.get("REMOTE_ADDR", ""))

    @property
    def address(self) -> str:
        """Scheme and host, as the caller wrote them."""
        return f"{self.environ['wsgi.url_scheme']}://{self.environ.get('HTTP_HOST', '')}"

    @property
    def has_body(self) -> bool:
        return self.environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in self.environ

    def body(self) -> bytes:
        """The whole body. Raises Problem 400 for an invalid length, and for a body that is too long."""
        try:
            length = int(self.environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            raise invalid("Ugyldig lengde.") from None
        if length > _LONGEST_BODY:
            raise invalid("For stor forespørsel.")
        content: bytes = self.environ["wsgi.input"].read(length)
        return content

    def all_of(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.query if key == name)

    def allow(self, *names: str) -> None:
        """Raises Problem 400 for a parameter that is not named here."""
        if {key for key, _ in self.query} - set(names):
            raise invalid("Ukjent parameter.")

    def single_values(self) -> dict[str, str]:
        """The query as a dict. Raises Problem 400 for a parameter that is repeated."""
        if len({key for key, _ in self.query}) < len(self.query):
            raise invalid("Samme parameter er oppgitt flere ganger.")
        return dict(self.query)


def has_unknown_headers(call: Call, known: Collection[str] = ()) -> bool:
    """Whether the call has a header that the simulator does not know. known: what this door takes in addition, by the
    names in the environment."""
    return LIVE not in call.environ and any(
        name.startswith("HTTP_") and name not in _HEADERS and name not in known for name in call.environ
    )


def accepts_json(call: Call) -> bool:
    accepted = str(call.environ.get("HTTP_ACCEPT", "")).split(",")
    return (LIVE in call.environ and accepted == [""]) or not _ANY.isdisjoint(_media_types(accepted))


def check_json(call: Call) -> None:
    """Raises Problem 400 unless the body is JSON. Without a content type a body counts as XML, which is not
    supported."""
    if call.content_type != JSON:
        raise invalid("Content-Type må være application/json.")


def _media_types(accepted: Iterable[str]) -> set[str]:
    return {item.partition(";")[0].strip().lower() for item in accepted}
