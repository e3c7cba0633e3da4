"""The notices on the front page of the administration: which role lost which elements, by which basis, and what to
do."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from roles.catalogue.losses import unread
from roles.models import RoleLoss
from roles.vocabulary import element_name

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice, as texts."""

    loss: RoleLoss
    elements: str
    bases: str


@dataclass(frozen=True, slots=True)
class Notices:
    """shown: the first notices. count: the number of all."""

    shown: tuple[Notice, ...]
    count: int


def notices(organisations: Collection[UUID]) -> Notices:
    """The notices for these organisations, sorted by organisation and role."""
    found = unread(organisations).order_by("organisation__name", "role__name", "happened_at")
    return Notices(tuple(map(_notice, found[:_MOST_SHOWN])), found.count())


def _notice(loss: RoleLoss) -> Notice:
    return Notice(loss, ", ".join(map(element_name, loss.elements)), "; ".join(loss.bases))
