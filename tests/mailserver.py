"""A real SMTP server on loopback, which keeps what it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from fiksreg.embedded import free_port


@dataclass
class MailServer:
    """port: where it listens. received: every message. refuses: whether it answers that it is too busy."""

    port: int
    refuses: bool = False
    received: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd for each message."""
        if self.refuses:
            return "451 busy"
        assert isinstance(envelope.content, bytes)
        message: Any = message_from_bytes(envelope.content, policy=default)
        self.received.append(message)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that listens until the context ends."""
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
