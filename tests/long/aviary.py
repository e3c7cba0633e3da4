"""Households of canaries: documents whose every field can be found again by its text, wherever it may have got to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from django.utils.dates import MONTHS
from msgspec import convert
from msgspec.structs import replace

from integrations.folkeregisteret.documents import (
    Bostedsadresse,
    Entry,
    Familierelasjon,
    Folkeregisterpersonstatus,
    Foreldreansvar,
    PersonRecord,
    Sivilstand,
)
from integrations.simulator.population.numbers import NumberSeries
from tests.roles.canaries import GRADES, Breeder, Perch, leaves

#: Canaries that have to be well-formed identity numbers, since the gate or the page asks about them.
_NUMBERS = {"relatertVedSivilstand", "relatertPerson", "ansvarlig", "ansvarssubjekt"}
_NUMBERS |= {"foedselsEllerDNummer", "rettIdentitetVedIdentifikasjonsnummer"}
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_INTEGERS = 777_000_777_000_000
_FIRST_DAY = date(1901, 1, 1)
_MONTHS = {str(name): number for number, name in MONTHS.items()}

_TOKEN = re.compile(r"zq[a-p]{6}qz", re.IGNORECASE)
_INTEGER = re.compile(r"777000777\d{6}")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SHORT_DAY = re.compile(r"(?<!\d)(\d\d)\.(\d\d)\.(\d{4})(?!\d)")
_LONG_DAY = re.compile(rf"(?<!\d)(\d\d?)\. ({'|'.join(_MONTHS)}) (\d{{4}})(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{11}(?![0-9A-Za-z])")


@dataclass(eq=False)
class Bird:
    """One person. nest: canary -> the address it belongs to, of those that are shared with somebody."""

    record: PersonRecord
    grade: str
    perches: dict[object, Perch]
    nest: dict[object, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return str(self.record.identifikasjonsnummer[0].foedselsEllerDNummer)


class Flock(Breeder):
    """Makes persons; no canary sits in two of them, but where two share an address or are related."""

    def __init__(self, seed: str) -> None:
        super().__init__(Random(seed))
        self._series = NumberSeries(self._random)
        self._days = count()
        self._numbered = False

    def bird(self, grade: str) -> Bird:
        """One person, graded so."""
        self._perches, self._numbered = {}, False
        aviary = self.document(grade)
        return Bird(aviary.record, grade, aviary.perches)

    def resident(self, grade: str, *, kommune: str, born: str) -> Bird:
        """One person whom the register's extract names: lives in a kommune, born in a year; those are no canaries."""
        bird = self.bird(grade)
        record = bird.record
        homes = tuple(_in_kommune(entry, kommune) for entry in record.bostedsadresse)
        births = tuple(replace(entry, foedselsaar=born) for entry in record.foedsel)
        lives_here = Folkeregisterpersonstatus(status="bosatt", erGjeldende=True)
        status = (lives_here, *record.status)
        bird.record = replace(record, bostedsadresse=homes, foedsel=births, status=status, doedsfall=None)
        return bird

    def household_of(self, grades: Iterable[str]) -> list[Bird]:
        """One person of each grading; each after the first may share an address with it, and each may name the other as
        family."""
        return self._together([self.bird(grade) for grade in grades])

    def resident_household(self, size: int, *, kommune: str, born: str) -> list[Bird]:
        """The same, of residents of any grading."""
        grades = [self._random.choice(GRADES) for _ in range(size)]
        return self._together([self.resident(grade, kommune=kommune, born=born) for grade in grades])

    def _together(self, birds: list[Bird]) -> list[Bird]:
        first, *others = birds
        for other in others:
            if self._random.random() < 0.6:
                self._share(first, other)
            if self._random.random() < 0.6:
                _relate(other, first, self._random.choice(_RELATIONS), self._random.choice(("barn", "mor")))
            if self._random.random() < 0.4:
                _relate(first, other, self._random.choice(_RELATIONS), "barn")
        return birds

    def _is_current(self, source: str) -> bool:
        if source == "identifikasjonsnummer" and not self._numbered:
            self._numbered = True
            return True
        return super()._is_current(source)

    def _canary(self, kind: type, perch: Perch) -> object:
        made = self._made(kind, perch)
        self._perches[made] = perch
        return made

    def _made(self, kind: type, perch: Perch) -> object:
        if kind is date:
            return _FIRST_DAY + timedelta(days=next(self._days))
        if kind is int:
            return _INTEGERS + next(self._counter)
        if perch.field in _NUMBERS:
            return self._series.birth_number(date(1950 + self._random.randrange(49), 6, 1), woman=True)
        return f"zq{f'{next(self._counter):06x}'.translate(_LETTERS)}qz"

    def _share(self, first: Bird, other: Bird) -> None:
        """Moves the other to the first one's address; a graded person's address is graded."""
        theirs = next((entry for entry in first.record.bostedsadresse if _is_home(entry)), None)
        place = next((at for at, entry in enumerate(other.record.bostedsadresse) if _is_home(entry)), None)
        if theirs is None or place is None or theirs.vegadresse is None:
            return
        name = str(theirs.vegadresse.adressenavn)
        if first.grade in GRADES[2:]:
            graded = replace(theirs, adressegradering=first.grade)
            first.record = _with_entry(first.record, "bostedsadresse", theirs, graded)
            theirs = graded
        moved = other.record.bostedsadresse[place]
        joined = replace(moved, vegadresse=theirs.vegadresse)
        other.record = _with_entry(other.record, "bostedsadresse", moved, joined)
        for bird, entry in ((first, theirs), (other, joined)):
            _settle(bird, entry, name)


