"""HTTP with a deadline for the whole exchange.

httpx limits each wait for bytes, not their sum, so a server that sends one byte a second would hold a page for ever.
This transport applies the deadline at the socket. An answer is always read whole.
"""

import logging
import math
import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

DEADLINE: Final = "deadline"
#: Bytes of one answer after decompression. A thousand persons with all their history are a tenth of this.
MOST_BYTES: Final = 64 * 1024 * 1024
_GZIP_OR_ZLIB: Final = 47
_SocketOptions = Iterable[httpcore.SOCKET_OPTION]
_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)

# Both write URLs into their logs, and a URL may hold a national identity number.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class AnswerTooLarge(httpx.RemoteProtocolError):
    """The answer is longer than MOST_BYTES or the limit of the client."""


def http_client(*, connections: int = 64, most_bytes: int = MOST_BYTES) -> httpx.Client:
    """A client for one process, safe between threads, that keeps up to `connections` alive.

    most_bytes: the limit for one answer after decompression.
    """
    return httpx.Client(transport=DeadlineTransport(connections=connections, most_bytes=most_bytes))


def with_deadline(deadline: float, *, connect: float = 1.0) -> dict[str, Any]:
    """The extensions of a request that must be answered before deadline (time.monotonic). connect: seconds at most."""
    left = max(deadline - time.monotonic(), 0.001)
    limits = {"connect": min(connect, left), "pool": min(connect, left), "read": left, "write": left}
    return {DEADLINE: deadline, "timeout": limits}


class DeadlineTransport(httpx.BaseTransport):
    """A transport whose requests end at their deadline. It obeys HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

    Raises, without text, httpx's ConnectTimeout and ConnectError (nothing was sent), ReadTimeout, ReadError (no answer
    at all), RemoteProtocolError (cut off), AnswerTooLarge and DecodingError (an encoding we did not ask for).
    """

    def __init__(self, *, connections: int = 64, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        settings: dict[str, Any] = {
            "ssl_context": httpx.create_ssl_context(),
            "max_connections": connections,
            "max_keepalive_connections": connections,
            "keepalive_expiry": 30.0,
            "network_backend": _Backend(),
        }
        self._direct = httpcore.ConnectionPool(**settings)
        self._by_scheme = {scheme: _proxy_pool(address, settings) for scheme, address in _proxies().items()}
        self._pool = cache(self._chosen)

    def _chosen(self, scheme: str, host: str) -> httpcore.ConnectionPool:
        proxied = self._by_scheme.get(scheme)
        return self._direct if proxied is None or proxy_bypass(host) else proxied

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        _deadline.set(request.extensions.get(DEADLINE, math.inf))
        answer = self._send(request)
        try:
            body = _read_whole(answer, self._most_bytes)
        except httpcore.TimeoutException:
            raise httpx.ReadTimeout("") from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise httpx.RemoteProtocolError("") from None
        finally:
            answer.close()
        headers = httpx.Headers(answer.headers)
        return httpx.Response(
            answer.status, headers=_without_encoding(headers), content=_decompress(headers, body, self._most_bytes)
        )

    def _send(self, request: httpx.Request) -> httpcore.Response:
        try:
            return self._pool(request.url.scheme, request.url.host).handle_request(
                httpcore.Request(
                    request.method,
                    _core_url(request.url),
                    headers=request.headers.raw,
                    content=request.read(),
                    extensions=request.extensions,
                )
            )
        except (httpcore.ConnectTimeout, httpcore.PoolTimeout):
            raise httpx.ConnectTimeout("") from None
        except httpcore.TimeoutException:
            raise httpx.ReadTimeout("") from None
        except (httpcore.ConnectError, httpcore.ProxyError, httpcore.UnsupportedProtocol):
            raise httpx.ConnectError("") from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise httpx.ReadError("") from None

    def close(self) -> None:
        for pool in (self._direct, *self._by_scheme.values()):
            pool.close()


def _read_whole(answer: httpcore.Response, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_stream():
        size += len(part)
        if size > most:
            raise AnswerTooLarge("")
        parts.append(part)
    return b"".join(parts)


def _decompress(headers: httpx.Headers, body: bytes, most: int) -> bytes:
    """The decompressed body. httpx would decompress without limit, and a few kilobytes can hold gigabytes."""
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise httpx.DecodingError("")
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        unpacked = unpacking.decompress(body, most)
    except zlib.error:
        raise httpx.DecodingError("") from None
    if unpacking.unconsumed_tail:
        raise AnswerTooLarge("")
    if not unpacking.eof:
        raise httpx.DecodingError("")
    return unpacked


def _without_encoding(headers: httpx.Headers) -> list[tuple[str, str]]:
    return [
        (name, value) for name, value in headers.multi_items() if name not in ("content-encoding", "content-length")
    ]


def _proxies() -> dict[str, str]:
    """The proxies by the scheme of the requested URL. A proxy without its own scheme is accepted."""
    known = {scheme: address for scheme, address in getproxies().items() if scheme in ("http", "https")}
    return {scheme: address if "://" in address else f"http://{address}" for scheme, address in known.items()}


def _proxy_pool(address: str, settings: Mapping[str, Any]) -> httpcore.ConnectionPool:
    proxy = httpx.Proxy(address)
    return httpcore.HTTPProxy(proxy_url=_core_url(proxy.url), proxy_auth=proxy.raw_auth, **settings)


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _seconds_left(timeout: float | None) -> float:
    """The seconds that this wait may take. Raises when none are left: a server that always has the next byte ready
    would never let a wait run out."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection whose waits obey the deadline of the request that uses it now."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _seconds_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _seconds_left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _seconds_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.connect_tcp(host, port, _seconds_left(timeout), local_address, socket_options))
