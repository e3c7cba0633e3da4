"""Test persons that have a name for what they show. Only the simulated register keeps such a list."""

from typing import Final

import msgspec

NAMED_PATH: Final = "/testpersoner.json"


class NamedPerson(msgspec.Struct, frozen=True):
    """expect: a sentence in bokmål on what an answer about the person shows. name: "" for who has none."""

    case: str
    number: str
    name: str
    expect: str

    def __repr__(self) -> str:
        return f"<NamedPerson {self.case}>"


NAMED: Final = msgspec.json.Decoder(tuple[NamedPerson, ...])
