"""How far an unfinished order has come. Pure.

Figures are whole lookups, and the same for one lookup and none, because finer ones would tell how many persons were
left out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citizenlists.building.pipeline import CHUNK_SIZE
from citizenlists.models import CitizenList, State, Waiting


@dataclass(frozen=True, slots=True)
class Progress:
    """percent: 0 to 100. counted, time_left, waits: sentences, or "" where there is nothing to say."""

    percent: int
    counted: str
    time_left: str
    waits: str


def progress_of(order: CitizenList, now: datetime) -> Progress:
    """The progress of an order at `now`."""
    done, needed = _lookups(order.persons_done), _lookups(order.persons_found)
    counts = order.state == State.BUILDING and order.extract_complete and needed > 1
    return Progress(
        percent=percent(order),
        counted=_counted(done, needed) if counts else "",
        time_left=_time_left(order, now, done, needed) if counts and not order.stalled_since else "",
        waits=_waits(order),
    )


def percent(order: CitizenList) -> int:
    """5 for the extract, 90 for the lookups, 5 for the workbook."""
    if order.state == State.READY:
        return 100
    if not order.extract_complete:
        return 5 if order.extract_job else 0
    if order.persons_found <= CHUNK_SIZE:
        return 5
    return 5 + 90 * _lookups(order.persons_done) // _lookups(order.persons_found)


def _lookups(persons: int) -> int:
    return ceil(persons / CHUNK_SIZE)


def _counted(done: int, needed: int) -> str:
    if done == needed:
        return _("Alle er hentet. Filen skrives.")
    return _("Hentet %(done)s av omtrent %(needed)s personer.") % {
        "done": _thousands(done),
        "needed": _thousands(needed),
    }


def _thousands(lookups: int) -> str:
    return f"{lookups * CHUNK_SIZE:,}".replace(",", "\N{NO-BREAK SPACE}")


def _time_left(order: CitizenList, now: datetime, done: int, needed: int) -> str:
    """As the lookups have gone since they began, waiting included."""
    if not done or done == needed or order.lookups_since is None:
        return ""
    left = (now - order.lookups_since) * (needed - done) / done
    minutes = ceil(left / timedelta(minutes=1))
    if minutes <= 1:
        return _("Mindre enn ett minutt igjen.")
    said = ngettext("Omtrent %(count)d minutt igjen.", "Omtrent %(count)d minutter igjen.", minutes)
    return said % {"count": minutes}


def _waits(order: CitizenList) -> str:
    if order.waits_for:
        return str(Waiting(order.waits_for).label)
    if order.stalled_since:
        return _("Folkeregisteret eller lagringen svarer ikke akkurat nå. Vi prøver igjen av oss selv.")
    return ""
