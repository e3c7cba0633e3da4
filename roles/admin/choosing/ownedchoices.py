"""Roles, groups and integrations to choose from. They are shown by name, and by organisation when they are of
several."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from roles.admin.base.blanks import CHOOSE
from roles.admin.base.generics import ModelChoiceField
from roles.models import Group, Integration, Role

if TYPE_CHECKING:
    Owned = Role | Group | Integration


class OwnedChoiceField(ModelChoiceField["Owned"]):
    """A field whose choices belong to organisations. several: whether they are of more than one."""

    def __init__(self, queryset: QuerySet[Any], *, several: bool = False, **kwargs: Any) -> None:
        super().__init__(queryset, **{"empty_label": CHOOSE, **kwargs})
        self.several = several

    def choose_among(self, choices: QuerySet[Any]) -> None:
        """Sets the choices."""
        self.queryset = choices.select_related("organisation")
        self.several = choices.order_by().values("organisation").distinct().count() > 1

    def label_from_instance(self, obj: "Owned") -> str:
        """The name; with the organisation when the choices are of several."""
        return f"{obj.name} ({obj.organisation})" if self.several else obj.name
