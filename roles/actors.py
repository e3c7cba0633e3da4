"""Who does something: an employee, an integration (a case system), or the system itself (clock, worker, deployment)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from integrations.folkeregisteret.identifiers import looks_like_a_number

if TYPE_CHECKING:
    from roles.models import Employee

ActorKind = Literal["employee", "integration", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is ours and stable (an employee's uuid), never a person's number; `label` is what readers of the log see."""

    kind: ActorKind
    id: str
    label: str


#: Where people come in: what it does, nobody asked for who is an employee yet.
DOOR = Actor(kind="system", id="login", label="Innlogging")


def actor_of(employee: "Employee") -> Actor:
    """The employee as the log names them: our own id, never the identity provider's, and never what may be a number."""
    label = employee.code if looks_like_a_number(employee.display_name) else employee.display_name
    return Actor(kind="employee", id=str(employee.id), label=label)


def system(name: str) -> Actor:
    """A part of the system that acts by itself, such as the clock."""
    return Actor(kind="system", id=name, label=name)
