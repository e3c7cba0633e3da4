"""An address as the columns of a label or a merged letter. Pure. Texts are in the active language."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from integrations.folkeregisteret.documents import Address, Bostedsadresse, DeltBosted, Oppholdsadresse
from roles.vocabulary.envelope import AddressLines, address_lines, is_care_of

_LINES: Final = 3


class LabelColumns(NamedTuple):
    """An envelope below the name, one column for each. A column may be "". country: only in foreign addresses, in
    capitals, as Posten wants the last line of a letter abroad."""

    care_of: str = ""
    line_1: str = ""
    line_2: str = ""
    line_3: str = ""
    postal_code: str = ""
    postal_place: str = ""
    country: str = ""


def label_of(entries: Iterable[Address]) -> LabelColumns:
    """The first of these addresses that a letter can be sent to. An unknown address is none."""
    known = (lines for entry in entries if not _is_unknown(entry) for lines in address_lines(entry))
    return label_columns(next(known, AddressLines(())))


def label_columns(lines: AddressLines) -> LabelColumns:
    """The lines in their order. Lines that are too many stand together in the last; what stands below a foreign postal
    place follows it in its column."""
    above = list(lines.above)
    care_of = above.pop(0) if above and is_care_of(above[0]) else ""
    line_1, line_2, *rest = *above, *[""] * _LINES
    place = ", ".join(filter(None, (lines.postal_place, *lines.below)))
    return LabelColumns(
        care_of, line_1, line_2, ", ".join(filter(None, rest)), lines.postal_code, place, lines.country.upper()
    )


def _is_unknown(entry: Address) -> bool:
    if isinstance(entry, Oppholdsadresse):
        return bool(entry.adressenErUkjent)
    return isinstance(entry, Bostedsadresse | DeltBosted) and entry.ukjentBosted is not None
