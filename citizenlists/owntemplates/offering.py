"""The templates that a role is offered: the central ones, and then its organisation's own."""

import msgspec

from citizenlists.content.listtemplates import ListTemplate, offered
from citizenlists.models import OwnTemplate
from roles.access import Access


def templates_of(access: Access) -> dict[str, ListTemplate]:
    """The templates that somebody with this access may order from, by key. An own key is never a central one."""
    rows = OwnTemplate.objects.filter(organisation_id=access.organisation_id, is_active=True)
    own = {row.key: as_template(row) for row in rows}
    return offered(access.service_area, access.elements) | offered(access.service_area, access.elements, own)


def as_template(row: OwnTemplate) -> ListTemplate:
    """The row as a template like the central ones. Its texts are the same in every language."""
    fields = ("areas", "year", "youngest", "oldest", "elements", "rows_per", "layout", "sorting")
    given: dict[str, object] = {name: getattr(row, name) for name in fields}
    words = {name: {"nb": text, "nn": text, "en": text} for name, text in _texts(row).items()}
    return msgspec.convert({**given, **words, "narrowing": row.narrowing}, ListTemplate)


def _texts(row: OwnTemplate) -> dict[str, str]:
    return {"name": row.name, "description": row.description}
