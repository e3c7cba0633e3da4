"""The three columns of an address in a list: what a letter needs, as the page writes it, in bokmål.

Pure. An entry that holds a structured and a free form of one address gives the first that has lines.
"""

from collections.abc import Sequence

from django.utils import timezone, translation
from msgspec import Struct

from integrations.folkeregisteret.documents import DeltBosted
from roles.addresslines import AddressLines, address_lines
from roles.sharedresidence import Agreement, agreement_on

_NONE = AddressLines(())


def lines_of(addresses: Sequence[Struct]) -> AddressLines:
    """Those of the first that holds, made once for all three columns: a shared residence is none outside of its
    agreement."""
    holding = next(filter(_holds, addresses), None)
    with translation.override("nb"):
        return next(iter(address_lines(holding)), _NONE) if holding else _NONE


def _holds(address: Struct) -> bool:
    return not isinstance(address, DeltBosted) or agreement_on(timezone.localdate(), address) is Agreement.IN_FORCE


def street(lines: AddressLines) -> str | None:
    """What stands above the postal code: c/o, street and number, cadastral number, dwelling, box, or free lines."""
    return ", ".join((*lines.above, *lines.below)) or None


def postal_code(lines: AddressLines) -> str | None:
    """Four digits, or a foreign code."""
    return lines.postal_code or None


def postal_place(lines: AddressLines) -> str | None:
    """The postal place; abroad also the country by name."""
    return ", ".join(filter(None, (lines.postal_place, lines.country))) or None
