"""The entries of the audit log. They hold no person's data: subjects and criteria become keyed hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from roles.actors import Actor

JSON = str | int | float | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]


class MissingActor(Exception):
    """The entry has no actor: an error in our code."""


class LogBusy(Exception):
    """The lock of the chain was not free in time. Nothing was logged, so nothing may be disclosed. May be retried."""


class WrongConnection(Exception):
    """The entry would not be committed when it must be: an error in our code. The text says which rule was broken."""


class Event(StrEnum):
    """What happened, written "source:subject:action", so that a prefix selects a family of events."""

    PERSON_ASKED = "lookup:person:asked"
    PERSON_ANSWERED = "lookup:person:answered"
    PERSON_MISTAKEN = "lookup:person:mistaken"
    PERSON_PRINTED = "lookup:person:printed"
    RELATIVES_ANSWERED = "lookup:relatives:answered"
    SEARCH_ASKED = "lookup:search:asked"
    SEARCH_ANSWERED = "lookup:search:answered"
    REFERENCE_CHECKED = "lookup:reference:checked"
    REFERENCE_REFUSED = "lookup:reference:refused"

    LIMIT_REACHED = "limit:person:reached"

    EXTRACT_ORDERED = "list:extract:ordered"
    BATCH_ASKED = "list:batch:asked"
    BATCH_ANSWERED = "list:batch:answered"
    ORDER_PLACED = "list:order:placed"
    ORDER_CANCELLED = "list:order:cancelled"
    ORDER_TAKEN_UP_AGAIN = "list:order:taken-up-again"
    ORDER_REFUSED = "list:order:refused"
    ORDER_FAILED = "list:order:failed"
    NOTICE_ASKED = "list:notice:asked"
    SCHEDULE_MADE = "list:schedule:made"
    SCHEDULE_ENDED = "list:schedule:ended"
    FILE_PUBLISHED = "list:file:published"
    FILE_DOWNLOADED = "list:file:downloaded"
    FILE_SENT = "list:file:sent"
    FILE_REFUSED = "list:file:refused"
    FILE_WITHDRAWN = "list:file:withdrawn"
    FILE_DAMAGED = "list:file:damaged"
    FILE_EXPIRED = "list:file:expired"
    FILE_DELETED = "list:file:deleted"

    ROLE_CREATED = "role:role:created"
    ROLE_CHANGED = "role:role:changed"
    ROLE_DELETED = "role:role:deleted"
    ASSIGNMENT_GIVEN = "role:assignment:given"
    ASSIGNMENT_WITHDRAWN = "role:assignment:withdrawn"
    ADMINISTRATORSHIP_GIVEN = "role:administratorship:given"
    ADMINISTRATORSHIP_WITHDRAWN = "role:administratorship:withdrawn"
    GROUP_CREATED = "role:group:created"
    GROUP_CHANGED = "role:group:changed"
    INTEGRATION_CREATED = "role:integration:created"
    INTEGRATION_CHANGED = "role:integration:changed"
    EMPLOYEE_CREATED = "role:employee:created"
    EMPLOYEE_CHANGED = "role:employee:changed"
    ORGANISATION_CREATED = "role:organisation:created"
    ORGANISATION_CHANGED = "role:organisation:changed"
    CENTRAL_USERS_ON = "role:central-users:on"
    CENTRAL_USERS_OFF = "role:central-users:off"
    ONBOARDING_STEP_TAKEN = "role:onboarding:taken"
    ONBOARDING_STEP_TAKEN_BACK = "role:onboarding:taken-back"
    ROLE_LOST_ELEMENTS = "role:role:lost-elements"
    ROLE_LOSS_READ = "role:role:loss-read"
    CATALOGUE_LOADED = "role:catalogue:loaded"
    CATALOGUE_CHANGED = "role:catalogue:changed"
    AREA_CREATED = "role:area:created"
    AREA_ASKED_FOR = "role:area:asked-for"
    AREA_ANSWERED = "role:area:answered"
    NOTICE_PUT_UP = "role:notice:put-up"
    NOTICE_CHANGED = "role:notice:changed"
    LIST_TEMPLATE_CREATED = "role:list-template:created"
    LIST_TEMPLATE_CHANGED = "role:list-template:changed"
    LIST_WORKBOOK_ADDED = "role:list-workbook:added"
    LIST_WORKBOOK_CHANGED = "role:list-workbook:changed"
    REVIEW_OPENED = "role:review:opened"
    REVIEW_HANDED_OVER = "role:review:handed-over"
    REVIEW_ANSWERED = "role:review:answered"
    REVIEW_REMINDED = "role:review:reminded"
    REVIEW_CLOSED = "role:review:closed"

    SESSION_OPENED = "login:session:opened"
    SESSION_ENDED = "login:session:ended"
    SESSION_CLOSED = "login:session:closed"
    SESSION_REFUSED = "login:session:refused"
    BREAK_GLASS_OPENED = "login:break-glass:opened"
    BREAK_GLASS_CLOSED = "login:break-glass:closed"
    ROLE_CHOSEN = "login:role:chosen"

    LOG_RESTORED = "log:restore:accepted"


#: The prefix of every change in the administration: of roles, of who holds them, and of the catalogue.
CHANGES = "role:"


class Outcome(StrEnum):
    """How a question ended."""

    DELIVERED = "delivered"
    NONE = "none"
    DENIED = "denied"
    FAILED = "failed"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """A person an entry is about, by raw numbers. The log stores keyed hashes and a sealed box, never the numbers.

    asked: the number that was asked for. current: the number the person has now, None when it is not known. outcome:
    the outcome for this person when the entry is about many.
    """

    asked: str
    current: str | None = None
    outcome: Outcome | None = None

    def __repr__(self) -> str:
        return f"Subject(outcome={self.outcome})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act in the log.

    organisation_id: the organisation whose chain the entry goes to; None means the installation's own. intent_id: id of
    what the person did; the entries of all its technical reads carry it. criteria: criterion kind -> keyed hash of its
    value. elements_asked, elements_delivered: keys of the vocabulary. flags: computed by the gate (roles.disclosure).
    details: for changes, names and ids before and after, and the reason; never a person's data.
    """

    event: Event
    actor: Actor
    organisation_id: UUID | None
    on_behalf_of: Actor | None = None
    role_id: UUID | None = None
    service_area: str = ""
    legal_bases: tuple[str, ...] = ()
    use: str = ""
    intent_id: UUID | None = None
    purpose: str = ""
    subject: Subject | None = None
    criteria: Mapping[str, str] = field(default_factory=dict)
    elements_asked: frozenset[str] | tuple[str, ...] = ()
    elements_delivered: frozenset[str] | tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    outcome: Outcome | None = None
    request_id: str = ""
    details: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The place of an entry: its chain (an organisation's id, or "0") and its number in the chain."""

    chain: str
    seq: int


INSTALLATION = "0"


def chain_of(organisation_id: UUID | None) -> str:
    """The name of the organisation's chain; for None that of the installation's own chain, "0"."""
    return INSTALLATION if organisation_id is None else str(organisation_id)
