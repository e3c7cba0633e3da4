"""An action on chosen rows. A page asks first; then all of the rows are changed, or none and the page says why."""

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
    """The texts of the page that asks before an action. action: its name in the list and on the button.

    done: gives the message afterwards for a number of rows.
    """

    action: str
    title: str | Promise
    button: str | Promise
    explained: str | Promise = ""
    done: Callable[[int], str] = _rows_changed

    def answer(self, request: HttpRequest) -> QueryDict | None:
        """The form that was sent, if the page's own button was pressed; None when the list's button was."""
        return request.POST if f"{self.action}_now" in request.POST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Question, Generic[M]):
    """An action that does the same to each chosen row. do: a service that takes the row and the reason."""

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
    """Sends the form to the service, which changes all of the chosen rows or none. Returns None when that is done, else
    the page that asks or says why not.

    The rows are those the administrator may see; the service checks whether they may be changed.
    """
    count = chosen.count()
    if not (_is_valid_and_unchanged(request, chosen, form) and form.send_to(service)):
        return _question_page(rows, request, chosen, question, form)
    messages.success(request, question.done(count))
    return None


def act_with_reason(rows: ModelAdmin[M], request: HttpRequest, chosen: QuerySet[M], act: Act[M]) -> HttpResponse | None:
    """Asks for a reason on a page that shows the chosen rows, then does `act` to each of them. Returns as carry_out()
    does."""
    form = ReasonForm(act.answer(request), by=employee_of(request))
    return carry_out(rows, request, chosen, question=act, form=form, service=partial(_act_on_each, chosen, act))


@transaction.atomic
def _act_on_each(chosen: QuerySet[M], act: Act[M], *, reason: str, by: Employee) -> None:
    del by  # each `do` knows who acts
    # All rows are locked first, in one order. The end of the log's chain is locked after them, so nobody who holds it
    # waits for a row that another holds.
    for row in list(chosen.order_by("pk").select_for_update(of=("self",))):
        act.do(row, reason)


def _question_page(
    rows: ModelAdmin[M], request: HttpRequest, chosen: QuerySet[M], question: Question, form: ServiceForm
) -> HttpResponse:
    """The page with the chosen rows, the form and the button."""
    asked: dict[str, Any] = {"across": int(_is_across(request)), "picked": request.POST.getlist("_selected_action")}
    asked |= {"seen": _digest(chosen), "question": question, "chosen": chosen, "form": form}
    return page(request, "act", asked, title=question.title, under=rows.model)


def _is_valid_and_unchanged(request: HttpRequest, chosen: QuerySet[Any], form: ServiceForm) -> bool:
    """Whether the form is valid and the rows are those that were shown. With "all in the list", rows may have been
    added since."""
    if not form.is_valid():
        return False
    if _is_across(request) and request.POST.get("seen") != _digest(chosen):
        form.add_error(None, _("Listen er endret siden du så den. Se over dem som er valgt, og trykk igjen."))
        return False
    return True


def _is_across(request: HttpRequest) -> bool:
    """Whether "all in the list" was chosen, read as Django's form of actions reads it."""
    return bool(ActionForm.base_fields["select_across"].to_python(request.POST.get("select_across")))


def _digest(chosen: QuerySet[Any]) -> str:
    keys = " ".join(sorted(str(key) for key in chosen.values_list("pk", flat=True)))
    return sha256(keys.encode()).hexdigest()
