"""Who may do what: the permission each view declares, and Access, the proof that the gate asks for."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial, wraps
from typing import Concatenate, Literal, ParamSpec, Protocol, cast, overload
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.identifiers import looks_like_a_number
from roles import fieldpolicy
from roles.actors import Actor
from roles.addressprotection import PROTECTION_ELEMENT
from roles.administration import administers
from roles.assignments import live_roles
from roles.choice import SESSION_ROLE, remember_held
from roles.limits import Limits, installation_limits, limits_of
from roles.models import Employee, LegalBasis, Organisation, Role, Step, Use
from roles.onboarding.steps import missing_in
from roles.sessionlimits import end_of, merged
from roles.sessionstore import as_noted

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Permission(StrEnum):
    """What a view demands. A view that declares none is an error (system check fiksreg.E001)."""

    PUBLIC = "public"
    LOGGED_IN = "logged-in"
    ADMINISTER = "administer"
    SEARCH = "search"
    CITIZEN_LIST = "citizen-list"


_USES = {Permission.SEARCH: Use.SEARCH, Permission.CITIZEN_LIST: Use.CITIZEN_LIST}


class RoleProblem(StrEnum):
    """Why there is no access."""

    NONE_HELD = "none-held"
    NO_LONGER_HELD = "no-longer-held"
    NOT_FOR_THIS_USE = "not-for-this-use"
    NOT_TAKEN_INTO_USE = "not-taken-into-use"
    NARROWED = "narrowed"


class NoRole(Exception):
    """No live role gives what was asked for. `problem` says why, `use` what for; neither names a role."""

    def __init__(self, problem: RoleProblem, use: Use) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.use = use


class SessionOver(Exception):
    """The session somebody asked in has ended: they logged out, were locked out, or their time was up."""


class NotTakenIntoUse(NoRole):
    """The role is held, but its organisation lacks steps of its onboarding: the register is asked nothing for it."""

    def __init__(self, organisation: Organisation, missing: tuple[Step, ...], use: Use) -> None:
        super().__init__(RoleProblem.NOT_TAKEN_INTO_USE, use)
        self.organisation = organisation
        self.missing = missing


def _by_no_session() -> None:
    """What a worker does is done in no session."""


@dataclass(frozen=True, slots=True)
class LegalBasisRef:
    """A legal basis as the log names it."""

    key: str
    statute: str
    section: str
    is_proposal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one actor may see now, in one role, for one use. Built for each request or batch, never kept.

    elements: keys of the vocabulary, those chosen for the role that a legal basis in force opens. intent_id: what the
    person did; every technical read hangs under it. reason: why confidential addresses are opened, "" if not.
    kommuner: numbers of the kommuner the organisation may list the residents of. limits: how much one person may ask.
    read_anew: the same right as it is at that moment; raises NoRole and SessionOver. in_session: raises SessionOver
    when the session it was asked for in is over.
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
    purpose: str = ""
    reason: str = ""
    intent_id: UUID = field(default_factory=uuid4)
    limits: Limits = field(default_factory=installation_limits)
    request_id: str = ""

    @property
    def sees_gradings(self) -> bool:
        """Whether address protection may be told as such; to others it reads like an unknown residence."""
        return PROTECTION_ELEMENT in self.elements

    def check_still_held(self) -> None:
        """Reads the right anew, and demands that it still gives all that this one does. Raises NoRole, SessionOver."""
        now = self.read_anew()
        opens = now.confidential_addresses or not (self.confidential_addresses and self.reason)
        states_why = bool(self.purpose) or not now.case_reference_required
        if not (self.elements <= now.elements and self.kommuner <= now.kommuner and opens and states_why):
            raise NoRole(RoleProblem.NARROWED, self.use)

    def for_purpose(self, purpose: str) -> "Access":
        """The same access with the purpose or case reference that was typed."""
        return replace(self, purpose=purpose.strip())

    def for_intent(self, intent_id: UUID) -> "Access":
        """The same access as one more step of something the person began earlier."""
        return replace(self, intent_id=intent_id)

    def opening_confidential_address(self, reason: str) -> "Access":
        """The same access with the reason typed for one deliberate look at a confidential address."""
        return replace(self, reason=reason.strip())


def access_for(
    employee: Employee,
    role_id: UUID | None,
    use: Use,
    *,
    request_id: str = "",
    in_session: Callable[[], None] = _by_no_session,
) -> Access:
    """The employee's access in a role; without a role_id, in the first of the roles that are live.

    employee: as read in this request or this batch. Reads role, organisation and legal bases from the database at
    each call, so that what is withdrawn is gone at once. Raises NoRole.
    """
    return _access(employee, live_roles(employee), role_id, use, request_id=request_id, in_session=in_session)


def _access(
    employee: Employee,
    held: list[Role],
    role_id: UUID | None,
    use: Use,
    *,
    request_id: str,
    in_session: Callable[[], None],
) -> Access:
    if role_id is None and not held:
        raise NoRole(RoleProblem.NONE_HELD, use)
    role = next((role for role in held if role_id in (None, role.id)), None)
    if role is None:
        raise NoRole(RoleProblem.NO_LONGER_HELD, use)
    if use not in role.uses:
        raise NoRole(RoleProblem.NOT_FOR_THIS_USE, use)
    if missing := missing_in(role.organisation):
        raise NotTakenIntoUse(role.organisation, missing, use)
    return _access_in(employee, role, use, request_id, in_session)


def _access_in(employee: Employee, role: Role, use: Use, request_id: str, in_session: Callable[[], None]) -> Access:
    bases = bases_in_force(role)
    return Access(
        actor=actor_of(employee),
        organisation_id=role.organisation.id,
        organisation_name=role.organisation.name,
        organisation_number=role.organisation.organisation_number,
        role_id=role.id,
        role_name=role.name,
        service_area=role.service_area.code,
        use=use,
        elements=fieldpolicy.opened_elements(bases, role.elements, role.service_area, timezone.now()),
        legal_bases=tuple(LegalBasisRef(basis.key, basis.statute, basis.section, basis.is_proposal) for basis in bases),
        package=package_of(bases),
        case_reference_required=role.case_reference_required,
        confidential_addresses=role.confidential_addresses,
        kommuner=frozenset(role.organisation.kommuner),
        read_anew=partial(_read_anew, employee.pk, role.id, use, request_id, in_session),
        in_session=in_session,
        request_id=request_id,
        limits=limits_of(role.organisation),
    )


def _read_anew(employee_id: UUID, role_id: UUID, use: Use, request_id: str, in_session: Callable[[], None]) -> Access:
    in_session()
    employee = Employee.objects.filter(pk=employee_id).first()
    if employee is None:
        raise NoRole(RoleProblem.NONE_HELD, use)
    return access_for(employee, role_id, use, request_id=request_id, in_session=in_session)


def bases_in_force(role: Role) -> list[LegalBasis]:
    """Those the role rests on today, in its service area."""
    today = timezone.localdate()
    area = role.service_area.code
    return [basis for basis in role.legal_bases.all() if basis.is_in_force(today) and basis.covers(area)]


def package_of(bases: list[LegalBasis]) -> RightsPackage:
    """The one for confidential information as soon as one of them opens any."""
    if any(map(fieldpolicy.opens_confidential, bases)):
        return RightsPackage.WITH_LEGAL_BASIS
    return RightsPackage.WITHOUT_LEGAL_BASIS


def actor_of(employee: Employee) -> Actor:
    """The employee as the log names them: our own id, never the identity provider's, and never what may be a number."""
    label = employee.code if looks_like_a_number(employee.display_name) else employee.display_name
    return Actor(kind="employee", id=str(employee.id), label=label)


