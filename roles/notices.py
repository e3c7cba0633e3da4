"""The operator's messages: put up and changed by central administrators."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.audit import JSON, Event
from roles.granting.rules import check_period
from roles.models import Employee, Notice
from roles.violations import PolicyViolation


@transaction.atomic
def put_up_notice(
    *, text_nb: str, text_nn: str, text_en: str, valid_from: datetime, valid_to: datetime | None, by: Employee
) -> Notice:
    """Shown to everybody who is logged in, from and to these moments. Raises PolicyViolation."""
    _check(by, valid_from, valid_to)
    notice = Notice.objects.create(
        text_nb=text_nb, text_nn=text_nn, text_en=text_en, valid_from=valid_from, valid_to=valid_to
    )
    audit.changed(Event.NOTICE_PUT_UP, by=by, organisation=None, after=_log_details(notice))
    return notice


@transaction.atomic
def change_notice(
    *,
    notice: Notice,
    text_nb: str,
    text_nn: str,
    text_en: str,
    valid_from: datetime,
    valid_to: datetime | None,
    by: Employee,
) -> Notice:
    """Another text or another time; taken down by a moment that is past. Raises PolicyViolation."""
    _check(by, valid_from, valid_to)
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    before = _log_details(held)
    held.text_nb, held.text_nn, held.text_en = text_nb, text_nn, text_en
    held.valid_from, held.valid_to = valid_from, valid_to
    held.save()
    if before != _log_details(held):
        audit.changed(Event.NOTICE_CHANGED, by=by, organisation=None, before=before, after=_log_details(held))
    return held


def _check(by: Employee, valid_from: datetime, valid_to: datetime | None) -> None:
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan endre driftsmeldinger."))
    check_period(valid_from, valid_to)


def _log_details(notice: Notice) -> Mapping[str, JSON]:
    return {
        "notice": str(notice.pk),
        "text_nb": notice.text_nb,
        "text_nn": notice.text_nn,
        "text_en": notice.text_en,
        "valid_from": notice.valid_from.isoformat(),
        "valid_to": notice.valid_to.isoformat() if notice.valid_to else None,
    }
