"""Makes the register: its people are made from the seed, or read from the file where they were stored."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from integrations.simulator.population.casebook import Case
from integrations.simulator.population.documents import document_of
from integrations.simulator.population.population import populate
from integrations.simulator.register.records import OwnRecord
from integrations.simulator.register.register import Person, Register, numbers_in, person_of
from integrations.simulator.register.tiles import Numbering, Tiles, numbering_of
from integrations.simulator.register.traits import traits_of

#: The most people that are made one by one. A larger register has tiles of these.
LARGEST_BASE: Final = 20_000
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SOURCES: Final = (".py", ".txt")


class Founded(NamedTuple):
    """A register, and its named test persons."""

    register: Register
    cases: tuple[Case, ...]


class _Stored(msgspec.Struct, frozen=True):
    """The content of the file. key: what it was made from; a file with another key is not used."""

    key: str
    cases: tuple[Case, ...]
    documents: list[bytes]
    numbering: Numbering


class _Made(NamedTuple):
    base: list[Person]
    cases: tuple[Case, ...]
    numbering: Numbering


def found(seed: str, *, size: int, kommuner: Sequence[str], file: str = "", unique_identities: bool = False) -> Founded:
    """A register of `size` persons in each kommune, and a few more when that cannot be divided into equal tiles.

    file: where the people are stored from one start to the next; "" for nowhere. It is written again when it was made
    from other arguments or by another version of the simulator. unique_identities: as in document_of().
    """
    key = sha256(msgspec.json.encode((seed, size, kommuner, unique_identities, _version()))).hexdigest()
    with _nothing_becomes_garbage():
        kept = _read(Path(file), key) if file else None
        made = kept or _make(seed, size, kommuner, unique_identities)
        register = Register(made.base, Tiles(made.numbering, len(made.base)))
    if file and not kept:
        _write(Path(file), key, made)
    return Founded(register, made.cases)


def _make(seed: str, size: int, kommuner: Sequence[str], unique: bool) -> _Made:
    tiles = max(1, -(-size * len(kommuner) // LARGEST_BASE))
    population = populate(seed, size=-(-size // tiles), kommuner=kommuner)
    base = [person_of(document_of(resident, unique_identities=unique)) for resident in population.residents]
    return _Made(base, population.cases, numbering_of(numbers_in(base), tiles))


def _read(file: Path, key: str) -> _Made | None:
    """The content of the file; None when there is no file, or one with another key."""
    try:
        stored = msgspec.msgpack.decode(file.read_bytes(), type=_Stored)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    if stored.key != key:
        return None
    base = [Person(OwnRecord(each), traits_of(msgspec.json.decode(each))) for each in stored.documents]
    return _Made(base, stored.cases, stored.numbering)


def _write(file: Path, key: str, made: _Made) -> None:
    """Writes the whole file or nothing, also when several processes start at once."""
    documents = [person.record.whole() for person in made.base]
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    temporary.write_bytes(msgspec.msgpack.encode(_Stored(key, made.cases, documents, made.numbering)))
    temporary.replace(file)


@lru_cache(maxsize=1)
def _version() -> str:
    """A hash over the simulator's source files."""
    files = sorted(each for each in _PACKAGE.rglob("*") if each.suffix in _SOURCES)
    return sha256(b"".join(each.read_bytes() for each in files)).hexdigest()


@contextmanager
def _nothing_becomes_garbage() -> Iterator[None]:
    """Turns the garbage collector off: nothing that is made here becomes garbage, and the search for it would take a
    third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
