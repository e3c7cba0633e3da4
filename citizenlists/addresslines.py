"""The three columns of an address in a list: what a letter needs, as the page writes it, in bokmål.

Pure. An entry that holds a structured and a free form of one address gives the first that has lines.
"""

from django.utils import translation
from msgspec import Struct

from roles.addresslines import AddressLines, address_lines

NONE = AddressLines(())


def lines_of(address: Struct) -> AddressLines:
    """Made once for all three columns."""
    with translation.override("nb"):
        return next(iter(address_lines(address)), NONE)


def street(lines: AddressLines) -> str | None:
    """What stands above the postal code: c/o, street and number, cadastral number, dwelling, box, or free lines."""
    return ", ".join((*lines.above, *lines.below)) or None


def postal_code(lines: AddressLines) -> str | None:
    """Four digits, or a foreign code."""
    return lines.postal_code or None


def postal_place(lines: AddressLines) -> str | None:
    """The postal place; abroad also the country by name."""
    return ", ".join(filter(None, (lines.postal_place, lines.country))) or None
