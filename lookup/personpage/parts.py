"""The parts of a person page. Pure: no database, no register."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

from lookup.personpage.family import FamilyView
from lookup.personpage.rows import Row
from roles.policy.permitted import State


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside the name. colour: one of the theme's (neutral, success, info, warning, danger).

    element: what the tag says in full; "" where more about it stands at the element `to`.
    """

    text: str
    colour: str = "neutral"
    element: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One value of an element. past: it is an earlier value; then label names the element and period its time."""

    rows: tuple[Row, ...]
    past: bool = False
    label: str = ""
    period: str = ""

    @property
    def bare(self) -> tuple[Row, ...]:
        """The rows without a label: the element's name is enough."""
        return tuple(row for row in self.rows if not row.label)

    @property
    def named(self) -> tuple[Row, ...]:
        """The rows with a label of their own."""
        return tuple(row for row in self.rows if row.label)


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element on the page, in exactly one state."""

    key: str
    state: str
    label: str
    entries: tuple[EntryView, ...] = ()

    @property
    def label_without_value(self) -> str:
        """The label for the lists of elements without a current value; it says so when there are earlier values."""
        return f"{self.label} ({_('bare tidligere')})" if self.state == State.VALUE else self.label


@dataclass(frozen=True, slots=True)
class GroupView:
    """Elements under one heading, each with at least one entry. bases: citations of the legal bases that open them."""

    key: str
    heading: StrPromise
    elements: tuple[ElementView, ...]
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyBlock:
    """The family by name. elements: those whose whole content the family shows, so they get no rows of their own."""

    view: FamilyView
    elements: tuple[ElementView, ...]
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedView:
    """An element that is not in the role. areas: names of the service areas that may have it."""

    element: ElementView
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What a caseworker reads first. The elements here stand nowhere else on the page.

    note: what a heading means that is no name. number: "" where the role has none. number_asked: the one that was
    looked up, where it is another. name, facts, address, family: what is left to say of these elements.
    """

    heading: str
    note: str
    number: str
    number_label: str
    number_asked: str
    tags: tuple[Tag, ...]
    name: ElementView | None
    numbers: ElementView | None
    facts: tuple[ElementView, ...]
    address: tuple[ElementView, ...]
    family: tuple[ElementView, ...]
    bases: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The elements that stand here."""
        views = (self.name, self.numbers, *self.facts, *self.address, *self.family)
        return frozenset(view.key for view in views if view) | {tag.element for tag in self.tags if tag.element}


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person. Each element stands in one place: on the first screen, with the family, in a group, or in one of the
    lines below.

    family: None where the role opens no relations, or nobody is told of.
    protected: may not be shown. empty: with nothing registered, or nothing that holds now. told: others say it.
    closed: not in the role. may_be_hidden: what is empty may be so because it may not be shown. views: every element as
    a whole, by its key.
    """

    first: FirstScreen
    family: FamilyBlock | None
    groups: tuple[GroupView, ...]
    protected: tuple[ElementView, ...]
    empty: tuple[ElementView, ...]
    told: tuple[ElementView, ...]
    closed: tuple[ClosedView, ...]
    may_be_hidden: bool
    views: Mapping[str, ElementView]
