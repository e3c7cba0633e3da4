"""Says when the register sends a property that the vocabulary does not have: it is hidden, and somebody should know.

Names only, each once in a process.
"""

import logging
import re
from contextlib import suppress
from typing import Final

import msgspec

from integrations.folkeregisteret.documents import unknown_properties
from integrations.folkeregisteret.errors import UnexpectedAnswer

_NAME: Final = re.compile(r"[A-Za-z_]{1,80}")
_LOGGER: Final = logging.getLogger(__name__)
_told: Final[set[str]] = set()


class _Answer(msgspec.Struct, frozen=True):
    folkeregisterperson: msgspec.Raw = msgspec.Raw(b"{}")


class _Bulk(msgspec.Struct, frozen=True):
    oppslag: list[_Answer]


_BULK: Final = msgspec.json.Decoder(_Bulk)


def tell_of_unknown(document: bytes) -> None:
    """document: one person as the register sent it. What does not look like a name is counted, not written."""
    with suppress(UnexpectedAnswer):
        new = unknown_properties(document) - _told
        if new:
            _told.update(new)
            names = sorted(name for name in new if _NAME.fullmatch(name))
            _LOGGER.warning(
                "the register sends properties we do not know: they are hidden", extra={"properties": names}
            )


def tell_of_unknown_in_bulk(answer: bytes) -> None:
    """Looks at the first person alone: all were asked for the same parts."""
    with suppress(msgspec.MsgspecError, ValueError):
        tell_of_unknown(next((bytes(one.folkeregisterperson) for one in _BULK.decode(answer).oppslag), b"{}"))
