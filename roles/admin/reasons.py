"""Why something was changed: asked for on the page, and kept in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from roles.admin.acting import act_on_each
from roles.admin.generics import ModelAdmin
from roles.purposes import without_numbers

M = TypeVar("M", bound=models.Model)


class ReasonField(forms.CharField):
    """One line for the log."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"label": _("Begrunnelse"), "help_text": _("Står i loggen. Skriv hvorfor, gjerne med saksnummer.")}
        super().__init__(**{**said, "max_length": 300, "validators": [without_numbers], **kwargs})


class ReasonForm(forms.Form):
    reason = ReasonField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Generic[M]):
    """What is done to the chosen rows. action: its name in their list. do: (row, reason), a service."""

    action: str
    title: str | Promise
    explained: str | Promise
    button: str | Promise
    do: Callable[[M, str], object]


def act_with_reason(page: ModelAdmin[M], request: HttpRequest, chosen: QuerySet[M], act: Act[M]) -> HttpResponse | None:
    """Shows what was chosen and asks why; then does it to all of them or, saying why, to none."""
    form = ReasonForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act_on_each(page, request, chosen, lambda row: act.do(row, reason))
        return None
    asked = {"across": request.POST.get("select_across", "0"), "picked": request.POST.getlist("_selected_action")}
    about = {"opts": page.opts, "title": act.title, "act": act, "chosen": chosen, "form": form}
    return render(request, "admin/roles/act.html", {**page.admin_site.each_context(request), **asked, **about})
