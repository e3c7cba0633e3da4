"""E-mails that say that a list is ready. They hold a link and no word about the list, its purpose or any person."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from citizenlists.models import UNFINISHED, CitizenList, Notice, State
from citizenlists.orders import logentries
from citizenlists.orders.lifecycle import NotNow
from roles.access import Access
from roles.audit import Event, append

logger = logging.getLogger(__name__)

_TOLD_OF: Final = (State.READY, State.FAILED)
#: An e-mail server that refuses for so many tries, which stand a minute and then longer apart, is not asked again.
MOST_TRIES: Final = 6


def are_sent() -> bool:
    """Whether the installation sends e-mail."""
    return bool(settings.FIKSREG_EMAIL_FROM and settings.EMAIL_HOST)


def ask_for_notice(*, order: CitizenList, access: Access, address: str) -> None:
    """Has an e-mail in the active language sent to the address when the order has ended. Raises NotNow."""
    with transaction.atomic():
        if not CitizenList.objects.select_for_update().filter(pk=order.pk, state__in=UNFINISHED).exists():
            raise NotNow
        announce(order, address, translation.get_language() or "nb")
        append(logentries.of_person(Event.NOTICE_ASKED, order, access), on="default")


def announce(order: CitizenList, address: str, language: str) -> None:
    """Stores that the address is to be told when the order has ended. Another address takes the place of the first."""
    asked = {"address": address, "language": language[:2], "tries": 0, "try_at": Now()}
    Notice.objects.update_or_create(order=order, defaults=asked)


def due() -> list[UUID]:
    """The orders whose e-mail is to be sent now."""
    notices = Notice.objects.filter(order__state__in=_TOLD_OF, try_at__lte=Now())
    return list(notices.values_list("pk", flat=True)[:100])


def forget() -> int:
    """Deletes the notices of orders that ended in another way, and those that could not be sent. Returns how many."""
    over = Notice.objects.exclude(order__state__in=(*UNFINISHED, *_TOLD_OF)) | Notice.objects.filter(
        tries__gte=MOST_TRIES, try_at__lte=Now()
    )
    return over.delete()[0]


def send(order_id: UUID) -> None:
    """Sends the e-mail about this order if it is due, and deletes its row. An error is logged; it is tried again."""
    notice = _taken(order_id)
    if notice is None:
        return
    try:
        with translation.override(notice.language):
            subject, text = _words(notice.order)
            EmailMessage(subject, text, settings.FIKSREG_EMAIL_FROM, [notice.address]).send()
    except (OSError, SMTPException) as error:
        # Never the error's own text, which may repeat the address.
        logger.warning("an e-mail about a citizen list was not sent: %s", type(error).__name__)
    else:
        Notice.objects.filter(pk=order_id).delete()


def _taken(order_id: UUID) -> Notice | None:
    """The notice, if it is due. Its next try is moved on, so that nobody else sends it meanwhile."""
    due = Notice.objects.filter(pk=order_id, order__state__in=_TOLD_OF, try_at__lte=Now(), tries__lt=MOST_TRIES)
    with transaction.atomic():
        notice = due.select_related("order").select_for_update(of=("self",), skip_locked=True).first()
        if notice:
            pause = timedelta(minutes=1) * 2**notice.tries
            Notice.objects.filter(pk=order_id).update(tries=F("tries") + 1, try_at=Now() + pause)
    return notice


def _words(order: CitizenList) -> tuple[str, str]:
    address = settings.FIKSREG_BASE_URL + reverse("citizenlists:status", args=[order.pk])
    if order.state == State.READY:
        return _("En liste er ferdig"), _(
            "En liste du har bedt om i Fiksreg, er ferdig. Logg inn for å laste den ned: %(address)s"
        ) % {"address": address}
    return _("En liste ble ikke laget"), _(
        "En liste du har bedt om i Fiksreg, ble ikke laget. Logg inn for å se hvorfor: %(address)s"
    ) % {"address": address}
