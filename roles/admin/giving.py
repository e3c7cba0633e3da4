"""One role is given to many at once: they are chosen in their list, and a page asks which role, from when, until when,
and why."""

from functools import partial
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from roles.access.permissions import employee_of
from roles.admin.base.acting import Question, carry_out
from roles.admin.base.generics import ModelAdmin
from roles.admin.base.scoping import scope
from roles.admin.base.serviceforms import ReasonField, ServiceForm
from roles.admin.choosing.ownedchoices import OwnedChoiceField
from roles.admin.moments import MomentField
from roles.granting.assignments import give_role_to
from roles.models import Employee, Group, Integration, Role

H = TypeVar("H", Employee, Group, Integration)


class GiveForm(ServiceForm):
    """The role, the period and the reason. roles: those that can be chosen."""

    role = OwnedChoiceField(Role.objects.none(), label=_("Rolle"))
    valid_from = MomentField(label=_("Gjelder fra"))
    valid_to = MomentField(label=_("Gjelder til"), required=False)
    reason = ReasonField()

    def __init__(self, data: Any, *, by: Employee, roles: QuerySet[Role]) -> None:
        super().__init__(data, by=by, initial={"valid_from": timezone.localtime()})
        cast(OwnedChoiceField, self.fields["role"]).choose_among(roles)


def _given_message(count: int) -> str:
    return ngettext("Rollen er gitt til %(count)d.", "Rollen er gitt til %(count)d.", count) % {"count": count}


_QUESTION = Question(
    action="give_role", title=_("Gi en rolle til de valgte"), button=_("Gi rollen"), done=_given_message
)


def give_to_chosen(rows: ModelAdmin[H], request: HttpRequest, chosen: QuerySet[H]) -> HttpResponse | None:
    """Asks which role, and gives it to all of the chosen; or to none, and the page says why."""
    mine = Role.objects.filter(is_active=True, organisation__in=scope(request).may_change)
    roles = mine.filter(organisation__in=chosen.order_by().values("organisation"))
    form = GiveForm(_QUESTION.answer(request), by=employee_of(request), roles=roles)
    service = partial(give_role_to, receivers=chosen)
    return carry_out(rows, request, chosen, question=_QUESTION, form=form, service=service)
