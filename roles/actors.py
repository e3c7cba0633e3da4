"""Who does something: an employee, an integration (a case system), or the system itself (clock, worker, deployment)."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["employee", "integration", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is ours and stable (an employee's uuid), never a person's number; `label` is what readers of the log see."""

    kind: ActorKind
    id: str
    label: str


#: Where people come in: what it does, nobody asked for who is an employee yet.
DOOR = Actor(kind="system", id="login", label="Innlogging")


def system(name: str) -> Actor:
    """A part of the system that acts by itself, such as the clock."""
    return Actor(kind="system", id=name, label=name)
