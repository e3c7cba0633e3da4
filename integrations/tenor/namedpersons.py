"""Test persons that are named after what they show. Only the simulated register has such a list."""

from typing import Final

import msgspec

NAMED_PATH: Final = "/testpersoner.json"


class NamedPerson(msgspec.Struct, frozen=True):
    """A named test person. expect: a sentence in bokmål on what an answer about the person shows. name: "" for a person
    without a name."""

    case: str
    number: str
    name: str
    expect: str

    def __repr__(self) -> str:
        return f"<NamedPerson {self.case}>"


NAMED: Final = msgspec.json.Decoder(tuple[NamedPerson, ...])
