"""Lists of the administration are filtered, ordered and searched by what their page declares, and by nothing else.

Django answers any lookup on a model's own columns, and on those of relations that a filter names: from yes and no a
column is read letter by letter. Here a parameter that no declared filter has is refused before anything is looked up,
so that a hit is answered as a miss is. Every page of the administration inherits this: the site takes no other.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar, cast

from django.contrib.admin import FieldListFilter, ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from roles.admin.base.blanks import CHOOSE
from roles.admin.base.generics import ModelAdmin

M = TypeVar("M", bound=Model)
ListFilter = str | tuple[str, type[FieldListFilter]]

#: Beside the filters: the order by shown columns, what is searched for, and all on one page.
_NAVIGATION: Final = frozenset({ORDER_VAR, SEARCH_VAR, ALL_VAR})
#: So long a text is searched for: each word of it costs the database.
MOST_SEARCHED: Final = 200


class Undeclared(SuspiciousOperation):
    """A list was asked by something that its page does not declare. Says nothing of what was sent: it is logged."""

    def __init__(self) -> None:
        super().__init__("a list was asked by something that its page does not declare")


class Unreadable(SuspiciousOperation):
    """What was sent cannot be what a page of ours sends. Says nothing of it: it is logged."""

    def __init__(self) -> None:
        super().__init__("what was sent cannot be what a page of ours sends")


class _ListSearchForm(ChangeListSearchForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR].validators.append(MaxLengthValidator(MOST_SEARCHED))


class DeclaredChangeList(ChangeList):
    """Django's, once it is known that each parameter is one of its page's. Headed by what it lists."""

    search_form_class = _ListSearchForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters(self, request: HttpRequest) -> Any:
        """Raises Undeclared, before anything is asked of the database."""
        page = cast("DeclaredAdmin[Any]", self.model_admin)
        if not self.filter_params.keys() <= page.declared_parameters(request) | _NAVIGATION:
            raise Undeclared
        return super().get_filters(request)

    def get_ordering_field(self, field_name: Any) -> Any:
        """A column that is not declared sortable orders nothing, as one that cannot be sorted by."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None


class DeclaredAdmin(ModelAdmin[M]):
    """Its list_filter holds names of fields, or pairs of a name and a filter of Django's for one field."""

    show_facets = ShowFacets.NEVER

    def declared_parameters(self, request: HttpRequest) -> frozenset[str]:
        """Those that the page's filters have links for."""
        filters = cast(Iterable[ListFilter], self.get_list_filter(request))
        names = (each if isinstance(each, str) else each[0] for each in filters)
        return frozenset().union(*(parameters_of(self.model, name) for name in names))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Django's."""
        del request, kwargs
        return DeclaredChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Whoever else asks: nothing but what is declared."""
        del value
        return request is not None and lookup in self.declared_parameters(request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are named by their key: no page here opens another to choose by a column of its own."""
        del request, to_field
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        """None for what cannot be a key, as for one that never was."""
        if from_field:
            raise Undeclared
        return super().get_object(request, object_id) if _is_key(self.opts.pk, object_id) else None

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> Any:
        """Django's, with words where it has dashes."""
        del default_choices
        return super().get_action_choices(request, [("", str(CHOOSE))])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address may fill in: one value of a field, never a list of rows."""
        lists = {field.name for field in self.opts.get_fields() if isinstance(field, ManyToManyField)}
        offered: dict[str, Any] = super().get_changeform_initial_data(request)
        return {name: value for name, value in offered.items() if name not in lists}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[M], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Django's, of rows that have such keys at all. Raises Unreadable."""
        if not all(_is_key(self.opts.pk, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise Unreadable
        return super().response_action(request, queryset, *args, **kwargs)


def parameters_of(model: type[Model], name: str) -> frozenset[str]:
    """What Django's filter of this field sends: one value, or its absence."""
    field = get_fields_from_path(model, name)[-1]
    target = getattr(field, "target_field", None) if field.is_relation else None
    exact = f"{name}__{target.name}__exact" if target is not None else f"{name}__exact"
    return frozenset({exact, f"{name}__isnull"})


def check_readable(request: HttpRequest) -> None:
    """Raises Unreadable for a text with a character that no database keeps, and for a page opened to choose from."""
    sent = (value for data in (request.GET, request.POST) for pair in data.lists() for value in (pair[0], *pair[1]))
    if "\x00" in request.path or any("\x00" in value for value in sent):
        raise Unreadable
    if TO_FIELD_VAR in request.GET or TO_FIELD_VAR in request.POST:
        raise Undeclared


def _is_key(field: "Field[Any, Any]", text: str) -> bool:
    try:
        field.clean(text, None)
    except ValidationError:
        return False
    return "\x00" not in text
