"""Person documents with a canary in every field, and the rules for which role may see each canary.

A canary is a value that is found nowhere else in the document, so a value that leaves the gate shows which field it
came from. The rules here are written from the law and the register's tables, independently of the policy that they
test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from integrations.folkeregisteret.documents import Document, Entry, PersonRecord

ADDRESSES = {"bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"}
DISTRICTS = {"grunnkrets", "stemmekrets", "skolekrets", "kirkekrets"}
GRADES = ("ugradert", "klientadresse", "fortrolig", "strengtFortrolig")
#: Not canaries: codes and flags that many entries share.
_CODES = {"erGjeldende", "adressegradering", "graderingsnivaa"}
_OPEN_STATUSES = ("bosatt", "utflyttet", "doed", "opphoert", "inaktiv")
#: Thousands of documents are made of a few dozen types.
_fields_of = cache(get_type_hints)


@dataclass(frozen=True, slots=True)
class Perch:
    """The place of a canary: property, field of the entry, whether the entry is current, and the entry's grading."""

    source: str
    field: str
    current: bool
    grade: str


@dataclass
class Aviary:
    """A document full of canaries. perches: canary -> where it sits."""

    record: PersonRecord
    grade: str
    perches: dict[object, Perch] = field(default_factory=dict, repr=False)


class Breeder:
    """Makes documents. Each value that it makes is new."""

    def __init__(self, random: Random, *, unknown_residences: bool = True) -> None:
        self._random = random
        self._unknown_residences = unknown_residences
        self._counter = count(1)
        self._perches: dict[object, Perch] = {}

    def document(self, grade: str) -> Aviary:
        """A document with one to three entries in every property. grade: the person's grading."""
        hints = _fields_of(PersonRecord)
        properties = {
            name: self._property(name, hint, grade) for name, hint in hints.items() if not name.startswith("__")
        }
        return Aviary(PersonRecord(**properties), grade, self._perches)

    def _property(self, source: str, hint: Any, grade: str) -> Any:
        kind = _struct_in(hint)
        if get_origin(hint) is tuple:
            return tuple(self._entry(source, kind, grade) for _ in range(self._random.randint(1, 3)))
        return self._entry(source, kind, grade)

    def _entry(self, source: str, kind: type[Entry], grade: str) -> Entry:
        current = self._is_current(source)
        perch_grade = (
            self._random.choice(GRADES[:2]) if grade in GRADES[:2] else self._random.choice(("ugradert", grade))
        )
        hints = _fields_of(kind)
        values: dict[str, Any] = {}
        for name, hint in hints.items():
            if name.startswith("__") or name == "unread":
                continue
            perch = Perch(source, name, current, perch_grade)
            values[name] = self._code(source, name, perch_grade, grade) or self._value(hint, perch)
        return kind(**(values | self._residence(source, values) | {"erGjeldende": current}))

    def _is_current(self, source: str) -> bool:
        return source == "adressebeskyttelse" or self._random.random() < 0.7

    def _residence(self, source: str, values: dict[str, Any]) -> dict[str, Any]:
        """A residence: usually known, as in the register. An unknown one has no address."""
        if source != "bostedsadresse" or "ukjentBosted" not in values:
            return {}
        if self._unknown_residences and self._random.random() < 0.15:
            return {"vegadresse": None, "matrikkeladresse": None}
        return {"ukjentBosted": None}

    def _code(self, source: str, name: str, own: str, grade: str) -> str | None:
        if name == "adressegradering":
            return own
        if name == "graderingsnivaa":
            return grade
        if name in {"relatertPersonsRolle", "minRolleForPerson"}:
            # Of a relation that is not known nothing flies at all.
            return self._random.choice(("barn", "mor"))
        if (source, name) == ("status", "status") and self._random.random() < 0.3:
            return self._random.choice(_OPEN_STATUSES)
        return None

    def _value(self, hint: Any, perch: Perch) -> Any:
        if get_origin(hint) in (Union, UnionType):
            hint = get_args(hint)[0]
        if get_origin(hint) is tuple:
            return tuple(self._value(get_args(hint)[0], perch) for _ in range(2))
        if hint is bool:
            return True
        if get_origin(hint) is Literal:
            return self._canary(str, perch)
        if issubclass(hint, Document):
            hints = _fields_of(hint)
            return hint(
                **{name: self._value(inner, perch) for name, inner in hints.items() if not name.startswith("__")}
            )
        return self._canary(hint, perch)

    def _canary(self, kind: type, perch: Perch) -> object:
        number = next(self._counter)
        made: dict[type, object] = {
            str: f"CANARY-{perch.source}-{perch.field}-{number}",
            int: 10_000_000 + number,
            date: date(1600, 1, 1) + timedelta(days=number),
        }
        self._perches[made[kind]] = perch
        return made[kind]


