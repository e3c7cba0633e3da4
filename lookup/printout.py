"""The person page on paper: a tagged PDF of exactly what the page says, and of who had it printed (ADR 9)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from lookup.personpage.family import HOUSEHOLD_LEAD, HOUSEHOLD_LIMITS, MISSING, Charge, FamilyView, Relative
from lookup.personpage.presenters import ElementView, GroupView, PersonPage
from lookup.personpage.rows import Row
from roles.access import Access
from roles.typesetting import pdf

_LAYOUT: Final = Path(__file__).with_suffix(".typ").read_bytes()
Block = dict[str, Any]


def printout(page: PersonPage, family: FamilyView | None, *, access: Access, made_at: datetime) -> bytes:
    """In the language that is active. made_at: in local time."""
    return pdf(_LAYOUT, content_of(page, family, access=access, made_at=made_at), made_at=made_at)


def content_of(page: PersonPage, family: FamilyView | None, *, access: Access, made_at: datetime) -> Block:
    """All texts of the sheet. {page} and {pages} are filled in where they are counted."""
    when = date_format(made_at, "DATETIME_FORMAT")
    return {
        "language": get_language(),
        "title": _("Utskrift fra Folkeregisteret"),
        "internal": _("For intern bruk"),
        "printed": _("Skrevet ut %(when)s av %(who)s") % {"when": when, "who": access.actor.label},
        "heading": page.heading,
        "tags": [tag.text for tag in page.tags],
        "facts": list(_facts(page)),
        "blocks": [*_family(family), *map(_group, page.groups), *_not_in_role(page)],
        "stamp": list(_stamp(access, when)),
        "stamp_heading": _("Om utskriften"),
        "page": _("Side %(number)s av %(of)s") % {"number": "{page}", "of": "{pages}"},
    }


def _facts(page: PersonPage) -> Iterator[Block]:
    if page.number:
        yield _fact(page.number_label, page.number)
    yield from map(_row, page.facts)
    if page.number_changed:
        yield _fact("", _("Du søkte etter et tidligere nummer. Personen har nå nummeret som vises her."))


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
    parts = [*map(_element, group.filled)]
    if group.empties:
        parts.append(_part(_("Ingen opplysninger"), [_fact("", ", ".join(view.label for view in group.empties))]))
    return {"heading": str(group.heading), "lead": "", "parts": parts}


def _element(element: ElementView) -> Block:
    rows = []
    for entry in element.entries:
        rows += [_row(row) for row in entry.rows]
    return _part(element.label, rows)


def _not_in_role(page: PersonPage) -> Iterator[Block]:
    if page.not_in_role:
        lead = _("Rollen din åpner ikke disse opplysningene. De er ikke hentet, og siden sier ikke om de finnes.")
        labels = ", ".join(view.label for view in page.not_in_role)
        yield {"heading": _("Ikke i din rolle"), "lead": lead, "parts": [_part("", [_fact("", labels)])]}


def _family(family: FamilyView | None) -> Iterator[Block]:
    if family is None or family.is_empty:
        return
    parts = [_part(group.heading, list(map(_relative, group.members))) for group in family.groups]
    parts += map(_charge, family.charges)
    if family.household:
        names = (one.name or one.number for one in family.household)
        parts.append(_part(_("Husstanden"), [_fact("", HOUSEHOLD_LEAD, *names, HOUSEHOLD_LIMITS)]))
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
