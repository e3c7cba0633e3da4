"""Lists of the administration are filtered, ordered and searched only by what their page declares.

Django accepts any lookup on the columns of a model, and on those of a relation that a filter names. Such lookups answer
yes or no about a column that is not shown, and so it can be read letter by letter. Here a parameter that no declared
filter has is refused before the database is asked, so a hit and a miss get the same answer. The site accepts only pages
that inherit this.
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

#: The parameters that every list has: the order by shown columns, the search, and all rows on one page.
_NAVIGATION: Final = frozenset({ORDER_VAR, SEARCH_VAR, ALL_VAR})
#: The longest text that is searched for. Each of its words costs the database a condition.
MOST_SEARCHED: Final = 200


class Undeclared(SuspiciousOperation):
    """A list got a parameter that its page does not declare. The message is logged, so it does not repeat what was
    sent."""

    def __init__(self) -> None:
        super().__init__("a list was asked by something that its page does not declare")


class Unreadable(SuspiciousOperation):
    """What was sent cannot have come from a page of ours. The message is logged, so it does not repeat what was
    sent."""

    def __init__(self) -> None:
        super().__init__("what was sent cannot be what a page of ours sends")


class _ListSearchForm(ChangeListSearchForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR].validators.append(MaxLengthValidator(MOST_SEARCHED))


class DeclaredChangeList(ChangeList):
    """Django's list, after a check that its page declares every parameter. Its heading is the name of what it lists."""

    search_form_class = _ListSearchForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters(self, request: HttpRequest) -> Any:
        """Django's filters. Raises Undeclared before the database is asked."""
        page = cast("DeclaredAdmin[Any]", self.model_admin)
        if not self.filter_params.keys() <= page.declared_parameters(request) | _NAVIGATION:
            raise Undeclared
        return super().get_filters(request)

    def get_ordering_field(self, field_name: Any) -> Any:
        """None for a column that the page does not declare as sortable; Django then ignores it, as it does an unknown
        column."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None


class DeclaredAdmin(ModelAdmin[M]):
    """list_filter holds names of fields, or pairs of a field's name and one of Django's filters for a single field."""

    show_facets = ShowFacets.NEVER

    def declared_parameters(self, request: HttpRequest) -> frozenset[str]:
        """The parameters that the page's filters have links for."""
        filters = cast(Iterable[ListFilter], self.get_list_filter(request))
        names = (each if isinstance(each, str) else each[0] for each in filters)
        return frozenset().union(*(parameters_of(self.model, name) for name in names))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The class of the list."""
        del request, kwargs
        return DeclaredChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Whether `lookup` is declared. Django asks this in other places than the list."""
        del value
        return request is not None and lookup in self.declared_parameters(request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Always False: no page here lets another choose rows by a column other than the key."""
        del request, to_field
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        """The row with this key; None when there is none, and for a text that cannot be a key."""
        if from_field:
            raise Undeclared
        return super().get_object(request, object_id) if _is_key(self.opts.pk, object_id) else None

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> Any:
        """The choices of the select of actions, with a word where Django has dashes."""
        del default_choices
        return super().get_action_choices(request, [("", str(CHOOSE))])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The initial values that the query of the address gives. Each is a single value of a field, never a list of
        rows."""
        lists = {field.name for field in self.opts.get_fields() if isinstance(field, ManyToManyField)}
        offered: dict[str, Any] = super().get_changeform_initial_data(request)
        return {name: value for name, value in offered.items() if name not in lists}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[M], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Carries out the chosen action. Raises Unreadable for keys that no row can have."""
        if not all(_is_key(self.opts.pk, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise Unreadable
        return super().response_action(request, queryset, *args, **kwargs)


def parameters_of(model: type[Model], name: str) -> frozenset[str]:
    """The parameters that Django's filter of this field sends: one for a value, one for its absence."""
    field = get_fields_from_path(model, name)[-1]
    target = getattr(field, "target_field", None) if field.is_relation else None
    exact = f"{name}__{target.name}__exact" if target is not None else f"{name}__exact"
    return frozenset({exact, f"{name}__isnull"})


def check_readable(request: HttpRequest) -> None:
    """Raises Unreadable for a text with a character that PostgreSQL cannot store (NUL), and Undeclared for a page
    opened to choose a row by another column than the key (Django's pop-up)."""
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
