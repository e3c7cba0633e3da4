"""One event of the register, with its two ids and its time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Final

from integrations.simulator.days.changes import DUPLICATE, UPDATED, Row

_SCHEMA: Final = "1.4"
_MASK: Final = 0xFFFF_FFFF
#: An odd factor, so that it has an inverse: each sequence number gets an id of its own, from which it can be read back.
_SCATTER: Final = 0x9E37_79B1
_GATHER: Final = pow(_SCATTER, -1, _MASK + 1)


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes ids of documents from sequence numbers. Without the seed, an id reveals nothing."""

    seed: str

    def of(self, kind: str, sequence: int) -> str:
        """32 hexadecimal digits. kind: "event" or "person"."""
        text = f"{self.seed}:{kind}:{sequence}".encode()
        return f"{sequence * _SCATTER & _MASK:08x}{blake2b(text, digest_size=12).hexdigest()}"

    def sequence(self, kind: str, document_id: str) -> int:
        """The sequence number that an id was made from; 0 for an id that was not made here."""
        try:
            sequence = int(document_id[:8], 16) * _GATHER & _MASK
        except ValueError:
            return 0
        return sequence if self.of(kind, sequence) == document_id else 0


@dataclass(frozen=True, slots=True)
class Event:
    """An event in the feed. order: its place among those of its day; day: by the register's own date."""

    sequence: int
    number: str
    kind: str
    day: date
    order: int

    @property
    def recorded_at(self) -> str:
        """When the event was recorded, with zero to nine fractional digits."""
        seconds, tenths = divmod(self.order, 10)
        moment = datetime.combine(self.day, time()) + timedelta(seconds=seconds)
        fraction = f".{tenths}29821871"[: tenths + 1] if tenths else ""
        return f"{moment.isoformat()}{fraction}+01:00"

    def line(self, ids: Ids) -> dict[str, object]:
        """An element of the feed (contract section 1.7): hendelsetype here, hendelsestype in the document."""
        thick = {} if self.kind == UPDATED else {"hendelsesdokument": ids.of("event", self.sequence)}
        person = {} if self.kind == DUPLICATE else {"persondokument": ids.of("person", self.sequence)}
        content = {
            "folkeregisteridentifikator": self.number,
            "hendelsetype": self.kind,
            **thick,
            **person,
            "ajourholdstidspunkt": self.recorded_at,
        }
        return {"sekvensnummer": self.sequence, "hendelse": content}

    def thick(self, ids: Ids, entries: tuple[Row, ...]) -> dict[str, object]:
        """The thick event: the document of the event."""
        content = {
            "folkeregisteridentifikator": self.number,
            "hendelsestype": self.kind,
            "ajourholdstidspunkt": self.recorded_at,
            **({"egenskapshendelse": entries} if entries else {}),
        }
        document_id = ids.of("event", self.sequence)
        return {"dokumentidentifikator": document_id, "skjemaversjon": _SCHEMA, "hendelse": content}
