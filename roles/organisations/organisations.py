"""Changes to organisations, made by a central administrator. An organisation's own administrator may change OWN."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from integrations.codelists import kommune_name
from roles import audit
from roles.access.administration import administers
from roles.audit import JSON, Event
from roles.granting.rules import check_period
from roles.granting.widening import is_wider, widen
from roles.limits import Limit, installation_limits
from roles.models import ContactPoint, Employee, Organisation, Role
from roles.models.organisation import check_organisation_number
from roles.violations import PolicyViolation, refuse_duplicate


class Contact(TypedDict):
    """A contact point of an organisation. phone may be empty."""

    name: str
    email: str
    phone: str


class OrganisationContent(TypedDict, total=False):
    """The content of an organisation. kommuner: numbers of four digits. contacts: at least one. lists_kept_days: 1-30.

    The five figures are limits for each employee; None means the installation's figure.
    """

    name: str
    organisation_number: str
    kind: str
    kommuner: Iterable[str]
    role_contact: str
    language: str
    lists_kept_days: int
    opens_single_hit: bool
    valid_from: datetime
    valid_to: datetime | None
    lookups_per_minute: int | None
    lookups_per_day: int | None
    misses_in_a_row: int | None
    misses_per_day: int | None
    open_orders: int | None
    contacts: Iterable[Contact]


#: The names of the fields with limits for each employee.
LIMITS: Final = tuple(limit.value for limit in Limit)
LISTS_KEPT_DAYS: Final = range(1, 31)
#: The fields that an organisation's own administrator may change.
OWN: Final = frozenset({"role_contact", "language", "lists_kept_days", "opens_single_hit", "contacts"})


@transaction.atomic
def create_organisation(*, by: Employee, **content: Unpack[OrganisationContent]) -> Organisation:
    """Creates an organisation, without roles and employees. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan opprette virksomheter."))
    organisation = Organisation()
    _write(organisation, content)
    audit.changed(Event.ORGANISATION_CREATED, by=by, organisation=organisation.pk, after=log_details(organisation))
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: Employee, **changes: Unpack[OrganisationContent]
) -> Organisation:
    """Changes the given fields of the organisation; in force at each employee's next request. Raises
    PolicyViolation."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    rights = administers(by)
    if not rights.central and not (row.pk in rights.may_appoint and changes.keys() <= OWN):
        raise PolicyViolation(_("Du kan ikke endre dette i virksomheten."))
    before = log_details(row)
    _write(row, changes)
    if opens_more(before, log_details(row)):
        widen(Role.objects.filter(organisation=row), by=by)
    audit.changed(Event.ORGANISATION_CHANGED, by=by, organisation=row.pk, before=before, after=log_details(row))
    return row


def opens_more(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> bool:
    """Whether the organisation's roles give more after the change.

    Another organisation number counts too, because the register is then asked in another organisation's right.
    """
    is_another = before["organisation_number"] != after["organisation_number"]
    return is_another or is_wider(before, after) or _limits_less(before, after)


def _limits_less(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a holder of one of its roles may look up or order more than before."""
    usual = asdict(installation_limits())
    figures = ([usual[name] if side[name] is None else side[name] for name in LIMITS] for side in (after, before))
    return any(now > then for now, then in zip(*figures, strict=True))


def _write(organisation: Organisation, changes: OrganisationContent) -> None:
    if unknown := changes.keys() - OrganisationContent.__annotations__.keys():
        raise TypeError(f"not to be changed in an organisation: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        if name != "contacts":
            setattr(organisation, name, value)
    organisation.kommuner = sorted(set(organisation.kommuner))
    _check(organisation)
    with refuse_duplicate(
        _("Det finnes alt en virksomhet med dette organisasjonsnummeret."), about="organisation_number"
    ):
        organisation.save()
    if "contacts" in changes:
        organisation.contact_points.all().delete()
        ContactPoint.objects.bulk_create(
            ContactPoint(organisation=organisation, **contact) for contact in changes["contacts"]
        )
    if not organisation.contact_points.exists():
        raise PolicyViolation(_("Virksomheten må ha minst ett kontaktpunkt."))


def _check(organisation: Organisation) -> None:
    try:
        check_organisation_number(organisation.organisation_number)
    except ValidationError as error:
        raise PolicyViolation(error.messages[0], about="organisation_number") from None
    if unknown := [number for number in organisation.kommuner if kommune_name(number) is None]:
        raise PolicyViolation(
            _("Ukjent kommunenummer: %(numbers)s.") % {"numbers": ", ".join(unknown)}, about="kommuner"
        )
    if not organisation.name.strip():
        raise PolicyViolation(_("Virksomheten må ha et navn."), about="name")
    if any(getattr(organisation, name) is not None and getattr(organisation, name) < 1 for name in LIMITS):
        raise PolicyViolation(_("En grense må være minst 1."))
    if organisation.lists_kept_days not in LISTS_KEPT_DAYS:
        raise PolicyViolation(_("En liste kan finnes fra 1 til 30 døgn."), about="lists_kept_days")
    check_period(organisation.valid_from, organisation.valid_to)


def log_details(organisation: Organisation) -> Mapping[str, JSON]:
    """The organisation's content as the log keeps it."""
    return {
        "name": organisation.name,
        "organisation_number": organisation.organisation_number,
        "kind": organisation.kind,
        "kommuner": organisation.kommuner,
        "role_contact": organisation.role_contact,
        "language": organisation.language,
        "lists_kept_days": organisation.lists_kept_days,
        "opens_single_hit": organisation.opens_single_hit,
        "valid_from": organisation.valid_from.isoformat(),
        "valid_to": organisation.valid_to.isoformat() if organisation.valid_to else None,
        **{name: getattr(organisation, name) for name in LIMITS},
        "contacts": [
            {"name": contact.name, "email": contact.email, "phone": contact.phone}
            for contact in organisation.contact_points.all()
        ],
    }
