"""Many employees are put into one group at once: they are chosen in their list, and a page asks which group."""

from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from roles.access.permissions import employee_of
from roles.admin.base.acting import Question, carry_out
from roles.admin.base.generics import ModelAdmin
from roles.admin.base.scoping import scope
from roles.admin.base.serviceforms import ReasonField, ServiceForm
from roles.admin.choosing.ownedchoices import OwnedChoiceField
from roles.models import Employee, Group
from roles.people.groups import add_to_group


class JoinForm(ServiceForm):
    """The group and the reason. groups: those that can be chosen."""

    group = OwnedChoiceField(Group.objects.none(), label=_("Gruppe"))
    reason = ReasonField()

    def __init__(self, data: Any, *, by: Employee, groups: QuerySet[Group]) -> None:
        super().__init__(data, by=by)
        cast(OwnedChoiceField, self.fields["group"]).choose_among(groups)


def _put_message(count: int) -> str:
    return ngettext("%(count)d er lagt i gruppen.", "%(count)d er lagt i gruppen.", count) % {"count": count}


_QUESTION = Question(
    action="put_into_group", title=_("Legg de valgte i en gruppe"), button=_("Legg i gruppen"), done=_put_message
)


def put_chosen_into_group(
    rows: ModelAdmin[Employee], request: HttpRequest, chosen: QuerySet[Employee]
) -> HttpResponse | None:
    """Asks which group, and puts all of the chosen into it; or none, and the page says why."""
    mine = Group.objects.filter(organisation__in=scope(request).may_change, external_id="")
    groups = mine.filter(organisation__in=chosen.order_by().values("organisation"))
    form = JoinForm(_QUESTION.answer(request), by=employee_of(request), groups=groups)
    service = partial(add_to_group, employees=chosen)
    return carry_out(rows, request, chosen, question=_QUESTION, form=form, service=service)
