"""An action on chosen rows: asked about on a page of its own, then done to all of them, or to none and why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roles.access.permissions import employee_of
from roles.admin.base.generics import ModelAdmin
from roles.admin.base.pages import page
from roles.admin.base.serviceforms import ReasonForm, ServiceForm
from roles.models import Employee

M = TypeVar("M", bound=Model)


def _rows_changed(count: int) -> str:
    return ngettext("%(count)d rad er endret.", "%(count)d rader er endret.", count) % {"count": count}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the page says between an action and what it does. action: its name in the list, and the button's.

    done: what is said afterwards, of so many.
    """

    action: str
    title: str | Promise
    button: str | Promise
    explained: str | Promise = ""
    done: Callable[[int], str] = _rows_changed

    def answer(self, request: HttpRequest) -> QueryDict | None:
        """What was sent, where the page's own button was pressed, not the list's."""
        return request.POST if f"{self.action}_now" in request.POST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Question, Generic[M]):
    """What is done to each of the chosen rows. do: (row, reason), a service."""

    do: Callable[[M, str], object]


def carry_out(
    rows: ModelAdmin[M],
    request: HttpRequest,
    chosen: QuerySet[M],
    *,
    question: Question,
    form: ServiceForm,
    service: Callable[..., object],
) -> HttpResponse | None:
    """Sends the form to the service, which does it to all of the chosen, or to none; a page until that is done.

    Only rows that one may see are chosen; the service asks for more.
    """
    count = chosen.count()
    if not (_is_settled(request, chosen, form) and form.sent_to(service)):
        return _asked(rows, request, chosen, question, form)
    messages.success(request, question.done(count))
    return None


def act_with_reason(rows: ModelAdmin[M], request: HttpRequest, chosen: QuerySet[M], act: Act[M]) -> HttpResponse | None:
    """Shows what was chosen and asks why; then does it."""
    form = ReasonForm(act.answer(request), by=employee_of(request))
    return carry_out(rows, request, chosen, question=act, form=form, service=partial(_act_on_each, chosen, act))


@transaction.atomic
def _act_on_each(chosen: QuerySet[M], act: Act[M], *, reason: str, by: Employee) -> None:
    del by  # the act knows
    # All of them first, in one order: who holds the log's end waits for no row that another holds.
    for row in list(chosen.order_by("pk").select_for_update(of=("self",))):
        act.do(row, reason)


def _asked(
    rows: ModelAdmin[M], request: HttpRequest, chosen: QuerySet[M], question: Question, form: ServiceForm
) -> HttpResponse:
    """The page: what was chosen, the form, and the button."""
    asked: dict[str, Any] = {"across": int(_is_across(request)), "picked": request.POST.getlist("_selected_action")}
    asked |= {"seen": _digest(chosen), "question": question, "chosen": chosen, "form": form}
    return page(request, "act", asked, title=question.title, under=rows.model)


def _is_settled(request: HttpRequest, chosen: QuerySet[Any], form: ServiceForm) -> bool:
    """Whether the form is right, and the rows are those that were shown: a whole list may have got others since."""
    if not form.is_valid():
        return False
    if _is_across(request) and request.POST.get("seen") != _digest(chosen):
        form.add_error(None, _("Listen er endret siden du så den. Se over dem som er valgt, og trykk igjen."))
        return False
    return True


def _is_across(request: HttpRequest) -> bool:
    """Whether the whole list is meant, read as Django's own form of actions reads it."""
    return bool(ActionForm.base_fields["select_across"].to_python(request.POST.get("select_across")))


def _digest(chosen: QuerySet[Any]) -> str:
    keys = " ".join(sorted(str(key) for key in chosen.values_list("pk", flat=True)))
    return sha256(keys.encode()).hexdigest()
