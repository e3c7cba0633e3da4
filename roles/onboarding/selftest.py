"""The self-test (Kontroller oppsettet): whether an organisation's set-up works. It asks about no person."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.status import ask_for_latest
from integrations.http.errors import PartyError
from integrations.openid.keys import published_keys
from roles.access import package_of
from roles.doors import door_of
from roles.maskinporten import tokens
from roles.models import LegalBasis, Organisation, Role
from roles.onboarding.verdicts import Finding, Verdict, conclude, token_and_delegation
from roles.policy.fieldpolicy import opened_elements
from roles.vocabulary import element_name

#: Timeout in seconds for each party that is asked.
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class RoleFindings:
    role: Role
    results: list[Finding]


def try_set_up(organisation: Organisation) -> list[Finding]:
    """The findings that are the same for all roles: the way to the register, and login."""
    not_used = _("Virksomheten bruker ikke brukersynkronisering.")
    provisioning = Finding(_("Brukersynkronisering"), Verdict.NOT_DONE, not_used)
    return [*_way_to_the_register(organisation), _identity_provider(), provisioning]


def try_roles(organisation: Organisation) -> list[RoleFindings]:
    """The findings for each live role: its rights package and its chosen elements. Each package is asked for once."""
    answers: dict[RightsPackage, PartyError | None] = {}
    tested = []
    for role in _live(organisation):
        package = package_of(_bases_in_force(role))
        if package not in answers:
            answers[package] = _problem(partial(_ask, organisation, package))
        tested.append(RoleFindings(role, [_reachable(package, answers[package]), _parts(role)]))
    return tested


def _live(organisation: Organisation) -> list[Role]:
    roles = organisation.roles.select_related("organisation", "service_area").prefetch_related("legal_bases__areas")
    return [role for role in roles if role.is_live(timezone.now())]


def _way_to_the_register(organisation: Organisation) -> list[Finding]:
    on_behalf = _problem(lambda: _token(organisation))
    delegates = _delegates(organisation)
    own = _problem(lambda: _token(organisation, own=True)) if delegates and on_behalf else None
    token, delegation = token_and_delegation(on_behalf, own, delegates=delegates)
    if token.verdict is not Verdict.OK or delegation.verdict is Verdict.FAILED:
        waits = _("Kan først prøves når det over er i orden.")
        return [token, delegation, Finding(_("Folkeregisteret svarer"), Verdict.NOT_DONE, waits)]
    asked = _problem(lambda: _ask(organisation, door_of(organisation.organisation_number).packages[0]))
    return [token, delegation, conclude(_("Folkeregisteret svarer"), asked, _register_refusal())]


def _delegates(organisation: Organisation) -> bool:
    """Whether we ask for a token on the organisation's behalf, so that Maskinporten tells whether it has delegated."""
    door = settings.FOLKEREGISTER_DOORS.get(organisation.organisation_number)
    return bool(door and door.consumer_org)


def _token(organisation: Organisation, *, own: bool = False) -> None:
    door = door_of(organisation.organisation_number)
    consumer = "" if own else door.consumer_org
    tokens().token(door.scope(door.packages[0]), consumer_org=consumer, within=_SECONDS)


def _ask(organisation: Organisation, package: RightsPackage) -> None:
    ask_for_latest(door_of(organisation.organisation_number), tokens(), package, within=_SECONDS)


def _problem(act: Callable[[], object]) -> PartyError | None:
    try:
        act()
    except PartyError as error:
        return error
    return None


def _register_refusal() -> str:
    return _("Registeret avviser oss. Se om vilkårene er godtatt og adressen er riktig, og meld fra til driften.")


def _identity_provider() -> Finding:
    advice = _("Adressen til innloggingens nøkler er feil. Meld fra til den som drifter Fiksreg.")
    fetch = partial(published_keys, settings.OIDC_OP_JWKS_ENDPOINT, within=_SECONDS)
    return conclude(_("Innlogging"), _problem(fetch), advice)


def _reachable(package: RightsPackage, error: PartyError | None) -> Finding:
    confidential = package is RightsPackage.WITH_LEGAL_BASIS
    what = _("Rettighetspakke med lovhjemmel") if confidential else _("Rettighetspakke uten lovhjemmel")
    return conclude(what, error, _register_refusal())


def _parts(role: Role) -> Finding:
    what, chosen = _("Opplysningene er tillatt"), frozenset(role.elements)
    if not chosen:
        return Finding(what, Verdict.NOT_DONE, _("Ingen opplysninger er valgt for rollen."))
    opened = opened_elements(_bases_in_force(role), chosen, role.service_area, timezone.now())
    closed = ", ".join(element_name(key) for key in sorted(chosen - opened))
    if not closed:
        return Finding(what, Verdict.OK)
    return Finding(
        what, Verdict.FAILED, _("Ingen lovhjemmel i kraft åpner dette: %(elements)s.") % {"elements": closed}
    )


def _bases_in_force(role: Role) -> list[LegalBasis]:
    """The role's legal bases that are in force today and cover its service area."""
    today = timezone.localdate()
    area = role.service_area.code
    return [basis for basis in role.legal_bases.all() if basis.is_in_force(today) and basis.covers(area)]
