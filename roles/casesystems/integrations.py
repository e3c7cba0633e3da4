"""Changes to integrations, each logged. An administrator changes only those of their organisation. A password is shown
once."""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.models import Employee, Integration, Organisation
from roles.models.organisation import check_organisation_number
from roles.violations import PolicyViolation, refuse_duplicate


@transaction.atomic
def create_integration(
    *, organisation: Organisation, name: str, maskinporten_organisation: str, by: Employee
) -> tuple[Integration, str]:
    """Creates an integration without roles, and returns it with its password, which cannot be read again later.

    Raises PolicyViolation.
    """
    integration = Integration(organisation=organisation)
    password = _renew(integration)
    _write(integration, name, maskinporten_organisation, by)
    audit.changed(Event.INTEGRATION_CREATED, by=by, organisation=organisation.pk, after=_log_details(integration))
    return integration, password


@transaction.atomic
def change_integration(
    *, integration: Integration, name: str, maskinporten_organisation: str, is_active: bool, by: Employee
) -> Integration:
    """Changes the integration; in force at its next call. Raises PolicyViolation."""
    row = _lock(integration)
    before = _log_details(row)
    row.is_active = is_active
    _write(row, name, maskinporten_organisation, by)
    audit.changed(
        Event.INTEGRATION_CHANGED, by=by, organisation=row.organisation_id, before=before, after=_log_details(row)
    )
    return row


@transaction.atomic
def renew_password(*, integration: Integration, by: Employee) -> str:
    """Replaces the password at once and returns the new one, which cannot be read again later. Raises
    PolicyViolation."""
    row = _lock(integration)
    check_administers(row.organisation, by)
    before = _log_details(row)
    password = _renew(row)
    row.save(update_fields=["password_digest", "password_set_at"])
    audit.changed(
        Event.INTEGRATION_CHANGED, by=by, organisation=row.organisation_id, before=before, after=_log_details(row)
    )
    return password


def has_password(integration: Integration, password: str) -> bool:
    """Whether this is the integration's password. The comparison takes the same time for every answer."""
    return hmac.compare_digest(integration.password_digest, _digest(password))


def check_integration(integration: Integration) -> None:
    """Raises PolicyViolation unless the integration may be saved as it is."""
    if not integration.name:
        raise PolicyViolation(_("Integrasjonen må ha et navn."), about="name")
    same = Integration.objects.filter(organisation=integration.organisation, name=integration.name)
    if same.exclude(pk=integration.pk).exists():
        raise PolicyViolation(_("Virksomheten har alt en integrasjon med dette navnet."), about="name")
    try:
        check_organisation_number(integration.maskinporten_organisation)
    except ValidationError as error:
        raise PolicyViolation(error.messages[0], about="maskinporten_organisation") from None


def _write(integration: Integration, name: str, maskinporten_organisation: str, by: Employee) -> None:
    check_administers(integration.organisation, by)
    integration.name, integration.maskinporten_organisation = name.strip(), maskinporten_organisation
    check_integration(integration)
    with refuse_duplicate(_("Virksomheten har alt en integrasjon med dette navnet.")):
        integration.save()


def _renew(integration: Integration) -> str:
    password = secrets.token_urlsafe(32)
    integration.password_digest, integration.password_set_at = _digest(password), timezone.now()
    return password


def _digest(password: str) -> str:
    # A fast digest is enough: the password is 256 random bits that nobody can guess, and each call checks it.
    return sha256(password.encode()).hexdigest()


def _lock(integration: Integration) -> Integration:
    return (
        Integration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=integration.pk)
    )


def _log_details(integration: Integration) -> Mapping[str, JSON]:
    return {
        "integration": str(integration.pk),
        "name": integration.name,
        "maskinporten_organisation": integration.maskinporten_organisation,
        "is_active": integration.is_active,
        "password_set_at": integration.password_set_at.isoformat(),
    }
