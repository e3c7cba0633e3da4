"""An action on chosen rows: all of them, or none and the reason why."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import ngettext

from roles.admin.generics import ModelAdmin
from roles.violations import PolicyViolation

M = TypeVar("M", bound=Model)


def act_on_each(page: ModelAdmin[M], request: HttpRequest, chosen: Iterable[M], act: Callable[[M], object]) -> None:
    """Only rows that one may see are chosen; the service that `act` calls asks for more."""
    rows = list(chosen)
    try:
        with transaction.atomic():
            for row in rows:
                act(row)
    except PolicyViolation as violation:
        page.message_user(request, str(violation), messages.ERROR)
        return
    said = ngettext("%(count)d rad er endret.", "%(count)d rader er endret.", len(rows)) % {"count": len(rows)}
    page.message_user(request, said, messages.SUCCESS)
