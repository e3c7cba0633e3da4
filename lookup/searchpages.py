"""The search form as it stands on each page of a lookup, and on the front page."""

from collections.abc import Mapping

from django.http import HttpRequest

from lookup import lastpurposes
from lookup.searchform import SearchForm
from roles.access import Access, NoRole
from roles.access.choice import chosen_role
from roles.access.permissions import request_access
from roles.models import Use


def with_form(
    request: HttpRequest,
    access: Access,
    form: SearchForm | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    takes_focus: bool = False,
) -> dict[str, object]:
    """The template's values for the whole form: the form, and the purposes to choose from. typed: what it is filled
    with."""
    kept = lastpurposes.purposes_of(request.session, access)
    shown = form or SearchForm(access=access, initial={**(typed or {}), "purpose": access.purpose or kept.chosen})
    if takes_focus:
        shown.fields["text"].widget.attrs["autofocus"] = ""
    return {"search_form": shown, "last_purposes": kept.last}


def with_short_form(request: HttpRequest, access: Access) -> dict[str, object]:
    """The template's values for the short form above a person: the role and the purpose that it sends."""
    kept = lastpurposes.purposes_of(request.session, access)
    short = {"role": access.role_id, "purpose": access.purpose or kept.chosen}
    return {"short_search": short, "last_purposes": kept.last}


def on_the_front_page(request: HttpRequest) -> dict[str, object]:
    """The template's values for the front page: the form if the chosen role may search, else {}."""
    role = chosen_role(request)
    if role is None or Use.SEARCH not in role.uses:
        return {}
    try:
        return with_form(request, request_access(request, Use.SEARCH), takes_focus=True)
    except NoRole:
        return {}
