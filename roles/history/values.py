"""Values of the log in words: names in place of ids, keys and codes, and moments in local time."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import (
    AdministratorKind,
    BasisKind,
    BasisStatus,
    Employee,
    Group,
    Integration,
    LegalBasis,
    Organisation,
    OrganisationKind,
    RequestState,
    Role,
    ServiceArea,
    Step,
    Use,
)
from roles.vocabulary import element_name

Names = Mapping[str, str]

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMED_BY_ID: tuple[type[Model], ...] = (Employee, Group, Integration, Organisation, Role)
_CHOICES = (Use, AdministratorKind, OrganisationKind, Step, BasisKind, BasisStatus, RequestState)


def names_in(bodies: Iterable[str]) -> Names:
    """The names of the ids in these bodies, and of all legal bases, service areas, codes and elements.

    Asks the database once for each kind.
    """
    ids = {found for body in bodies for found in _ID.findall(body)}
    by_id = {str(row.pk): str(row) for model in _NAMED_BY_ID for row in model._default_manager.filter(pk__in=ids)}
    bases = {basis.key: basis.cited for basis in LegalBasis.objects.all()}
    return _fixed_words() | {area.code: area.name for area in ServiceArea.objects.all()} | bases | by_id


def _fixed_words() -> dict[str, str]:
    codes = {choice.value: str(choice.label) for choices in _CHOICES for choice in choices}
    return codes | {key: element_name(key) for key in ELEMENTS}


def as_text(value: Any, names: Names) -> str:
    """One value as text; a missing value is a dash."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return ", ".join(as_text(part, names) for part in value) or "–"
    if value in (None, ""):
        return "–"
    return names.get(str(value)) or _moment(str(value)) or str(value)


def _moment(text: str) -> str:
    """A date, or a date with a time, as the pages write it; "" for any other text."""
    try:
        if len(text) == len("2026-01-31"):
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if timezone.is_aware(moment) else ""
