"""Roles, groups and integrations to choose among: by name, and by organisation where they are of several."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from roles.admin.base.blanks import CHOOSE
from roles.admin.base.generics import ModelChoiceField
from roles.models import Group, Integration, Role

if TYPE_CHECKING:
    Owned = Role | Group | Integration


class OwnedChoiceField(ModelChoiceField["Owned"]):
    """several: whether a name alone may be that of two."""

    def __init__(self, queryset: QuerySet[Any], *, several: bool = False, **kwargs: Any) -> None:
        super().__init__(queryset, **{"empty_label": CHOOSE, **kwargs})
        self.several = several

    def choose_among(self, choices: QuerySet[Any]) -> None:
        """These, by organisation too where they are of several."""
        self.queryset = choices.select_related("organisation")
        self.several = choices.order_by().values("organisation").distinct().count() > 1

    def label_from_instance(self, obj: "Owned") -> str:
        """As it is chosen."""
        return f"{obj.name} ({obj.organisation})" if self.several else obj.name
