"""The capacity of one web process. docs/operations.md has the limits for the proxy in front of it."""

from typing import Final

#: Requests that are handled at once. More would only share the same processor.
AT_ONCE: Final = 12
#: Requests that may wait for a place, and the seconds they wait at most: a page comes within three.
WAITING: Final = 24
PATIENCE_SECONDS: Final = 1.5
#: The Retry-After of a refused request.
RETRY_AFTER_SECONDS: Final = 5

#: Seconds for a whole request, head and body, from its first byte.
READ_SECONDS: Final = 10.0
#: Seconds for the receiver to take a piece of an answer.
SEND_SECONDS: Final = 30.0
#: Requests that may be arriving slowly at the same time. A proxy that buffers sends each request at once.
SLOW_AT_ONCE: Final = 24
#: Bytes of a body: the largest catalogue that can be imported, with its form around it.
BODY_BYTES: Final = 2_500_000

#: Threads for all of these, and some for refusals and the load balancer.
THREADS: Final = AT_ONCE + WAITING + SLOW_AT_ONCE + 20
