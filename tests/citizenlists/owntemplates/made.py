"""Templates as an organisation's administrators make them."""

from typing import Any

from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.models import OwnTemplate
from citizenlists.owntemplates.keeping import TemplateContent, create_template
from roles.models import Employee, Organisation

CONTENT: TemplateContent = {
    "name": "Leksehjelp",
    "description": "Barn på mellomtrinnet.",
    "areas": ["BARNEHAGE"],
    "year": "this",
    "youngest": 9,
    "oldest": 12,
    "narrowing": RelativeNarrowing(),
    "elements": ["navn", "foedsel", "bostedsadresse"],
    "rows_per": "person",
    "layout": "all",
    "sorting": "name",
}


def own_template(organisation: Organisation, *, by: Employee, **changed: Any) -> OwnTemplate:
    """A template with this content, as far as it is not said otherwise."""
    content: Any = {**CONTENT, **changed}
    return create_template(organisation=organisation, by=by, reason="Sak 2026/3", **content)
