"""Who administers which organisation. Administering opens no person data, and no kind of administrator has them all."""

from dataclasses import dataclass
from uuid import UUID

from roles.models import AdministratorKind, Administratorship, Employee

#: Kinds of administrator that may change roles and give them. The other kinds may only look.
WRITING = frozenset({AdministratorKind.ROLE, AdministratorKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Administers:
    """What an employee administers. The sets hold ids of organisations.

    may_change: organisations whose roles the employee may change. may_look: organisations whose roles they may see.
    may_appoint: organisations whose administrators they appoint. central: whether they keep what all organisations
    share: the catalogue and the list of organisations.
    """

    may_change: frozenset[UUID]
    may_look: frozenset[UUID]
    may_appoint: frozenset[UUID] = frozenset()
    central: bool = False

    @property
    def anything(self) -> bool:
        """Whether the administration pages have anything to show this employee."""
        return self.central or bool(self.may_look)


def administers(employee: Employee) -> Administers:
    """What the employee administers; nothing when the employee is deactivated.

    Read from the database at each call, so that a withdrawal has effect at once.
    """
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
