"""Schedules: an order that is placed again every month or year, in the right that its orderer has then.

When the right is gone the schedule ends, which its page says, and an e-mail where somebody asked for one.
"""

import logging
from calendar import monthrange
from datetime import datetime, time
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from citizenlists.models import CitizenList, Every, Failure, Schedule
from citizenlists.orders import logentries, notices, rights
from citizenlists.orders.lifecycle import NotNow
from citizenlists.orders.placing import place_scheduled
from citizenlists.orders.repeating import again
from roles.access import Access, NoRole, access_for
from roles.audit import Event, append
from roles.models import Employee, Use
from roles.violations import PolicyViolation

logger = logging.getLogger(__name__)

MOST_SCHEDULES: Final = 20
_AT: Final = time(6)
_MONTHS: Final = {Every.MONTH: 1, Every.YEAR: 12}


def make_schedule(*, order: CitizenList, access: Access, by: Employee, every: Every, address: str = "") -> None:
    """Has the order placed again every month or year, as long as `by` holds its role. A schedule that the order has is
    replaced. Raises RoleChanged, and PolicyViolation when the person has too many, or the list is from a search, which
    is not kept."""
    rights.covering(order, access)
    if order.searched_by:
        raise PolicyViolation(_("En liste fra et søk kan ikke lages av seg selv."))
    others = Schedule.objects.filter(made_by=by, ended="").exclude(pk=order.pk)
    if others.count() >= MOST_SCHEDULES:
        raise PolicyViolation(_("Du har så mange tidsplaner som én person kan ha."))
    now = timezone.localtime()
    with transaction.atomic():
        content = {
            "made_by": by,
            "every": every,
            "made_at": now,
            "due_at": next_time(now, every, now),
            "address": address,
            "language": (translation.get_language() or "nb")[:2],
            "ended": "",
        }
        Schedule.objects.update_or_create(order=order, defaults=content)
        append(logentries.of_person(Event.SCHEDULE_MADE, order, access, every=every.value), on="default")


def end_schedule(*, order: CitizenList, access: Access) -> None:
    """Ends the order's schedule. Raises NotNow when it has none."""
    with transaction.atomic():
        if not Schedule.objects.filter(order=order).delete()[0]:
            raise NotNow
        append(logentries.of_person(Event.SCHEDULE_ENDED, order, access), on="default")


def due() -> list[UUID]:
    """The orders that are to be placed again now."""
    return list(Schedule.objects.filter(ended="", due_at__lte=Now()).values_list("pk", flat=True)[:100])


def run(order_id: UUID) -> None:
    """Places the order again if its schedule is due, and moves the schedule on, in one transaction."""
    with transaction.atomic():
        waiting = Schedule.objects.filter(pk=order_id, ended="", due_at__lte=Now())
        schedule = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if schedule is None:
            return
        order = CitizenList.objects.select_related("role", "organisation").get(pk=order_id)
        order.ordered_by = schedule.made_by  # on whose behalf it is done, as the log says
        try:
            placed = _place(order, schedule)
        except NoRole:
            _end(schedule, order, Failure.RIGHT_WITHDRAWN)
        except (rights.RoleChanged, PolicyViolation):
            _end(schedule, order, Failure.ROLE_CHANGED)
        else:
            due_at = next_time(schedule.made_at, Every(schedule.every), timezone.now())
            Schedule.objects.filter(pk=order_id).update(due_at=due_at)
            if schedule.address:
                notices.announce(placed, schedule.address, schedule.language)


def next_time(made_at: datetime, every: Every, now: datetime) -> datetime:
    """The first time after `now`: at six in the morning of the day of the month on which the schedule was made, or the
    last day of a shorter month."""
    made, step = timezone.localtime(made_at), _MONTHS[every]
    months = step
    while (at := _months_later(made, months)) <= now:
        months += step
    return at


def _months_later(made: datetime, months: int) -> datetime:
    year, month = divmod(made.year * 12 + made.month - 1 + months, 12)
    day = min(made.day, monthrange(year, month + 1)[1])
    return timezone.make_aware(datetime.combine(made.date().replace(year=year, month=month + 1, day=day), _AT))


def _place(order: CitizenList, schedule: Schedule) -> CitizenList:
    by = schedule.made_by
    access = access_for(by, order.role_id, Use.CITIZEN_LIST).for_purpose(order.purpose)
    return place_scheduled(access=access, by=by, request=again(order, access))


def _end(schedule: Schedule, order: CitizenList, reason: Failure) -> None:
    Schedule.objects.filter(pk=schedule.pk).update(ended=reason.value, address="")
    entry = logentries.of_system(Event.SCHEDULE_ENDED, order, logentries.WORKER, reason=reason.value)
    append(entry, on="default")
    if schedule.address and notices.are_sent():
        transaction.on_commit(partial(_tell, schedule))


def _tell(schedule: Schedule) -> None:
    """Once, and as well as it goes: the page says the same."""
    address = settings.FIKSREG_BASE_URL + reverse("citizenlists:status", args=[schedule.pk])
    with translation.override(schedule.language or "nb"):
        subject = _("En fast liste er stoppet")
        text = _("En liste som lages av seg selv i Fiksreg, er stoppet. Logg inn for å se hvorfor: %(address)s")
        message = EmailMessage(subject, text % {"address": address}, settings.FIKSREG_EMAIL_FROM, [schedule.address])
    try:
        message.send()
    except OSError as error:
        logger.warning("an e-mail about a schedule was not sent: %s", type(error).__name__)
