"""The administration's pages of an organisation's own templates. Importing this registers them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import site
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citizenlists.content.criteriawords import words_of
from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.models import OwnTemplate
from citizenlists.owntemplates.forms import OwnTemplateForm
from citizenlists.owntemplates.keeping import change_template, create_template
from citizenlists.owntemplates.offering import as_template
from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.models import ServiceArea
from roles.vocabulary import element_name

_WHO = ["year", "youngest", "oldest"]
_NARROWING = list(RelativeNarrowing.__struct_fields__)
_FILE = ["rows_per", "layout", "sorting"]
_IN_WORDS = ["areas_named", "narrowing_named", "elements_named"]


class OwnTemplateAdmin(ScopedAdmin[OwnTemplate]):
    """Templates that an organisation made for its own lists."""

    changeable = True
    form = OwnTemplateForm
    list_display = ["name", "organisation", "is_active"]
    list_filter: ClassVar = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name"]

    def get_fieldsets(self, request: HttpRequest, obj: OwnTemplate | None = None) -> Any:
        """The groups of fields: for filling in, or for reading."""
        may_write = obj is None or self.has_change_permission(request, obj)
        areas, narrowing, elements = (["areas"], _NARROWING, ["elements"]) if may_write else ([n] for n in _IN_WORDS)
        groups = [
            (None, {"fields": ["organisation", "name", "description", *areas, *(["is_active"] if obj else [])]}),
            (_("Hvem listen gjelder"), {"fields": [*_WHO, *narrowing]}),
            (_("Innholdet i filen"), {"fields": [*elements, *_FILE]}),
        ]
        return [*groups, (None, {"fields": ["reason"]})] if may_write else groups

    def get_readonly_fields(self, request: HttpRequest, obj: OwnTemplate | None = None) -> list[str]:
        """The fields that cannot be filled in: the organisation of an existing template."""
        del request
        return [] if obj is None else ["organisation", *_IN_WORDS]

    def save_model(self, request: HttpRequest, obj: OwnTemplate, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        by, content = employee_of(request), form.content()
        if change:
            change_template(template=obj, by=by, **content)
        else:
            made = create_template(by=by, **content)
            obj.pk, obj._state.adding = made.pk, False

    @admin.display(description=_("tjenesteområder"))
    def areas_named(self, template: OwnTemplate) -> str:
        """The names of the service areas."""
        return ", ".join(area.name for area in ServiceArea.objects.filter(code__in=template.areas))

    @admin.display(description=_("Utvalg"))
    def narrowing_named(self, template: OwnTemplate) -> str:
        """What narrows the list beyond the ages, as an order made today would have it."""
        return (
            ", ".join(
                f"{label}: {value}" for label, value in words_of(as_template(template).narrowed(timezone.localdate()))
            )
            or "–"
        )

    @admin.display(description=_("Opplysninger"))
    def elements_named(self, template: OwnTemplate) -> str:
        """The names of the information elements."""
        return ", ".join(map(element_name, template.elements))


site.register(OwnTemplate, OwnTemplateAdmin)
