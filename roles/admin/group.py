"""The pages of groups: employees who hold roles together."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.firstnames import first_names
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.base.serviceforms import ReasonField
from roles.admin.choosing.memberpicker import MembersField
from roles.admin.choosing.picker import PickingForm
from roles.admin.giving import give_to_chosen
from roles.models import Employee, Group
from roles.people.groups import change_group, create_group


class GroupForm(PickingForm[Group]):
    """The name and the members of a group."""

    members = MembersField(label=_("Medlemmer"), required=False)
    reason = ReasonField()

    class Meta:
        model = Group
        fields = ["organisation", "name", "external_id"]
        # Django would read all members to draw the form. There may be thousands, and the page shows none of them.
        exclude = ("members",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The members of an existing group are chosen among its organisation's employees and its members, who may have
        been locked out."""
        super().__init__(*args, **kwargs)
        if self.instance.external_id:  # the identity provider decides the members
            self.fields.pop("members", None)
        members = self.fields.get("members")
        if not isinstance(members, MembersField):
            return
        if self.instance._state.adding:
            members.choose_among(self.among, today=Employee.objects.none())
        else:
            own, today = self.instance.organisation_id, self.instance.members.all()
            chosen = Q(is_active=True) | Q(pk__in=today.order_by().values("pk"))
            members.choose_among(Employee.objects.filter(chosen, organisation=own), today=today, within=own)
            if members.picker.draws_all:
                self.initial["members"] = list(today)


class GroupAdmin(ScopedAdmin[Group]):
    """Groups of employees who hold roles together."""

    changeable = True
    form = GroupForm
    list_display = ["name", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name"]
    actions = ["give_role"]

    @admin.action(description=_("Gi en rolle"), permissions=["change"])
    def give_role(self, request: HttpRequest, chosen: QuerySet[Group]) -> HttpResponse | None:
        """Gives one role to all of the chosen groups."""
        return give_to_chosen(self, request, chosen)

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        """The fields of the form. The provider's id is shown when the provider is asked for groups, or when the group
        has one.

        An administrator who may not choose the members sees the first names and the number of members.
        """
        by_hand = obj is None or (self.has_change_permission(request, obj) and not obj.external_id)
        tied = settings.OIDC_GROUPS_CLAIM or (obj is not None and obj.external_id)
        named = ["organisation", "name", *(["external_id"] if tied else [])]
        why = ["reason"] if obj is None or self.has_change_permission(request, obj) else []
        return [*named, "members" if by_hand else "first_members", *why]

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        """The fields that cannot be filled in: the organisation of an existing group, and the members of one that the
        provider decides."""
        del request
        return [] if obj is None else ["organisation", "first_members"]

    @admin.display(description=_("medlemmer"))
    def first_members(self, group: Group) -> str:
        """The first members by name, and the number of the others."""
        return first_names(group.members.order_by("display_name", "pk"))

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        by, content = employee_of(request), form.cleaned_data
        if change:
            members = content.pop("members", obj.members.all())
            change_group(group=obj, members=members, by=by, **content)
        else:
            made = create_group(by=by, **content)
            obj.pk, obj._state.adding = made.pk, False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Does nothing: the service has written the members."""
