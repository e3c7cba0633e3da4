"""The three columns of an address in a list: what a letter needs, as the page writes it, in bokmål.

Pure. An entry that holds a structured and a free form of one address gives the first that has lines.
"""

from django.utils import translation
from msgspec import Struct

from roles.addresslines import AddressLines, address_lines

_NONE = AddressLines(())


def street(address: Struct) -> str | None:
    """What stands above the postal code: c/o, street and number, cadastral number, dwelling, box, or free lines."""
    lines = _lines(address)
    return ", ".join((*lines.above, *lines.below)) or None


def postal_code(address: Struct) -> str | None:
    """Four digits, or a foreign code."""
    return _lines(address).postal_code or None


def postal_place(address: Struct) -> str | None:
    """The postal place; abroad also the country by name."""
    lines = _lines(address)
    return ", ".join(filter(None, (lines.postal_place, lines.country))) or None


def _lines(address: Struct) -> AddressLines:
    with translation.override("nb"):
        return next(iter(address_lines(address)), _NONE)
