"""Whether a value of a field matches a query."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from integrations.simulator.tenor.fields.kinds import Kind, Value
from integrations.simulator.tenor.queries import Check, Literal, Range, Unreadable

Condition = Callable[[Value], bool]

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NOTHING: Final = "(?!)"
_WIDTH: Final = 11
_TRUTHS: Final = {"true": True, "false": False}


def words_in(text: str) -> str:
    """The words of a text in lower case, each with a space on both sides. Texts are stored and compared in this
    form."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def condition(kind: Kind, check: Check) -> Condition:
    """The condition for a check. Raises Unreadable when a field of this kind cannot have such a value, or has no
    order."""
    if isinstance(check.asked, Range):
        return _within(kind, check.asked, check.place)
    if check.asked.is_anything:
        return lambda _: True
    return _is(kind, check.asked, check.place)


def _is(kind: Kind, asked: Literal, place: int) -> Condition:
    match kind:
        case Kind.TEXT:
            return _has_text(asked)
        case Kind.WORD:
            return _has_word(asked)
        case Kind.FLAG:
            return _has_truth(asked, place)
    return _within(kind, Range(asked.text, asked.text), place)


def _has_text(asked: Literal) -> Condition:
    """Matches a text with the phrase, or with any of the words."""
    plain = [asked.text] if asked.quoted else [word.text for word in asked.words if not word.is_wild]
    phrases = [re.escape(found) for part in plain if (found := words_in(part)).strip()]
    wild = [f"(?<= ){word.pattern()}(?= )" for word in asked.words if word.is_wild]
    pattern = re.compile("|".join([*phrases, *wild]) or _NOTHING, re.IGNORECASE)
    return lambda value: bool(pattern.search(str(value)))


def _has_word(asked: Literal) -> Condition:
    """Matches the whole value, as it is spelled."""
    plain = frozenset([asked.text] if asked.quoted else [word.text for word in asked.words if not word.is_wild])
    pattern = re.compile("|".join(word.pattern() for word in asked.words if word.is_wild) or _NOTHING)
    return lambda value: value in plain or bool(pattern.fullmatch(str(value)))


def _has_truth(asked: Literal, place: int) -> Condition:
    truth = _TRUTHS.get(asked.text)
    if truth is None:
        raise Unreadable(place, "Ventet true eller false.")
    return lambda value: value is truth


def _within(kind: Kind, asked: Range, place: int) -> Condition:
    if kind in {Kind.TEXT, Kind.FLAG}:
        raise Unreadable(place, "Feltet har ingen rekkefølge.")
    low = _bound(kind, asked.low, place, late=not asked.with_low)
    high = _bound(kind, asked.high, place, late=asked.with_high)
    above = _above(low, inclusive=asked.with_low)
    below = _below(high, inclusive=asked.with_high)
    return lambda value: above(sortable(value)) and below(sortable(value))


def sortable(value: Value) -> str:
    """The value with numbers padded to a fixed width, so that they sort as text."""
    return f"{value:>{_WIDTH}}" if isinstance(value, int) else value


def _above(low: str | None, *, inclusive: bool) -> Callable[[str], bool]:
    if low is None:
        return lambda _: True
    return (lambda value: value >= low) if inclusive else (lambda value: value > low)


def _below(high: str | None, *, inclusive: bool) -> Callable[[str], bool]:
    if high is None:
        return lambda _: True
    return (lambda value: value <= high) if inclusive else (lambda value: value < high)


def _bound(kind: Kind, text: str | None, place: int, *, late: bool) -> str | None:
    """The bound of a range. late: a year or a month stands for its last day."""
    if text is None or kind is Kind.WORD:
        return text
    if kind is Kind.NUMBER:
        return sortable(_number(text, place))
    return _day(text, place, late=late)


def _number(text: str, place: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _WIDTH):
        raise Unreadable(place, "Ventet et helt tall.")
    return int(text)


def _day(text: str, place: int, *, late: bool) -> str:
    """The first or the last day of a year, a month or a day. A last day may be a text that sorts after the 28th."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise Unreadable(place, "Ventet en dato: ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.") from None
    return text + ("-12-31" if late else "-01-01")[len(text) - 4 :]
