"""Changes to an organisation's own templates, by its administrators. Each is atomic and logged with a reason."""

from collections.abc import Mapping
from functools import reduce
from typing import TypedDict, Unpack

import msgspec
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.models import Layout, OwnTemplate, RowsPer, Sorting, TemplateYear
from citizenlists.owntemplates.rules import check_template
from roles import audit
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.models import Employee, Organisation
from roles.violations import refuse_duplicate

#: How the key of an own template begins. No central template has such a key.
OWN = "egen-"
_LONGEST_STEM = 28
_NORWEGIAN_LETTERS = (("æ", "ae"), ("ø", "o"), ("å", "a"))


class TemplateContent(TypedDict):
    """The content of a template, with the meanings of OwnTemplate."""

    name: str
    description: str
    areas: list[str]
    year: str
    youngest: int | None
    oldest: int | None
    narrowing: RelativeNarrowing
    elements: list[str]
    rows_per: str
    layout: str
    sorting: str


@transaction.atomic
def create_template(
    *, organisation: Organisation, by: Employee, reason: str, **content: Unpack[TemplateContent]
) -> OwnTemplate:
    """Creates a template of the organisation. Raises PolicyViolation when `by` does not administer it or the content
    breaks a rule of check_template()."""
    template = OwnTemplate(organisation=organisation, key=_new_key(organisation, content["name"]))
    _write(template, content, by)
    _log(Event.LIST_TEMPLATE_CREATED, template, by, reason=reason)
    return template


@transaction.atomic
def change_template(
    *, template: OwnTemplate, by: Employee, reason: str, is_active: bool, **content: Unpack[TemplateContent]
) -> OwnTemplate:
    """Changes the template; is_active False takes it out of the order pages. Lists that were ordered keep what they
    have. Raises PolicyViolation as create_template() does."""
    rows = OwnTemplate.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    row = rows.get(pk=template.pk)
    before = _log_details(row)
    row.is_active = is_active
    _write(row, content, by)
    _log(Event.LIST_TEMPLATE_CHANGED, row, by, reason=reason, before=before)
    return row


def _write(template: OwnTemplate, content: TemplateContent, by: Employee) -> None:
    check_administers(template.organisation, by)
    for name, value in content.items():
        setattr(template, name, value)
    template.name, template.description = template.name.strip(), template.description.strip()
    check_template(template, content["narrowing"])
    template.narrowing = msgspec.to_builtins(content["narrowing"])
    with refuse_duplicate(_("Virksomheten har alt en mal med dette navnet.")):
        template.save()


def _new_key(organisation: Organisation, name: str) -> str:
    """A key made from the name, which no other template of the organisation has."""
    letters = reduce(lambda text, pair: text.replace(*pair), _NORWEGIAN_LETTERS, name.lower())
    stem = OWN + (slugify(letters)[:_LONGEST_STEM].strip("-") or "mal")
    taken = set(OwnTemplate.objects.filter(organisation=organisation).values_list("key", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


def _log(event: Event, template: OwnTemplate, by: Employee, *, reason: str, before: JSON = None) -> None:
    told: dict[str, JSON] = {"before": before} if before else {}
    audit.changed(
        event,
        by=by,
        organisation=template.organisation_id,
        after=_log_details(template),
        reason=reason,
        details=told,
    )


def _log_details(template: OwnTemplate) -> Mapping[str, JSON]:
    with translation.override("nb"):
        words: dict[str, JSON] = {
            "year": str(TemplateYear(template.year).label),
            "rows_per": str(RowsPer(template.rows_per).label),
            "layout": str(Layout(template.layout).label),
            "sorting": str(Sorting(template.sorting).label) if template.sorting else "",
        }
    fields = ("key", "name", "description", "areas", "youngest", "oldest", "narrowing", "elements", "is_active")
    given: dict[str, JSON] = {name: getattr(template, name) for name in fields}
    return {"list_template": str(template.pk), **given, **words}
