"""The page about the list in its workbook: whose it is, under what right, and when it was made. Bokmål."""

from django.utils import timezone

from citizenlists.content.listtemplates import TEMPLATES
from citizenlists.models import CitizenList
from roles.access import Access, LegalBasisRef
from roles.vocabulary.places import with_its_number


def about(order: CitizenList, access: Access) -> list[tuple[str, str]]:
    """Label and text, line by line. Names who ordered, never anybody on the list."""
    made = timezone.localtime()
    return [
        ("Innbyggerliste", str(TEMPLATES[order.template].name)),
        ("Virksomhet", access.organisation_name),
        ("Rolle", access.role_name),
        ("Lovhjemler", "; ".join(map(_cited, access.legal_bases))),
        ("Formål eller saksnummer", order.purpose),
        ("Bestilt av", access.actor.label),
        ("Laget", f"{made:%d.%m.%Y %H.%M}"),
        ("Kommune", with_its_number(order.kommune)),
        ("Født", f"{order.born_from}–{order.born_to}"),
        ("Merk", "Noen kan være utelatt. Taushetsbelagt etter folkeregisterloven § 9-1: bare til internt bruk."),
        ("Bestilling", str(order.pk)),
    ]


def _cited(basis: LegalBasisRef) -> str:
    return f"{basis.statute} {basis.section}" + (" (forslag)" if basis.is_proposal else "")