def _in_kommune(entry: Bostedsadresse, kommune: str) -> Bostedsadresse:
    road = entry.vegadresse and replace(entry.vegadresse, kommunenummer=kommune)
    plot = entry.matrikkeladresse
    if plot and plot.matrikkelnummer:
        plot = replace(plot, matrikkelnummer=replace(plot.matrikkelnummer, kommunenummer=kommune))
    return replace(entry, vegadresse=road, matrikkeladresse=plot)


def _is_home(entry: Any) -> bool:
    return entry.vegadresse is not None and entry.erGjeldende is True


def _settle(bird: Bird, entry: Entry, nest: str) -> None:
    grade = str(getattr(entry, "adressegradering", ""))
    for name in entry.__struct_fields__:
        for canary in set(leaves(getattr(entry, name))) - {True, False, grade}:
            bird.perches[canary] = Perch("bostedsadresse", name, True, grade)
            bird.nest[canary] = nest


_RELATIONS = (
    ("familierelasjon", "relatertPerson", Familierelasjon),
    ("foreldreansvar", "ansvarlig", Foreldreansvar),
    ("sivilstand", "relatertVedSivilstand", Sivilstand),
)


def _relate(bird: Bird, other: Bird, relation: tuple[str, str, type[Entry]], role_of_other: str) -> None:
    source, name, kind = relation
    role = {"relatertPersonsRolle": role_of_other} if source == "familierelasjon" else {}
    entry = convert({name: other.number, "erGjeldende": True} | role, kind)
    bird.record = replace(bird.record, **{source: (*getattr(bird.record, source), entry)})
    bird.perches[other.number] = Perch(source, name, True, "ugradert")


def _with_entry(record: PersonRecord, source: str, old: Entry, new: Entry) -> PersonRecord:
    entries = tuple(new if entry is old else entry for entry in getattr(record, source))
    return replace(record, **{source: entries})


def related_by(bird: Bird, other: Bird) -> set[str]:
    """The properties of the bird's document that name the other one now."""
    return {
        source
        for source, name, _ in _RELATIONS
        for entry in getattr(bird.record, source)
        if entry.erGjeldende is not False and getattr(entry, name) == other.number
    }


def canaries_in(text: str) -> Iterator[object]:
    """Everything in a text that looks like a canary: tokens, integers, dates in three spellings, identity numbers."""
    yield from (token.lower() for token in _TOKEN.findall(text))
    yield from (int(digits) for digits in _INTEGER.findall(text))
    yield from _NUMBER.findall(text)
    yield from (_day(year, month, day) for year, month, day in _ISO_DAY.findall(text))
    yield from (_day(year, month, day) for day, month, year in _SHORT_DAY.findall(text))
    yield from (_day(year, _MONTHS[month.lower()], day) for day, month, year in _LONG_DAY.findall(text))


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
