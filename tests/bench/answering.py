"""`python -m tests.bench.answering < answer`: a server that costs next to nothing, in a process of its own.

Its port is its first line. Every request is a GET; each connection is kept.
"""

import socket
import sys
from threading import Thread
from typing import Final

_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def main() -> None:
    """Until it is killed."""
    body = sys.stdin.buffer.read()
    with socket.create_server(("127.0.0.1", 0)) as server:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=_serve, args=(connection, _HEAD % len(body) + body), daemon=True).start()


def _serve(connection: socket.socket, answer: bytes) -> None:
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
        if received.endswith(b"\r\n\r\n"):
            received = b""
            connection.sendall(answer)


if __name__ == "__main__":
    main()
