"""The rules for a role's content and its holders. Each raises PolicyViolation with a sentence for the page."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access.administration import administers
from roles.models import (
    Employee,
    Group,
    Holder,
    Integration,
    LegalBasis,
    Organisation,
    Role,
    RoleAssignment,
    ServiceArea,
    Use,
)
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.fieldpolicy import opened_elements
from roles.violations import PolicyViolation
from roles.vocabulary import element_name


def check_administers(organisation: Organisation, by: Employee) -> None:
    """`by` must administer roles in this organisation. Nobody administers the roles of all organisations."""
    if organisation.pk not in administers(by).may_change:
        raise PolicyViolation(_("Du administrerer ikke roller i denne virksomheten."))


def check_role(role: Role, bases: Sequence[LegalBasis]) -> None:
    """The role, as it is about to be saved, must be valid and each element must rest on one of these bases."""
    _check_name(role)
    if not set(role.uses) <= set(Use):
        raise PolicyViolation(_("Ukjent bruksområde."), about="uses")
    check_period(role.valid_from, role.valid_to)
    _check_bases(bases, role.service_area)
    _check_elements(role, bases)
    if role.confidential_addresses and PROTECTION_ELEMENT not in role.elements:
        raise PolicyViolation(
            _("Fortrolige adresser krever opplysningen adressebeskyttelse."), about="confidential_addresses"
        )


def check_one_receiver(*receivers: Holder | None) -> Holder:
    """The only receiver that is not None. Raises PolicyViolation when there is none or more than one."""
    chosen = [receiver for receiver in receivers if receiver is not None]
    if len(chosen) != 1:
        raise PolicyViolation(_("Velg enten en ansatt, en gruppe eller en integrasjon."))
    return chosen[0]


def check_receiver(role: Role, receiver: Holder, *, by: Employee) -> None:
    """The receiver must be active and of the role's organisation, and neither be `by` nor a group with `by` in it."""
    if receiver.organisation_id != role.organisation_id:
        raise PolicyViolation(_("Rollen kan bare gis til noen i samme virksomhet."))
    if isinstance(receiver, Employee) and role.organisation.groups_only:
        raise PolicyViolation(_("Virksomheten har sentralisert brukerstyring: gi rollen til en gruppe."))
    if receiver == by or (isinstance(receiver, Group) and receiver.members.filter(pk=by.pk).exists()):
        raise PolicyViolation(_("Du kan ikke gi deg selv en rolle."))
    if isinstance(receiver, Employee) and not receiver.is_active:
        raise PolicyViolation(_("Den ansatte er ikke aktiv."))
    if isinstance(receiver, Integration) and not receiver.is_active:
        raise PolicyViolation(_("Integrasjonen er ikke aktiv."))


def check_not_given(role: Role, receivers: Iterable[Holder], valid_from: datetime, valid_to: datetime | None) -> None:
    """No receiver may have an assignment of this role already that overlaps this period and has not ended."""
    keys = [receiver.pk for receiver in receivers]
    theirs = Q(employee__in=keys) | Q(group__in=keys) | Q(integration__in=keys)
    lasting = Q(valid_to=None) | Q(valid_to__gt=max(valid_from, timezone.now()))
    begun = Q() if valid_to is None else Q(valid_from__lt=valid_to)
    given = RoleAssignment.objects.filter(theirs, lasting, begun, role=role)
    if names := sorted({str(row.holder) for row in given.select_related("employee", "group", "integration")}):
        said = {"names": ", ".join(names), "role": role}
        raise PolicyViolation(_("%(names)s har alt fått rollen %(role)s for denne tiden eller en del av den.") % said)


def check_period(valid_from: datetime, valid_to: datetime | None) -> None:
    """valid_to must be after valid_from."""
    if valid_to is not None and valid_to <= valid_from:
        raise PolicyViolation(_("Sluttidspunktet må være etter starttidspunktet."), about="valid_to")


def _check_name(role: Role) -> None:
    if not role.name:
        raise PolicyViolation(_("Rollen må ha et navn."), about="name")
    same = Role.objects.not_deleted().filter(organisation=role.organisation, name=role.name)
    if same.exclude(pk=role.pk).exists():
        raise PolicyViolation(_("Virksomheten har alt en rolle med dette navnet."), about="name")


def _check_bases(bases: Sequence[LegalBasis], area: ServiceArea) -> None:
    for basis in bases:
        if not basis.covers(area.code):
            raise PolicyViolation(_("Lovhjemmelen %(basis)s gjelder ikke tjenesteområdet.") % {"basis": basis})
        if basis.confidential and not area.may_hold_confidential:
            raise PolicyViolation(_("Tjenesteområdet kan ikke ha taushetsbelagte opplysninger."))


def _check_elements(role: Role, bases: Sequence[LegalBasis]) -> None:
    chosen = frozenset(role.elements)
    if unknown := chosen - ELEMENTS.keys():
        raise PolicyViolation(_("Ukjent opplysning: %(keys)s.") % {"keys": ", ".join(sorted(unknown))})
    for key in sorted(chosen):
        if ELEMENTS[key].source not in {"", *chosen}:
            pair = {"element": element_name(key), "source": element_name(ELEMENTS[key].source)}
            raise PolicyViolation(_("%(element)s kan bare velges sammen med %(source)s.") % pair, about="elements")
    if closed := chosen - opened_elements(bases, chosen, role.service_area, timezone.now()):
        names = ", ".join(element_name(key) for key in sorted(closed))
        raise PolicyViolation(_("Ingen av rollens lovhjemler åpner: %(names)s.") % {"names": names}, about="elements")
