"""What one web process takes on. docs/operations.md says what the proxy in front of it must keep to."""

from typing import Final

#: Requests that are worked on at once. More would only take turns at the same processor.
AT_ONCE: Final = 12
#: Requests that wait for one of those to end, and seconds they wait at most: a page comes within three.
WAITING: Final = 24
PATIENCE_SECONDS: Final = 1.5
#: What somebody is told to wait who was not let in.
RETRY_AFTER_SECONDS: Final = 5

#: Of a whole request, head and body, from its first byte.
READ_SECONDS: Final = 10.0
#: For a piece of an answer to be taken by its receiver.
SEND_SECONDS: Final = 30.0
#: Requests whose next bytes are waited for at once. A proxy that buffers sends all of them together.
SLOW_AT_ONCE: Final = 24
#: The largest catalogue that can be imported, with its form around it.
BODY_BYTES: Final = 2_500_000

#: For those, and for saying no and answering the load balancer at any time.
THREADS: Final = AT_ONCE + WAITING + SLOW_AT_ONCE + 20
