"""The person page on paper: a tagged PDF with exactly what the page says and who had it printed (ADR 9)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from lookup.personpage.family import HOUSEHOLD_LEAD, HOUSEHOLD_LIMITS, MISSING, Charge, Relative
from lookup.personpage.parts import ClosedView, ElementView, EntryView, FamilyBlock, FirstScreen, GroupView, PersonPage
from lookup.personpage.rows import Row
from roles.access import Access
from roles.typesetting import pdf

_LAYOUT: Final = Path(__file__).with_suffix(".typ").read_bytes()
Block = dict[str, Any]


def printout(page: PersonPage, *, access: Access, made_at: datetime) -> bytes:
    """The PDF, in the active language. made_at: in local time."""
    return pdf(_LAYOUT, content_of(page, access=access, made_at=made_at), made_at=made_at)


def content_of(page: PersonPage, *, access: Access, made_at: datetime) -> Block:
    """All texts of the sheet. The layout replaces {page} and {pages} by numbers."""
    when = date_format(made_at, "DATETIME_FORMAT")
    return {
        "language": get_language(),
        "title": _("Utskrift fra Folkeregisteret"),
        "internal": _("For intern bruk"),
        "printed": _("Skrevet ut %(when)s av %(who)s") % {"when": when, "who": access.actor.label},
        "heading": page.first.heading,
        "tags": [tag.text for tag in page.first.tags],
        "facts": list(_facts(page.first)),
        "blocks": [_first(page.first), *_family(page.family), *map(_group, page.groups), *_without_content(page)],
        "stamp": list(_stamp(access, when)),
        "stamp_heading": _("Om utskriften"),
        "page": _("Side %(number)s av %(of)s") % {"number": "{page}", "of": "{pages}"},
    }


def _facts(first: FirstScreen) -> Iterator[Block]:
    if first.note:
        yield _fact("", first.note)
    if first.number:
        yield _fact(first.number_label, first.number)
    if first.number_asked:
        yield _fact(_("Nytt nummer"), _("Du søkte med %(number)s, som er avløst.") % {"number": first.number_asked})


def _first(first: FirstScreen) -> Block:
    """What the first screen shows in addition to the name, the number and the tags."""
    named = [view for view in (first.name, first.numbers) if view and view.entries]
    parts = map(_element, (*named, *first.facts, *first.address, *first.family))
    return {"heading": _("Person"), "lead": "", "parts": list(parts)}


def _stamp(access: Access, when: str) -> Iterator[Block]:
    yield _fact(_("Hentet av"), access.actor.label)
    yield _fact(_("Virksomhet"), access.organisation_name)
    yield _fact(_("Rolle"), access.role_name)
    yield _fact(_("Lovhjemmel"), *(f"{basis.statute} {basis.section}" for basis in access.legal_bases))
    if access.purpose:
        yield _fact(_("Formål eller saksnummer"), access.purpose)
    if access.reason:
        yield _fact(_("Begrunnelse for å se fortrolig adresse"), access.reason)
    yield _fact(_("Hentet"), when)


def _group(group: GroupView) -> Block:
    return {"heading": str(group.heading), "lead": "", "parts": list(map(_element, group.elements))}


def _element(element: ElementView) -> Block:
    return _part(element.label, [fact for entry in element.entries for fact in _entry(entry)])


def _entry(entry: EntryView) -> Iterator[Block]:
    if entry.past:
        yield _fact(_("Tidligere"), entry.label, entry.period)
    yield from map(_row, entry.rows)


def _without_content(page: PersonPage) -> Iterator[Block]:
    """The names of the elements that have no value, and of those that are not in the role."""
    nothing = _("Ikke registrert, eller kan ikke vises") if page.may_be_hidden else _("Ikke registrert")
    named = (
        (_("Skjermet"), [view.label for view in page.protected]),
        (nothing, [view.label_without_value for view in page.empty]),
        (_("Står under en annen opplysning"), [view.label for view in page.told]),
    )
    facts = [_fact(label, ", ".join(labels)) for label, labels in named if labels]
    if facts:
        yield {"heading": _("Ikke vist"), "lead": "", "parts": [_part("", facts)]}
    if page.closed:
        lead = _("Rollen din åpner ikke disse opplysningene. De er ikke hentet, og siden sier ikke om de finnes.")
        facts = [_fact(closed.element.label, _areas(closed)) for closed in page.closed]
        yield {"heading": _("Ikke i din rolle"), "lead": lead, "parts": [_part("", facts)]}


def _areas(closed: ClosedView) -> str:
    return ", ".join(closed.areas) or _("Ingen tjenesteområder")


def _family(block: FamilyBlock | None) -> Iterator[Block]:
    if block is None:
        return
    family = block.view
    parts = [_part(group.heading, list(map(_relative, group.members))) for group in family.groups]
    if family.charges:
        parts += [_part(_("Barn og foresatte"), []), *map(_charge, family.charges)]
    if family.household:
        names = (one.name or one.number for one in family.household)
        parts.append(_part(_("Husstanden"), [_fact("", HOUSEHOLD_LEAD, *names, HOUSEHOLD_LIMITS)]))
    if block.elements:
        told = ", ".join(view.label for view in block.elements)
        parts.append(_part("", [_fact("", f"{_('Her står:')} {told}")]))
    missing = () if family.is_whole else (MISSING,)
    lead = " ".join(map(str, (*missing, *family.notes)))
    yield {"heading": _("Familie og husstand"), "lead": lead, "parts": parts}


def _charge(charge: Charge) -> Block:
    child = _("Foresatte for %(child)s") % {"child": charge.child.name or charge.child.number}
    said = (charge.child.home.said, *charge.notes)
    return _part(child, [*(_fact("", words) for words in said if words), *map(_answerable, charge.responsible)])


def _answerable(holder: Relative) -> Block:
    return _fact(holder.name or holder.number, *holder.ties, holder.home.said, *holder.home.lines)


def _relative(relative: Relative) -> Block:
    name = relative.name or relative.number or _("Person uten navn")
    number = relative.number if relative.name else ""
    dead = _("Død") if relative.dead else ""
    lines = () if relative.home.is_shared else relative.home.lines
    return _fact(name, number, dead, *relative.about, ", ".join(relative.ties), relative.home.said, *lines)


def _row(row: Row) -> Block:
    return _fact(row.label, row.number, *row.lines)


def _part(label: StrOrPromise, facts: list[Block]) -> Block:
    return {"label": str(label), "facts": facts}


def _fact(label: StrOrPromise, *lines: StrOrPromise) -> Block:
    return {"label": str(label), "lines": [str(line) for line in lines if line]}
