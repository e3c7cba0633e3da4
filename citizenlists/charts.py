"""The charts of a finished list as its page draws them: bars with their places, and the same counts as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _

from citizenlists.content.figures import OTHERS, UNKNOWN, Charts, Figures
from citizenlists.models import CitizenList, State

_WIDTH, _LEFT, _RIGHT, _STEP, _THICK = 480, 90, 60, 24, 16
_HIDDEN = "–"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, and what stands at its end. Lengths are those of the drawing."""

    series: str
    x: int
    y: int
    width: int
    text: str
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the chart and of the table: its name, its place and its counts as texts."""

    name: str
    y: int
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. key: part of the ids on the page."""

    key: str
    title: str
    description: str
    heading: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    bars: tuple[Bar, ...]
    height: int
    width: int = _WIDTH
    has_hidden: bool = False


def charts_of(order: CitizenList) -> list[Chart]:
    """The charts of the list; none before it is ready and when nothing may be shown."""
    if order.state != State.READY or not order.figures:
        return []
    charts = msgspec.convert(order.figures, Charts)
    about_ages = _("Hvor mange på listen som er i hver aldersgruppe ved utgangen av året.")
    about_codes = _("Hvor mange på listen som bor i hvert postnummer.")
    drawn = (
        _chart("ages", _("Alder"), about_ages, _("Alder i år"), charts.ages),
        _chart("codes", _("Postnummer"), about_codes, _("Postnummer"), charts.postal_codes),
    )
    return [chart for chart in drawn if chart.groups]


def _chart(key: str, title: str, description: str, heading: str, figures: Figures) -> Chart:
    counts = [count for _name, group in figures.groups for count in group if count]
    scale = (_WIDTH - _LEFT - _RIGHT) / max(counts, default=1)
    line = _STEP * len(figures.series)
    groups = tuple(
        Group(_name(key, name), number * line + _THICK, tuple(map(_count, group)))
        for number, (name, group) in enumerate(figures.groups)
    )
    return Chart(
        key,
        title,
        description,
        heading,
        tuple(map(_series, figures.series)),
        groups,
        tuple(_bars(figures, scale)),
        line * len(groups),
        has_hidden=any(count is None for _name, group in figures.groups for count in group),
    )


def _bars(figures: Figures, scale: float) -> Iterator[Bar]:
    """One bar for each count, from the top. A count that is not shown has no length."""
    flat: Sequence[tuple[str, int | None]] = [
        pair for _name, group in figures.groups for pair in zip(figures.series, group, strict=True)
    ]
    for number, (series, count) in enumerate(flat):
        y, width = number * _STEP, round((count or 0) * scale)
        said = " ".join(filter(None, (_count(count), _series(series).lower())))
        yield Bar(series, _LEFT, y, width, said, _LEFT + width + 4, y + _THICK - 3)


def _count(count: int | None) -> str:
    return _HIDDEN if count is None else str(count)


def _series(series: str) -> str:
    names = {"": _("Antall"), "kvinne": _("Kvinner"), "mann": _("Menn"), UNKNOWN: _("Ukjent kjønn")}
    return names.get(series, series)


def _name(key: str, group: str) -> str:
    if group == UNKNOWN:
        return _("Ukjent")
    if group == OTHERS:
        return _("Andre")
    if key != "ages":
        return group
    first = int(group)
    return _("%(age)d og eldre") % {"age": first} if first == 90 else f"{first}–{first + 9}"
