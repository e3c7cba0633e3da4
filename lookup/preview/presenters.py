"""The preview as a page: every element of the vocabulary with its state, its values and the rule that decided. Pure."""

from dataclasses import dataclass
from datetime import date

from django_stubs_ext import StrPromise

from lookup.personpage.headings import GROUPS
from lookup.personpage.parts import ElementView, PersonPage
from lookup.personpage.presenters import person_page
from lookup.preview.names import RULE_NAMES, STATE_NAMES, sentence
from roles.policy.examples import Shown
from roles.policy.explanations import Explanation
from roles.policy.permitted import State


@dataclass(frozen=True, slots=True)
class Row:
    """One element. rule: what decided. rule_name, why: the same as texts."""

    element: ElementView
    state_name: str
    rule: str
    rule_name: str
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """The elements under one heading of the person page."""

    heading: StrPromise
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page. person: the example as the person page would show it. visible: the number of elements that show
    something."""

    person: PersonPage
    sections: tuple[Section, ...]
    visible: int


def preview(shown: Shown, today: date) -> Preview:
    """The preview of what a role shows. today: the day for the age."""
    person = person_page(shown.record, asked=shown.number, today=today)
    views = person.views
    sections = tuple(
        Section(group.heading, tuple(_row(views[key], shown.explanations[key]) for key in group.elements))
        for group in GROUPS
    )
    return Preview(person, sections, len(shown.record.delivered))


def _row(element: ElementView, explanation: Explanation) -> Row:
    rule = explanation.reason.rule
    state_name = str(STATE_NAMES[State(element.state)])
    return Row(element, state_name, rule.value, str(RULE_NAMES[rule]), sentence(explanation))
