"""Creating a service area of this installation, in addition to those of the data files."""

import re
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.audit import Event
from roles.models import Employee, ServiceArea
from roles.violations import PolicyViolation, refuse_duplicate

_CODE: Final = re.compile(r"[A-Z][A-Z_]{1,39}")


@transaction.atomic
def create_area(
    *, code: str, name_nb: str, name_nn: str, name_en: str, may_hold_confidential: bool, by: Employee
) -> ServiceArea:
    """Creates an area. It has no legal bases of its own until a catalogue is imported. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan endre katalogen."))
    check_area(code)
    names = {"name_nb": name_nb, "name_nn": name_nn, "name_en": name_en}
    with refuse_duplicate(_("Det finnes alt et tjenesteområde med denne koden."), about="code"):
        area = ServiceArea.objects.create(code=code, may_hold_confidential=may_hold_confidential, **names)
    audit.changed(
        Event.AREA_CREATED,
        by=by,
        organisation=None,
        service_area=code,
        details={"area": code, "may_hold_confidential": may_hold_confidential, **names},
    )
    return area


def check_area(code: str) -> None:
    """Raises PolicyViolation unless a new area may have this code."""
    if not _CODE.fullmatch(code):
        raise PolicyViolation(_("Koden skal ha store bokstaver A til Z og understrek."), about="code")
    if ServiceArea.objects.filter(code=code).exists():
        raise PolicyViolation(_("Det finnes alt et tjenesteområde med denne koden."), about="code")
