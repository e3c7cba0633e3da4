"""The simulated register in this process, and what it answers."""

from pathlib import Path
from typing import Final

import httpx
import msgspec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.folkeregisteret.register import KEY, PEM
from tests.integrations.simulator.conftest import EVERYTHING
from tests.integrations.simulator.door import ADDRESS, PATHS, WITH, Door, registered

PUBLIC: Final = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
BULK: Final = f"{PATHS[WITH]}/personer/bulkoppslag"


class _Row(msgspec.Struct):
    folkeregisterperson: msgspec.Raw


class _Bulk(msgspec.Struct):
    oppslag: list[_Row]


def settings_for(persons: int, *, kommune: str = "1870", file: Path | None = None) -> Settings:
    """file: where the persons are kept between two starts."""
    return Settings(size=persons, kommuner=(kommune,), file=str(file or ""), clients=(registered(PUBLIC),))


def door_to(simulator: Simulator) -> Door:
    """Without a server between: what is measured is the register's own work."""
    return Door(httpx.Client(transport=httpx.WSGITransport(app=simulator), base_url=ADDRESS), PEM)


def documents(persons: int) -> list[bytes]:
    """Whole documents with their history, as the package with legal basis has them; the special cases among them."""
    simulator = Simulator(settings_for(persons))
    door = door_to(simulator)
    answer = door.http.send(bulk_request(door, list(simulator.register.numbers()[:persons])))
    rows = msgspec.json.decode(answer.raise_for_status().content, type=_Bulk).oppslag
    return [bytes(row.folkeregisterperson) for row in rows]


def bulk_request(door: Door, numbers: list[str]) -> httpx.Request:
    """Every part of so many persons, to be sent again and again."""
    return door.http.build_request(
        "POST",
        BULK,
        params=[("part", part) for part in EVERYTHING],
        json={"foedselsEllerDNummer": numbers},
        headers={"Authorization": f"Bearer {door.token()}", "Accept": "application/json"},
    )
