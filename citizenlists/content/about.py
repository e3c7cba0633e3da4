"""The workbook's page about the list: who ordered it, by which right, and when it was made. In bokmål."""

import msgspec
from django.utils import timezone, translation

from citizenlists.content.criteria import Narrowing
from citizenlists.content.criteriawords import words_of
from citizenlists.content.listtemplates import TEMPLATES
from citizenlists.models import CitizenList
from roles.access import Access, LegalBasisRef
from roles.vocabulary.places import with_its_number


def about(order: CitizenList, access: Access) -> list[tuple[str, str]]:
    """The lines of the page as (label, text). They name the person who ordered the list, never a person on it."""
    made = timezone.localtime()
    return [
        ("Innbyggerliste", order.template_name or str(TEMPLATES[order.template].name)),
        ("Virksomhet", access.organisation_name),
        ("Rolle", access.role_name),
        ("Lovhjemler", "; ".join(map(_cited, access.legal_bases))),
        ("Formål eller saksnummer", order.purpose),
        ("Bestilt av", access.actor.label),
        ("Laget", f"{made:%d.%m.%Y %H:%M}"),
        *_persons(order),
        *_narrowed(order),
        *_unread(order),
        ("Merk", "Noen kan være utelatt. Taushetsbelagt etter folkeregisterloven § 9-1: bare til internt bruk."),
        ("Bestilling", str(order.pk)),
    ]


def _persons(order: CitizenList) -> list[tuple[str, str]]:
    if order.searched_by:
        return [("Utvalg", "Treffene i et søk")]
    return [("Kommune", with_its_number(order.kommune)), ("Født", f"{order.born_from}–{order.born_to}")]


def _unread(order: CitizenList) -> list[tuple[str, str]]:
    if not order.unread:
        return []
    if order.unread == 1:
        return [("Kunne ikke leses", "1 person i Folkeregisteret. Personen er ikke med på listen.")]
    return [("Kunne ikke leses", f"{order.unread} personer i Folkeregisteret. De er ikke med på listen.")]


def _narrowed(order: CitizenList) -> list[tuple[str, str]]:
    with translation.override("nb"):
        return words_of(msgspec.convert(order.narrowing, Narrowing))


def _cited(basis: LegalBasisRef) -> str:
    return f"{basis.statute} {basis.section}" + (" (forslag)" if basis.is_proposal else "")
