"""Actors: an employee, an integration (a case system), or the system itself (clock, worker, deployment)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from integrations.folkeregisteret.identifiers import looks_like_a_number

if TYPE_CHECKING:
    from roles.models import Employee

ActorKind = Literal["employee", "integration", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is our own stable id (an employee's uuid), never a national identity number; `label` is the name in the
    log."""

    kind: ActorKind
    id: str
    label: str


#: The actor of a login: what happens there is done before anybody is known to be an employee.
DOOR = Actor(kind="system", id="login", label="Innlogging")


def actor_of(employee: "Employee") -> Actor:
    """The employee as an actor, with our own id, not the identity provider's. A name that may be a number is replaced
    by the employee's code."""
    label = employee.code if looks_like_a_number(employee.display_name) else employee.display_name
    return Actor(kind="employee", id=str(employee.id), label=label)


def system(name: str) -> Actor:
    """The actor for a part of the system, such as the clock."""
    return Actor(kind="system", id=name, label=name)
