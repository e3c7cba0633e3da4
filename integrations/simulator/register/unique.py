"""The criteria of entydigsoek: their shapes, the combinations that give a right to a hit, and the persons they
match."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.problems import forbidden, invalid
from integrations.simulator.register.criteria import SHAPES, SearchCriteria, search_criteria
from integrations.simulator.register.phonetics import sound_of

#: The DUF parameter as the OpenAPI file spells it. The documentation spells it in another way.
DUF_IN_OPENAPI: Final = "utlendingsmyndighetenesidentifikasjonsnummer"

_SEARCHED: Final = ("navn", "foedselsdato", "postnummer", "adressenavn", "husnummer", "soekFonetisk")
_GROUND: Final = "opplysningsgrunnlag"
_NUMBER: Final = "identifikasjonsnummer"
_DUF: Final = "duf"
#: The criteria that match confidential properties: the property, and the field of its country if it has one.
_CONFIDENTIAL: Final = {
    "utenlandskpersonidentifikasjon": ("utenlandskPersonidentifikasjon", "identifikasjonsnummer"),
    "legitimasjonsdokument": ("legitimasjonsdokument", "identifikasjonsdokumentnummer"),
    _DUF: ("utlendingsmyndighetenesIdentifikasjonsnummer", "identifikasjonsnummer"),
}
_PAPERS: Final = ("utenlandskpersonidentifikasjon", "legitimasjonsdokument")
_PAPER: Final = r"[A-Z]{3}-\S.{0,99}"
_OWN_SHAPES: Final = {
    _NUMBER: r"\d{11}",
    "utenlandskpersonidentifikasjon": _PAPER,
    "legitimasjonsdokument": _PAPER,
    _DUF: r"\d{1,20}",
    "navn": r"(?=.{3,200}$)\S+(\s+\S+)+",
}
_NOTHING: Final = r"(?!)"
_SHAPES: Final = {name: SHAPES[name] for name in (*_SEARCHED, _GROUND)} | _OWN_SHAPES

Right = frozenset[str]


@dataclass(frozen=True, slots=True)
class UniqueRule:
    """duf: the spelling of the DUF parameter, which differs between the sources.

    as_of: "2026" for the combinations of the documentation; "1.5" for those of the OpenAPI file, which requires a
    street with a postal code and allows a birth date with papers.
    """

    duf: str = DUF_IN_OPENAPI
    as_of: str = "2026"

    def rights(self) -> tuple[Right, ...]:
        """The combinations that give a right to a hit, except that of a street without a house number."""
        papers = [{"navn", paper} for paper in _CONFIDENTIAL]
        common = [{"navn", _NUMBER}, {"navn", "foedselsdato"}, {"navn", "adressenavn", "husnummer"}, *papers]
        own = (
            [{"navn", "adressenavn", "postnummer"}, *({"foedselsdato", paper} for paper in _PAPERS)]
            if self.as_of == "1.5"
            else [{"navn", "postnummer"}]
        )
        return tuple(frozenset(right) for right in [*common, *own])


@dataclass(frozen=True, slots=True)
class UniqueCriteria:
    """searched: the criteria that soek has too. values: all criteria by name.

    no_house: the right to a hit depends on a street without house numbers.
    """

    searched: SearchCriteria
    values: Mapping[str, str]
    no_house: bool

    @property
    def number(self) -> str:
        """A current or historical number; "" when none is asked for."""
        return self.values.get(_NUMBER, "")

    def describes(self, document: Mapping[str, Any]) -> bool:
        """Whether a document that the search found also has the names in the right fields, and the papers."""
        return self._has_names(document) and all(_has_paper(document, *asked) for asked in self._papers())

    def _papers(self) -> Iterator[tuple[str, str, str]]:
        for name, (key, field) in _CONFIDENTIAL.items():
            if name in self.values:
                yield key, field, self.values[name]

    def _has_names(self, document: Mapping[str, Any]) -> bool:
        words = self.searched.words
        return not words or any(self._is_name(row, words) for row in self._counting(document.get("navn", ())))

    def _counting(self, rows: Any) -> list[Mapping[str, Any]]:
        return [row for row in rows if self.searched.with_history or row.get("erGjeldende") is not False]

    def _is_name(self, row: Mapping[str, Any], words: list[str]) -> bool:
        """Whether the first word is in the given name, the last in the family name, and the others in any."""
        given, family = self._words(row, "fornavn"), self._words(row, "etternavn")
        anywhere = given | family | self._words(row, "mellomnavn")
        first, *between, last = (self._key(word) for word in words)
        return first in given and last in family and anywhere.issuperset(between)

    def _words(self, row: Mapping[str, Any], part: str) -> frozenset[str]:
        return frozenset(self._key(word) for word in (row.get(part) or "").lower().split())

    def _key(self, word: str) -> str:
        return sound_of(word) if self.searched.soekFonetisk else word


def unique_criteria(query: Mapping[str, str], package: RightsPackage, rule: UniqueRule) -> UniqueCriteria:
    """Raises Problem 400 for an unknown parameter, a value out of shape or too few, 403 for one outside the package."""
    values = _values(query, rule)
    if package is RightsPackage.WITHOUT_LEGAL_BASIS and values.keys() & _CONFIDENTIAL.keys():
        raise forbidden("Kriteriet er ikke tilgjengelig i rettighetspakken.")
    settled = any(right <= values.keys() for right in rule.rights())
    if not settled and not {"navn", "adressenavn"} <= values.keys():
        raise invalid("Kriteriene gir ikke rett til treff.")
    searched = {name: value for name, value in values.items() if name in (*_SEARCHED, _GROUND)}
    return UniqueCriteria(search_criteria(searched | {"inkluderDoede": "true"}), values, no_house=not settled)


def _values(query: Mapping[str, str], rule: UniqueRule) -> dict[str, str]:
    """All criteria. The DUF number has one name, in whichever spelling it came."""
    values = {_DUF if name == rule.duf else name: value for name, value in query.items() if name != _DUF}
    shapes = [(_SHAPES.get(name, _NOTHING), value) for name, value in values.items()]
    if len(values) < len(query) or not all(re.fullmatch(shape, value) for shape, value in shapes):
        raise invalid("Ukjent parameter, eller ugyldig verdi i en.")
    return values


def _has_paper(document: Mapping[str, Any], key: str, field: str, asked: str) -> bool:
    rows = [row for row in document.get(key, ()) if row.get("erGjeldende") is not False]
    return asked in {_shown(row, field, asked) for row in rows}


def _shown(row: Mapping[str, Any], field: str, asked: str) -> str:
    """The value as a caller writes it: after the issuing country, except for the DUF number."""
    number = str(row.get(field, ""))
    return f"{row.get('utstederland', '')}-{number}" if "-" in asked else number
