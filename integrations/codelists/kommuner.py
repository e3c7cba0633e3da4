"""Kommuner and fylker."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Area:
    """A kommune (number of 4 digits) or a fylke (2 digits), and the first and last day its number was valid."""

    number: str
    name: str
    valid_from: date | None
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


#: Norwegian places outside the kommuner that have a number of the same form.
_OUTSIDE = {"2100": "Svalbard", "2111": "Spitsbergen", "2121": "Bjørnøya", "2131": "Hopen", "2211": "Jan Mayen"}


def kommune_name(number: str, on: date | None = None) -> str | None:
    """The name that a kommune has or had; None for an unknown number. Old addresses keep the number of their time.

    on: the day that the name is asked for, since numbers are used again and kommuner change names. Without a day, and
    on a day when no kommune had the number, the latest name.
    """
    areas = _kommuner().get(number, ())
    then = [area for area in areas if on and area.is_valid(on)]
    area = max(then, key=lambda area: area.valid_from or date.min) if then else next(iter(areas), None)
    return area.name if area else _OUTSIDE.get(number)


def fylke_name(number: str) -> str | None:
    """The name of a fylke by its two digits; None for an unknown number."""
    area = next((area for area in _areas("fylker.csv") if area.number == number), None)
    return area.name if area else None


def kommuner(on: date | None = None) -> tuple[Area, ...]:
    """Every kommune that is valid on the day, sorted by number; without a day those that have no end date."""
    return _valid("kommuner.csv", on)


def fylker(on: date | None = None) -> tuple[Area, ...]:
    """Every fylke that is valid on the day; without a day those that have no end date."""
    return _valid("fylker.csv", on)


def _valid(file: str, on: date | None) -> tuple[Area, ...]:
    return tuple(area for area in _areas(file) if (area.is_valid(on) if on else area.valid_to is None))


@cache
def _kommuner() -> dict[str, tuple[Area, ...]]:
    """The kommuner by number, the latest first."""
    every: dict[str, list[Area]] = {}
    for area in (*_areas("kommuner.csv"), *_areas("former_kommuner.csv")):
        every.setdefault(area.number, []).append(area)
    return {number: tuple(sorted(areas, key=_ended, reverse=True)) for number, areas in every.items()}


def _ended(area: Area) -> date:
    return area.valid_to or date.max


@cache
def _areas(file: str) -> tuple[Area, ...]:
    with resources.files(__package__).joinpath(file).open(encoding="utf-8") as lines:
        return tuple(_area(row) for row in csv.DictReader(lines))


def _area(row: dict[str, str]) -> Area:
    return Area(row["number"], row["name"], _day(row["valid_from"]), _day(row["valid_to"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
