"""Who administers which organisation. Administering never opens person data; nobody administers all."""

from dataclasses import dataclass
from uuid import UUID

from roles.models import AdministratorKind, Administratorship, Employee

#: Kinds that may change roles and give them; the others may look.
WRITING = frozenset({AdministratorKind.ROLE, AdministratorKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Administers:
    """The ids of the organisations whose roles an employee may change, and of those whose roles they may look at.

    may_appoint: organisations whose administrators they choose. central: whether they keep what is every
    organisation's: the catalogue, and the organisations themselves.
    """

    may_change: frozenset[UUID]
    may_look: frozenset[UUID]
    may_appoint: frozenset[UUID] = frozenset()
    central: bool = False

    @property
    def anything(self) -> bool:
        """Whether the administration has anything to show."""
        return self.central or bool(self.may_look)


def administers(employee: Employee) -> Administers:
    """Read from the database at each call, so that what is taken away is gone at once."""
    if not employee.is_active:
        return Administers(frozenset(), frozenset())
    held = Administratorship.objects.filter(employee=employee).values_list("organisation_id", "kind")
    pairs = {(organisation, kind) for organisation, kind in held if organisation is not None}
    return Administers(
        may_change=frozenset(organisation for organisation, kind in pairs if kind in WRITING),
        may_look=frozenset(organisation for organisation, _kind in pairs),
        may_appoint=frozenset(organisation for organisation, kind in pairs if kind == AdministratorKind.ORGANISATION),
        central=any(kind == AdministratorKind.CENTRAL for _organisation, kind in held),
    )
