"""Logs requests for a file, order or reference that belongs to somebody else, with the network of the client."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.http import HttpRequest

from roles.access import Access
from roles.audit import JSON, Event, Outcome
from roles.clientaddress import client_network
from roles.disclosure.logentries import entry, log
from roles.limits.counters import Window, counters

#: At most 50 entries an hour for one actor. The next denial is logged as LIMIT_REACHED, and further ones are not
#: logged, so that nobody can fill the log by asking.
_MOST: Final = Window("denials", 50, 60 * 60)


def log_denial(request: HttpRequest, access: Access, event: Event, **details: JSON) -> None:
    """Logs a denied request as `event`, with `details`. The entry is committed when this returns."""
    full = counters().take(f"{access.actor.kind}:{access.actor.id}", _MOST)
    about: Mapping[str, JSON] = {"network": client_network(request), **details}
    if full is None:
        log(replace(entry(access, event), outcome=Outcome.DENIED, details=about))
    elif full.is_news:
        limit: Mapping[str, JSON] = {"limit": _MOST.name, "most": _MOST.most, "seconds": full.seconds}
        log(replace(entry(access, Event.LIMIT_REACHED), outcome=Outcome.DENIED, details={**about, **limit}))
