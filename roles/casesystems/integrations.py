"""Integrations: made and changed in one's own organisation, and logged. Their passwords are shown once."""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.audit import JSON, Entry, Event, append
from roles.granting.rules import check_administers
from roles.models import Employee, Integration, Organisation
from roles.models.organisation import check_organisation_number
from roles.violations import PolicyViolation, taken


@transaction.atomic
def create_integration(
    *, organisation: Organisation, name: str, maskinporten_organisation: str, by: Employee
) -> tuple[Integration, str]:
    """A new integration, without roles, and its password: the only time anybody sees it. Raises PolicyViolation."""
    integration = Integration(organisation=organisation)
    password = _renew(integration)
    _write(integration, name, maskinporten_organisation, by)
    _log(Event.INTEGRATION_CREATED, integration, by, {"after": _described(integration)})
    return integration, password


@transaction.atomic
def change_integration(
    *, integration: Integration, name: str, maskinporten_organisation: str, is_active: bool, by: Employee
) -> Integration:
    """In force at the integration's next call. Raises PolicyViolation."""
    row = _locked(integration)
    before = _described(row)
    row.is_active = is_active
    _write(row, name, maskinporten_organisation, by)
    _log(Event.INTEGRATION_CHANGED, row, by, {"before": before, "after": _described(row)})
    return row


@transaction.atomic
def renew_password(*, integration: Integration, by: Employee) -> str:
    """A new password, shown this once; the old one is no good from now on. Raises PolicyViolation."""
    row = _locked(integration)
    check_administers(row.organisation, by)
    before = _described(row)
    password = _renew(row)
    row.save(update_fields=["password_digest", "password_set_at"])
    _log(Event.INTEGRATION_CHANGED, row, by, {"before": before, "after": _described(row)})
    return password


def has_password(integration: Integration, password: str) -> bool:
    """Whether it is the one the integration has now; takes as long whatever the answer."""
    return hmac.compare_digest(integration.password_digest, _digest(password))


def check_integration(integration: Integration) -> None:
    """Whether it may be saved as it is. Raises PolicyViolation."""
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
    with taken(_("Virksomheten har alt en integrasjon med dette navnet.")):
        integration.save()


def _renew(integration: Integration) -> str:
    password = secrets.token_urlsafe(32)
    integration.password_digest, integration.password_set_at = _digest(password), timezone.now()
    return password


def _digest(password: str) -> str:
    # We draw it ourselves, 256 bits: no list of guesses reaches it, and a slow digest would slow every call down.
    return sha256(password.encode()).hexdigest()


def _locked(integration: Integration) -> Integration:
    return (
        Integration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=integration.pk)
    )


def _described(integration: Integration) -> Mapping[str, JSON]:
    return {
        "integration": str(integration.pk),
        "name": integration.name,
        "maskinporten_organisation": integration.maskinporten_organisation,
        "is_active": integration.is_active,
        "password_set_at": integration.password_set_at.isoformat(),
    }


def _log(event: Event, integration: Integration, by: Employee, details: Mapping[str, JSON]) -> None:
    entry = Entry(event=event, actor=actor_of(by), organisation_id=integration.organisation_id, details=details)
    append(entry, on="default")
