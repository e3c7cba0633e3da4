"""A service area of the installation's own, beside those of the data files."""

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.access.administration import administers
from roles.audit import JSON, Entry, Event, append
from roles.models import Employee, ServiceArea
from roles.violations import PolicyViolation, taken

_CODE: Final = re.compile(r"[A-Z][A-Z_]{1,39}")


@transaction.atomic
def create_area(
    *, code: str, name_nb: str, name_nn: str, name_en: str, may_hold_confidential: bool, by: Employee
) -> ServiceArea:
    """A new area, without legal bases of its own until a catalogue is imported. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan endre katalogen."))
    check_area(code)
    names = {"name_nb": name_nb, "name_nn": name_nn, "name_en": name_en}
    with taken(_("Det finnes alt et tjenesteområde med denne koden."), about="code"):
        area = ServiceArea.objects.create(code=code, may_hold_confidential=may_hold_confidential, **names)
    details: dict[str, JSON] = {"area": code, "may_hold_confidential": may_hold_confidential, **names}
    append(
        Entry(event=Event.AREA_CREATED, actor=actor_of(by), organisation_id=None, service_area=code, details=details),
        on="default",
    )
    return area


def check_area(code: str) -> None:
    """Whether a new area may have this code. Raises PolicyViolation."""
    if not _CODE.fullmatch(code):
        raise PolicyViolation(_("Koden skal ha store bokstaver A til Z og understrek."), about="code")
    if ServiceArea.objects.filter(code=code).exists():
        raise PolicyViolation(_("Det finnes alt et tjenesteområde med denne koden."), about="code")
