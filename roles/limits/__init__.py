"""How much one employee may look up and order, and the texts for a limit that is reached.

The setting FIKSREG_LIMITS holds for every organisation without a figure of its own. A central administrator sets an
organisation's own figures on its row; the change is logged and has effect at the next request, without a restart.
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
#: Seconds after the latest miss for which a run of misses is remembered; shorter than the life of a lookup's reference.
_RUN: Final = 10 * 60


class Limit(StrEnum):
    """The limits, by their field names on the organisation and in the log."""

    LOOKUPS_PER_MINUTE = "lookups_per_minute"
    LOOKUPS_PER_DAY = "lookups_per_day"
    MISSES_IN_A_ROW = "misses_in_a_row"
    MISSES_PER_DAY = "misses_per_day"
    OPEN_ORDERS = "open_orders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits for one person. A miss is a lookup whose answer holds no person, whatever the reason."""

    lookups_per_minute: int
    lookups_per_day: int
    misses_in_a_row: int
    misses_per_day: int
    open_orders: int

    @property
    def uses(self) -> tuple[Window, ...]:
        """The windows in which each lookup and each download of a list is counted."""
        return (
            Window(Limit.LOOKUPS_PER_MINUTE, self.lookups_per_minute, 60),
            Window(Limit.LOOKUPS_PER_DAY, self.lookups_per_day, _DAY),
        )

    @property
    def lookups(self) -> tuple[Window, ...]:
        """The windows in which a lookup is counted at first: `uses`, and those for misses until a person is found."""
        return (*self.uses, self.run_of_misses, self.misses)

    @property
    def run_of_misses(self) -> Window:
        """The window for misses in a row. A hit empties it."""
        return Window(Limit.MISSES_IN_A_ROW, self.misses_in_a_row, _RUN, renewed=True)

    @property
    def misses(self) -> Window:
        """The window for misses in a day. A hit does not empty it: a known number now and then must not allow
        guessing."""
        return Window(Limit.MISSES_PER_DAY, self.misses_per_day, _DAY)


class LimitReached(Exception):
    """A limit is reached, so nothing was asked or ordered. seconds: until there is room again, at the latest."""

    def __init__(self, limit: Limit, most: int, seconds: int) -> None:
        super().__init__(limit.value)
        self.limit = limit
        self.most = most
        self.seconds = seconds


def limit_reached(full: Full) -> LimitReached:
    """The LimitReached for a full window."""
    return LimitReached(Limit(full.window.name), full.window.most, full.seconds)


def installation_limits() -> Limits:
    """The limits of an organisation without figures of its own."""
    figures: Mapping[str, int] = settings.FIKSREG_LIMITS
    return Limits(**figures)


class OwnLimits(Protocol):
    """An organisation's own figures; None means the installation's figure."""

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
    """The organisation's limits: its own figures where it has them, else the installation's."""
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
    """The sentence that says which limit was reached."""
    return str(_SAID[error.limit]) % {"most": error.most}


def when_to_go_on(error: LimitReached) -> str:
    """The sentence that says when the employee can go on: the time, with the date when that is not today."""
    if error.limit is Limit.OPEN_ORDERS:
        return _("Du kan bestille igjen når en av dem er ferdig eller avbrutt.")
    again = timezone.localtime(timezone.now() + timedelta(seconds=error.seconds, minutes=1))
    if again.date() == timezone.localdate():
        return _("Du kan fortsette klokken %(time)s.") % {"time": f"{again:%H:%M}"}
    return _("Du kan fortsette %(date)s klokken %(time)s.") % {"date": f"{again:%d.%m.}", "time": f"{again:%H:%M}"}


def whom_to_ask() -> str:
    """The sentence that says whom to ask for a higher limit."""
    return _("Trenger du flere til jobben din, snakk med den som administrerer virksomheten din.")


def whole_message(error: LimitReached) -> str:
    """The three sentences together, for the error of a form."""
    return f"{what_happened(error)} {when_to_go_on(error)} {whom_to_ask()}"


def with_retry_after(response: HttpResponse, error: LimitReached) -> HttpResponse:
    """The response with status 429 and a Retry-After header, so that programs understand it too."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(error.seconds)
    return response
