"""How a register may write the same document: the spelling of its codes, explicit nulls, entries twice, what is new."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import hypothesis.strategies as st

#: A canary of its own, in places we know nothing of.
NEW: Final = "zqppppppqz"
_GRADES: Final = ("graderingsnivaa", "adressegradering")
_SPELLINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "as the schema has it": str,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "with spaces around": lambda code: f" {code} ",
    "by a code that is new": lambda code: "enHeltNyGrad" if code == "strengtFortrolig" else code,
}


@dataclass(frozen=True, slots=True)
class Writing:
    """spelling: of the gradings. The others: whether the register does so."""

    spelling: str
    nulls: bool
    twice: bool
    novelties: bool

    def __call__(self, document: bytes) -> bytes:
        """The document as this register would send it."""
        written: dict[str, Any] = self._object(json.loads(document))
        if self.twice:
            written = {name: value * 2 if isinstance(value, list) else value for name, value in written.items()}
        if self.novelties:
            written["nyOpplysning"] = [{"erGjeldende": True, "verdi": NEW}]
        return json.dumps(written, ensure_ascii=False).encode()

    def _object(self, value: Mapping[str, Any]) -> dict[str, Any]:
        written = {name: self._value(name, inner) for name, inner in value.items()}
        extra = {"nyttFelt": NEW} if self.novelties else {}
        return written | extra | ({"etFeltUtenVerdi": None} if self.nulls else {})

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            return [self._value(name, inner) for inner in value]
        return _SPELLINGS[self.spelling](value) if name in _GRADES else value


#: Every way of writing there is.
writings = st.builds(Writing, st.sampled_from(sorted(_SPELLINGS)), st.booleans(), st.booleans(), st.booleans())
