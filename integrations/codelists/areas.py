"""Kommuner and fylker."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Area:
    """One kommune (number of 4 digits) or fylke (2 digits), and the days its number was valid, both ends included."""

    number: str
    name: str
    valid_from: date | None
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def kommune_name(number: str) -> str | None:
    """The name of a kommune, also of one that is no more, since old addresses keep the number of their time."""
    area = _areas("kommuner.csv").get(number)
    return area.name if area else None


def fylke_name(number: str) -> str | None:
    """The name of a fylke by its two digits."""
    area = _areas("fylker.csv").get(number)
    return area.name if area else None


def kommuner(on: date | None = None) -> tuple[Area, ...]:
    """Every kommune valid on a day, in the order of numbers; without a day those valid now (no end date)."""
    return _valid("kommuner.csv", on)


def fylker(on: date | None = None) -> tuple[Area, ...]:
    """Every fylke valid on a day; without a day those valid now."""
    return _valid("fylker.csv", on)


def _valid(file: str, on: date | None) -> tuple[Area, ...]:
    areas = _areas(file).values()
    return tuple(area for area in areas if (area.is_valid(on) if on else area.valid_to is None))


@cache
def _areas(file: str) -> dict[str, Area]:
    with resources.files(__package__).joinpath(file).open(encoding="utf-8") as lines:
        return {row["number"]: _area(row) for row in csv.DictReader(lines)}


def _area(row: dict[str, str]) -> Area:
    return Area(row["number"], row["name"], _day(row["valid_from"]), _day(row["valid_to"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
