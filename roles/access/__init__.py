"""Access: the proof of what an actor may do now. Every function of the gate (roles.disclosure) requires one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid4

from integrations.folkeregisteret.elements import RightsPackage
from roles.access.onboardingsteps import missing, required_of
from roles.access.rights import HeldArea, HeldBasis, HeldOrganisation, HeldRole, roles_held
from roles.actors import Actor, actor_of
from roles.limits import Limits, installation_limits, limits_of
from roles.models import Employee, LegalBasis, Step, Use
from roles.models.catalogue import cited
from roles.policy import fieldpolicy
from roles.policy.addressprotection import PROTECTION_ELEMENT


class RoleProblem(StrEnum):
    """Why access_in() or check_still_held() refused."""

    NONE_HELD = "none-held"
    NO_LONGER_HELD = "no-longer-held"
    NOT_FOR_THIS_USE = "not-for-this-use"
    NOT_TAKEN_INTO_USE = "not-taken-into-use"
    NARROWED = "narrowed"


class NoRole(Exception):
    """No live role allows what was asked for. `problem` says why, `use` for which use; neither names a role."""

    def __init__(self, problem: RoleProblem, use: Use) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.use = use


class SessionOver(Exception):
    """The session of the request has ended: the employee logged out or was blocked, or the session expired."""


class NotTakenIntoUse(NoRole):
    """The role is held, but its organisation lacks steps of its onboarding, so the register is not asked for it."""

    def __init__(self, organisation: HeldOrganisation, missing: tuple[Step, ...], use: Use) -> None:
        super().__init__(RoleProblem.NOT_TAKEN_INTO_USE, use)
        self.organisation = organisation
        self.missing = missing


def _by_no_session() -> None:
    """The default of Access.in_session: a worker and an integration have no session, so there is nothing to check."""


@dataclass(frozen=True, slots=True)
class LegalBasisRef:
    """A legal basis as the audit log names it. opens: those of the role's elements that rest on it."""

    key: str
    statute: str
    section: str
    is_proposal: bool = False
    opens: frozenset[str] = frozenset()

    @property
    def cited(self) -> str:
        """As pages name it."""
        return cited(self.statute, self.section, is_proposal=self.is_proposal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one actor may see now, in one role, for one use. Built for each request or batch, never kept.

    elements: keys of the information elements that were chosen for the role and that a legal basis in force opens.
    intent_id: id of what the person did; the entries of every technical read carry it. reason: why the confidential
    address is opened, "" when it is not. kommuner: numbers of the kommuner whose residents the organisation may list.
    limits: how much one person may ask for. opens_single_hit: whether the organisation wants the only hit of an exact
    search opened at once. read_anew: reads the same right from the database again; raises NoRole and SessionOver.
    in_session: raises SessionOver when the session of the request has ended.
    """

    actor: Actor
    organisation_id: UUID
    organisation_name: str
    organisation_number: str
    role_id: UUID
    role_name: str
    service_area: str
    use: Use
    elements: frozenset[str]
    legal_bases: tuple[LegalBasisRef, ...]
    package: RightsPackage
    case_reference_required: bool
    confidential_addresses: bool
    kommuner: frozenset[str]
    read_anew: Callable[[], "Access"] = field(repr=False, compare=False)
    in_session: Callable[[], None] = field(default=_by_no_session, repr=False, compare=False)
    opens_single_hit: bool = False
    purpose: str = ""
    reason: str = ""
    intent_id: UUID = field(default_factory=uuid4)
    limits: Limits = field(default_factory=installation_limits)
    request_id: str = ""

    @property
    def sees_gradings(self) -> bool:
        """Whether the role may know of address protection. To other roles it looks like an unknown residence."""
        return PROTECTION_ELEMENT in self.elements

    def check_still_held(self) -> None:
        """Reads the right again and requires that it still allows everything this Access does.

        Raises NoRole when it allows less, SessionOver when the session has ended.
        """
        now = self.read_anew()
        opens = now.confidential_addresses or not (self.confidential_addresses and self.reason)
        states_why = bool(self.purpose) or not now.case_reference_required
        if not (self.elements <= now.elements and self.kommuner <= now.kommuner and opens and states_why):
            raise NoRole(RoleProblem.NARROWED, self.use)

    def for_purpose(self, purpose: str) -> "Access":
        """A copy of this access with the purpose or case reference that the employee typed."""
        return replace(self, purpose=purpose.strip())

    def for_intent(self, intent_id: UUID) -> "Access":
        """A copy of this access for a further step of what the person began earlier under this intent_id."""
        return replace(self, intent_id=intent_id)

    def opening_confidential_address(self, reason: str) -> "Access":
        """A copy of this access with the reason typed for opening the confidential address of one person, once."""
        return replace(self, reason=reason.strip())


def access_for(
    employee: Employee,
    role_id: UUID | None,
    use: Use,
    *,
    request_id: str = "",
    in_session: Callable[[], None] = _by_no_session,
) -> Access:
    """The employee's access in the role with role_id; when it is None, in the first of the employee's live roles.

    employee: as read in this request or this batch. Role, organisation and legal bases are read from the database at
    each call, in one statement, so that a withdrawal has effect at once. Raises NoRole.
    """
    return access_in(
        actor_of(employee), roles_held(employee.pk), role_id, use, request_id=request_id, in_session=in_session
    )


def access_in(
    actor: Actor,
    held: list[HeldRole],
    role_id: UUID | None,
    use: Use,
    *,
    request_id: str,
    in_session: Callable[[], None],
) -> Access:
    """The actor's access in one of the roles in `held`. Otherwise as access_for(). Raises NoRole, NotTakenIntoUse."""
    if role_id is None and not held:
        raise NoRole(RoleProblem.NONE_HELD, use)
    role = next((role for role in held if role_id in (None, role.id)), None)
    if role is None:
        raise NoRole(RoleProblem.NO_LONGER_HELD, use)
    if use not in role.uses:
        raise NoRole(RoleProblem.NOT_FOR_THIS_USE, use)
    if lacking := missing(required_of(role.organisation.organisation_number), role.organisation.steps):
        raise NotTakenIntoUse(role.organisation, lacking, use)
    return _build(actor, role, use, request_id, in_session)


def _build(actor: Actor, role: HeldRole, use: Use, request_id: str, in_session: Callable[[], None]) -> Access:
    bases = role.legal_bases
    elements = fieldpolicy.opened_by_those(bases, role.elements, role.service_area)
    return Access(
        actor=actor,
        organisation_id=role.organisation.id,
        organisation_name=role.organisation.name,
        organisation_number=role.organisation.organisation_number,
        role_id=role.id,
        role_name=role.name,
        service_area=role.service_area.code,
        use=use,
        elements=elements,
        legal_bases=tuple(_reference_to(basis, elements, role.service_area) for basis in bases),
        package=package_of(bases),
        case_reference_required=role.case_reference_required,
        confidential_addresses=role.confidential_addresses,
        kommuner=frozenset(role.organisation.kommuner),
        read_anew=partial(_read_again, actor, role.id, use, request_id, in_session),
        in_session=in_session,
        request_id=request_id,
        limits=limits_of(role.organisation),
        opens_single_hit=role.organisation.opens_single_hit,
    )


def _reference_to(basis: HeldBasis, elements: frozenset[str], area: HeldArea) -> LegalBasisRef:
    opens = fieldpolicy.resting_on(basis, elements, area)
    return LegalBasisRef(basis.key, basis.statute, basis.section, basis.is_proposal, opens)


def _read_again(actor: Actor, role_id: UUID, use: Use, request_id: str, in_session: Callable[[], None]) -> Access:
    in_session()
    held = roles_held(UUID(actor.id))
    return access_in(actor, held, role_id, use, request_id=request_id, in_session=in_session)


def package_of(bases: Sequence[LegalBasis] | Sequence[HeldBasis]) -> RightsPackage:
    """The register's package to ask with: WITH_LEGAL_BASIS when at least one basis opens confidential elements."""
    if any(map(fieldpolicy.opens_confidential, bases)):
        return RightsPackage.WITH_LEGAL_BASIS
    return RightsPackage.WITHOUT_LEGAL_BASIS
