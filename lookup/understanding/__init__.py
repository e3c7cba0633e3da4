"""Parses the text of the one search field, as people type or paste it. Pure: no register, no Django.

A number with right check digits is that number, whatever stands around it. Otherwise the birth and the place are taken
out of the text, and the rest is a name. The result names every part that could not be used.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from integrations.folkeregisteret.identifiers import InvalidIdentifier, Reason, numbers_in, parse
from integrations.folkeregisteret.typedtext import normalise_name, normalise_number, plain
from lookup.understanding.dates import NOTHING, Born, may_be_birth_year, parse_birth
from lookup.understanding.places import NOWHERE, Place, parse_place, without_dwelling

#: More is not typed by hand. When a longer text is pasted, the page shows how its beginning was understood.
LONGEST: Final = 500


class Unused(StrEnum):
    """The reasons why a part of the text is not searched by."""

    BESIDE_NUMBER = "beside-number"
    ANOTHER_NUMBER = "another-number"
    SIGNS = "signs"
    INITIALS = "initials"
    DIGITS = "digits"
    DWELLING = "dwelling"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ParsedText:
    """What the text was parsed to. A field that is empty was not in the text.

    number: 11 digits; as it was written when there is a number_fault, the reason why it is no number. born: a day,
    years, or a doubt about them. unused: the parts left out, with the reasons.
    """

    number: str = ""
    number_fault: Reason | None = None
    name: str = ""
    born: Born = NOTHING
    place: Place = NOWHERE
    unused: tuple[tuple[Unused, str], ...] = ()


def parse_text(text: str, *, today: date) -> ParsedText:
    """Parses the text. `today` decides centuries and ages. Never raises."""
    shown = plain(_LINES.sub(", ", text[:LONGEST].strip()))
    return _parse_number(shown, plain(text[:LONGEST])) or _parse_description(shown, today)


#: An address block is pasted as lines, a row of a spreadsheet as cells.
_LINES: Final = re.compile(r"\s*[\r\n\t\v\f\u2028\u2029]+\s*")
_LABEL: Final = re.compile(
    r"(?<!\w)(?:fødsels-?(?:nummer|nr)|person-?(?:nummer|nr)|d-?(?:nummer|nr)|fnr|f\.nr|pnr)(?!\w)\s*[.:=]*",
    re.IGNORECASE,
)
_NO_LETTERS: Final = re.compile(r"[\d .,:;/()\-]+")
_SLIP: Final = re.compile(r"(?=(?:\D*\d){8})[0-9a-z]{9,13}", re.IGNORECASE)
#: Texts of this many digits without a letter are a postnummer (4) or a date (6, 8).
_OTHER_LENGTHS: Final = frozenset({0, 4, 6, 8})


def _parse_number(shown: str, in_one_line: str) -> ParsedText | None:
    """The first right number; else what was meant as one: eleven digits, digits after a label, or digits alone. None
    for neither."""
    spans = [(start, end, normalise_number(in_one_line[start:end])) for start, end in numbers_in(in_one_line)]
    right = [span for span in spans if _fault(span[2]) is None]
    if right or spans:
        return _text_with_number(in_one_line, (right or spans)[0], {number for *_, number in right})
    meant = normalise_number(in_one_line)
    return ParsedText(number=meant, number_fault=_fault(meant)) if _is_meant_as_number(shown, meant) else None


def _is_meant_as_number(shown: str, meant: str) -> bool:
    digits = sum(sign.isdigit() for sign in meant)
    if _LABEL.match(shown) and digits:
        return _NO_LETTERS.fullmatch(meant) is not None
    bare = shown.strip(" .,;:")
    return bool(_SLIP.fullmatch(bare)) or (bool(_NO_LETTERS.fullmatch(bare)) and _is_no_date(bare, digits))


def _is_no_date(bare: str, digits: int) -> bool:
    return digits not in _OTHER_LENGTHS and parse_birth(bare, date.max) is None


def _text_with_number(text: str, span: tuple[int, int, str], right: set[str]) -> ParsedText:
    start, end, number = span
    beside = normalise_name(_LABEL.sub(" ", f"{text[:start]} {text[end:]}"))
    kind = Unused.ANOTHER_NUMBER if len(right) > 1 else Unused.BESIDE_NUMBER
    unused = ((kind, beside),) if any(sign.isalpha() for sign in beside) or len(right) > 1 else ()
    return ParsedText(number=number, number_fault=_fault(number), unused=unused)


def _fault(number: str) -> Reason | None:
    try:
        parse(number)
    except InvalidIdentifier as error:
        return error.reason
    return None


def _parse_description(text: str, today: date) -> ParsedText:
    bare = without_dwelling(text)
    born, rest = _parse_birth(bare, today)
    pieces = [piece.strip() for piece in re.split(r"[,;]", rest)]
    place, left = parse_place(pieces)
    if born is NOTHING and (year := _parse_year_alone(pieces, place, left, today)):
        born, place, left = (
            Born(years=(year, year), written=place.postnummer),
            Place(),
            _without(pieces, place.postnummer),
        )
    name, unused = _parse_name(" ".join(left))
    return ParsedText(name=name, born=born, place=place, unused=_with_dwelling(unused, has_dwelling=bare != text))


def _parse_birth(text: str, today: date) -> tuple[Born, str]:
    """The birth, and the text without it. A comma takes its place when a house number follows, so that a name before it
    and a street after it stay apart."""
    found = parse_birth(text, today)
    if found is None:
        return NOTHING, text
    behind = text[found.end :]
    return found.born, f"{text[: found.start]}{',' if re.search('[0-9]', behind) else ' '}{behind}"


def _parse_year_alone(pieces: list[str], place: Place, left: list[str], today: date) -> int | None:
    """The year, when the postnummer of `place` is a birth year: no street and no poststed stand with it, but a name
    does."""
    number = place.postnummer
    if not number or place.street or not may_be_birth_year(int(number), today):
        return None
    before, _, behind = next(piece for piece in pieces if number in piece).partition(number)
    is_first = not before.strip() and len(list(filter(None, pieces))) == 1 and len(behind.split()) > 1
    beside = _without(pieces, number)
    is_last = not behind.strip(" .") and len(left) == len(beside)
    return int(number) if beside and (is_first or is_last) else None


def _without(pieces: list[str], number: str) -> list[str]:
    return list(filter(None, (piece.replace(number, " ").strip() for piece in pieces)))


_WORD_LABEL: Final = re.compile(r"(?<!\w)(?:navn|namn|name)\s?[:=]", re.IGNORECASE)
#: Characters that the register refuses in a name, and wildcards: it searches by whole words.
_REFUSED: Final = re.compile(r"[@{}\[\]#!$&(),|?%/\\=+<>_:\"]|\*(?!\w)")

#: Punctuation around names. It is removed without a message.
_AROUND: Final = frozenset('()[]{},:"')


def _parse_name(text: str) -> tuple[str, list[tuple[Unused, str]]]:
    """The words of a name, and the parts that are left out."""
    text = _WORD_LABEL.sub(" ", text)
    signs = sorted(set(_REFUSED.findall(text)) - _AROUND)
    words = normalise_name(_REFUSED.sub(" ", text)).split()
    digits = [word for word in words if re.search(r"\d", word)]
    initials = [word for word in words if re.fullmatch(r"[^\W\d_]\.", word)]
    others = [word.rstrip(".") for word in words if word not in {*digits, *initials} and re.search(r"[^\W_]", word)]
    left_out = ((Unused.SIGNS, signs), (Unused.DIGITS, digits), (Unused.INITIALS, initials))
    return " ".join(others), [(kind, " ".join(parts)) for kind, parts in left_out if parts]


def _with_dwelling(unused: list[tuple[Unused, str]], *, has_dwelling: bool) -> tuple[tuple[Unused, str], ...]:
    return (*unused, *(((Unused.DWELLING, ""),) if has_dwelling else ()))
