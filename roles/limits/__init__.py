"""How much one employee may look up and order, and how the page says that it was too much.

The installation's settings hold for every organisation that has no figure of its own. An organisation's own stand on
the organisation, where the central administrator sets them, the log says who and when, and the next request obeys: a
limit decides how much one person can carry out, and that is no business of a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Protocol

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roles.limits.counters import Full, Window

_DAY: Final = 24 * 60 * 60
#: A run of misses is remembered so long after the latest: less than a lookup's reference lives.
_RUN: Final = 10 * 60


class Limit(StrEnum):
    """What there is at most so much of, by the name it has on the organisation and in the log."""

    LOOKUPS_PER_MINUTE = "lookups_per_minute"
    LOOKUPS_PER_DAY = "lookups_per_day"
    MISSES_IN_A_ROW = "misses_in_a_row"
    MISSES_PER_DAY = "misses_per_day"
    OPEN_ORDERS = "open_orders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one person has at most. A miss: an answer with nobody in it, whatever the reason."""

    lookups_per_minute: int
    lookups_per_day: int
    misses_in_a_row: int
    misses_per_day: int
    open_orders: int

    @property
    def uses(self) -> tuple[Window, ...]:
        """What each lookup, and each download of a list, is counted in."""
        return (
            Window(Limit.LOOKUPS_PER_MINUTE, self.lookups_per_minute, 60),
            Window(Limit.LOOKUPS_PER_DAY, self.lookups_per_day, _DAY),
        )

    @property
    def lookups(self) -> tuple[Window, ...]:
        """The same, and what a lookup is counted in until somebody was found."""
        return (*self.uses, self.run_of_misses, self.misses)

    @property
    def run_of_misses(self) -> Window:
        """Ended by a hit."""
        return Window(Limit.MISSES_IN_A_ROW, self.misses_in_a_row, _RUN, renewed=True)

    @property
    def misses(self) -> Window:
        """Not ended by a hit, so that a known number now and then does not clear the way for guessing."""
        return Window(Limit.MISSES_PER_DAY, self.misses_per_day, _DAY)


class LimitReached(Exception):
    """Nothing was asked or ordered. seconds: until there is room again, at the latest."""

    def __init__(self, limit: Limit, most: int, seconds: int) -> None:
        super().__init__(limit.value)
        self.limit = limit
        self.most = most
        self.seconds = seconds


def reached(full: Full) -> LimitReached:
    """The error that says which window is full."""
    return LimitReached(Limit(full.window.name), full.window.most, full.seconds)


def installation_limits() -> Limits:
    """Those of an organisation without any of its own."""
    figures: Mapping[str, int] = settings.FIKSREG_LIMITS
    return Limits(**figures)


class OwnLimits(Protocol):
    """An organisation's own figures; None is the installation's."""

    @property
    def lookups_per_minute(self) -> int | None: ...
    @property
    def lookups_per_day(self) -> int | None: ...
    @property
    def misses_in_a_row(self) -> int | None: ...
    @property
    def misses_per_day(self) -> int | None: ...
    @property
    def open_orders(self) -> int | None: ...


def limits_of(organisation: OwnLimits) -> Limits:
    """Its own figures, else the installation's."""
    figures: Mapping[str, int] = settings.FIKSREG_LIMITS
    own = {one.name: getattr(organisation, one.name) for one in fields(Limits)}
    return Limits(**{name: figures[name] if figure is None else figure for name, figure in own.items()})


_SAID: Final[Mapping[Limit, Promise]] = {
    Limit.LOOKUPS_PER_MINUTE: gettext_lazy(
        "Du har søkt eller lastet ned %(most)s ganger på ett minutt. Mer kan én person ikke gjøre i virksomheten din."
    ),
    Limit.LOOKUPS_PER_DAY: gettext_lazy(
        "Du har søkt eller lastet ned %(most)s ganger på ett døgn. Mer kan én person ikke gjøre i virksomheten din."
    ),
    Limit.MISSES_IN_A_ROW: gettext_lazy("Søkene dine fant ingen %(most)s ganger på rad, og da må du ta en pause."),
    Limit.MISSES_PER_DAY: gettext_lazy("Søkene dine fant ingen %(most)s ganger på ett døgn, og da må du ta en pause."),
    Limit.OPEN_ORDERS: gettext_lazy("Du har så mange uferdige lister som én person kan ha på en gang: %(most)s."),
}


def what_happened(error: LimitReached) -> str:
    """In words, and that nothing was done."""
    return str(_SAID[error.limit]) % {"most": error.most}


def when_to_go_on(error: LimitReached) -> str:
    """In words: the time of day, with the date where it is another day's."""
    if error.limit is Limit.OPEN_ORDERS:
        return _("Du kan bestille igjen når en av dem er ferdig eller avbrutt.")
    again = timezone.localtime(timezone.now() + timedelta(seconds=error.seconds, minutes=1))
    if again.date() == timezone.localdate():
        return _("Du kan fortsette klokken %(time)s.") % {"time": f"{again:%H.%M}"}
    return _("Du kan fortsette %(date)s klokken %(time)s.") % {"date": f"{again:%d.%m.}", "time": f"{again:%H.%M}"}


def whom_to_ask() -> str:
    """In words."""
    return _("Trenger du flere til jobben din, snakk med den som administrerer virksomheten din.")


def said(error: LimitReached) -> str:
    """All of it, for a form that keeps what was typed."""
    return f"{what_happened(error)} {when_to_go_on(error)} {whom_to_ask()}"


def with_retry_after(response: HttpResponse, error: LimitReached) -> HttpResponse:
    """The page with this error, as clients understand it too."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(error.seconds)
    return response
