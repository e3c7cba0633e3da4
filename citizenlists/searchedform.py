"""The form that orders a list of a search's hits: what the file is to hold. Who is on it, the search says."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from citizenlists.content.criteria import NARROWED_BY, ListCriteria, from_search
from citizenlists.forms import OrderForm
from citizenlists.orders.placing import Request
from integrations.folkeregisteret.criteria import SearchCriteria
from roles.access import Access

_WHO = ("kommune", "born_from", "born_to", *NARROWED_BY)


class SearchedOrderForm(OrderForm):
    """An order from a search. slip: the sealed search, which the form sends along."""

    slip = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, access: Access, slip: str, search: SearchCriteria, **options: Any
    ) -> None:
        super().__init__(data, access=access, **options)
        self.initial["slip"] = slip
        self._search = search
        for name in _WHO:
            self.fields.pop(name, None)

    def criteria(self) -> ListCriteria:
        """The kinds of criteria of the search."""
        return from_search(self._search.given())

    def request(self) -> Request:
        """The request for the order, with the search. The form must be valid."""
        return replace(super().request(), search=self._search)