class PermittedView(Protocol):
    """A view that says what it demands."""

    permission: Permission


@overload
def requires(
    permission: Literal[Permission.SEARCH, Permission.CITIZEN_LIST],
) -> Callable[[Callable[Concatenate[HttpRequest, Access, P], HttpResponseBase]], View[P]]: ...


@overload
def requires(
    permission: Literal[Permission.PUBLIC, Permission.LOGGED_IN, Permission.ADMINISTER],
) -> Callable[[View[P]], View[P]]: ...


def requires(permission: Permission) -> Callable[..., Callable[..., HttpResponseBase]]:
    """Declares what a view demands, and enforces it. The only way to get past login.

    A view for SEARCH or CITIZEN_LIST receives (request, access, ...), every other one (request, ...).
    """
    if permission is Permission.PUBLIC:
        return _public
    if permission is Permission.ADMINISTER:
        return _for_administrators
    return _with_access(_USES[permission]) if permission in _USES else _for_the_logged_in


def declare(view: Callable[..., HttpResponseBase], permission: Permission) -> Callable[..., HttpResponseBase]:
    """Marks a view that enforces its permission itself (the administration site, the login library)."""
    cast(PermittedView, view).permission = permission
    return view


def _public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return declare(login_not_required(view), Permission.PUBLIC)


def _for_the_logged_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        employee_of(request)
        return view(request, *args, **kwargs)

    return declare(guarded, Permission.LOGGED_IN)


def _for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not administers(employee_of(request)).anything:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return declare(guarded, Permission.ADMINISTER)


def _with_access(use: Use) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return view(request, request_access(request, use), *args, **kwargs)

        return declare(guarded, Permission.SEARCH if use is Use.SEARCH else Permission.CITIZEN_LIST)

    return decorate


def request_access(request: HttpRequest, use: Use) -> Access:
    """The access of who sends this request, in the role they have chosen. Raises NoRole or PermissionDenied."""
    employee = employee_of(request)
    held = live_roles(employee)
    remember_held(request, held)
    chosen = request.session.get(SESSION_ROLE)
    request_id = request.META.get("HTTP_X_REQUEST_ID", "")
    in_session = partial(_check_session, request.session)
    access = _access(
        employee, held, UUID(chosen) if chosen else None, use, request_id=request_id, in_session=in_session
    )
    # From the first page on it is the chosen one: if it is withdrawn, nobody goes on in another without knowing.
    request.session.setdefault(SESSION_ROLE, str(access.role_id))
    return access


def _check_session(session: SessionBase) -> None:
    """As it is now: others may have ended it, or its owner gone on in another window, since this request began."""
    noted = as_noted(session)
    if noted is None or end_of(merged(dict(session.items()), noted), time.time()).seconds_left == 0:
        raise SessionOver


def employee_of(request: HttpRequest) -> Employee:
    """Who sends this request. Raises PermissionDenied for nobody: the middleware asked for login already."""
    if isinstance(request.user, Employee):
        return request.user
    raise PermissionDenied