def _struct_in(hint: Any) -> type[Entry]:
    kind: type[Entry] = next(inner for inner in get_args(hint) if inner not in (type(None), Ellipsis))
    if not issubclass(kind, Entry):
        raise TypeError(kind)
    return kind


def leaves(value: object) -> Iterator[object]:
    """Every plain value in an entry, a tuple or a document."""
    if isinstance(value, Document):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield value


_OPEN_HISTORY = {"identifikasjonsnummer", "navn", *ADDRESSES}
_HIDDEN_OF_STRICT = {
    *(ADDRESSES - {"postadresse"}),
    "familierelasjon",
    "foreldreansvar",
    "vergemaalEllerFremtidsfullmakt",
    "innflytting",
    "utflytting",
    "kontaktinformasjonForDoedsbo",
    "oppholdPaaSvalbard",
    "foedselINorge",
}
_HIDDEN_OF_CONFIDENTIAL = {
    *ADDRESSES,
    "innflytting",
    "utflytting",
    "kontaktinformasjonForDoedsbo",
    "oppholdPaaSvalbard",
}
#: Fields that tell of a place, or of an authority near it.
_PLACES = {
    "foedekommuneINorge",
    "foedested",
    "foedselsinstitusjonsnavn",
    "kommune",
    "sted",
    "myndighet",
    "embete",
    "utstedernavn",
    "ansvarligOrganisasjon",
}
#: Fields that tell who set something up, when or why; and the spouse.
_CIRCUMSTANCES = {
    "kilde",
    "gyldighetstidspunkt",
    "opphoerstidspunkt",
    "ajourholdstidspunkt",
    "aarsak",
    "adresseIdentifikatorFraMatrikkelen",
    "relatertVedSivilstand",
}


def may_fly(perch: Perch, elements: frozenset[str], grade: str, *, opened: bool = False) -> bool:
    """Whether a role with these elements may see this field of a person with this grading."""
    return _role_opens(perch, elements) and _protection_allows(perch, grade, opened=opened)


def _role_opens(perch: Perch, elements: frozenset[str]) -> bool:
    if perch.source not in elements:
        return False
    if perch.field in DISTRICTS and "bostedsadresse.kretser" not in elements:
        return False
    if perch.field == "relatertVedSivilstand" and "sivilstand.relatertVedSivilstand" not in elements:
        return False
    if perch == Perch("status", "status", perch.current, perch.grade) and "status.utvidet" not in elements:
        return False
    if perch.field == "aarsak" and "familierelasjon" not in elements:
        return False
    return perch.current or _history_of(perch.source) in elements


def _history_of(source: str) -> str:
    if source in ("innflytting", "utflytting"):
        return f"{source}.historikk"
    return "historikk" if source in _OPEN_HISTORY else "historikk.utvidet"


def _protection_allows(perch: Perch, grade: str, *, opened: bool) -> bool:
    if grade == "strengtFortrolig":
        hidden = perch.source in _HIDDEN_OF_STRICT or perch.field in _PLACES | _CIRCUMSTANCES
        return not hidden and perch.current and not (perch.source in ADDRESSES and perch.grade != "ugradert")
    if grade == "fortrolig" and not opened:
        return perch.source not in _HIDDEN_OF_CONFIDENTIAL and perch.field not in _PLACES
    if grade == "fortrolig":
        return perch.source not in ("innflytting", "utflytting")
    return opened or not (perch.source in ADDRESSES and perch.grade != "ugradert")
