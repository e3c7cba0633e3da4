"""The workbook's page about the list."""

from dataclasses import replace
from uuid import uuid4

from django.utils import timezone

from citizenlists.content.about import about
from citizenlists.content.listtemplates import FREE_SELECTION
from citizenlists.models import CitizenList
from roles.access import LegalBasisRef
from tests.roles.disclosure.asking import access


def test_a_legal_basis_that_nobody_has_confirmed_is_marked() -> None:
    bases = (LegalBasisRef("a", "Loven", "§ 1", is_proposal=True), LegalBasisRef("b", "Lova", "§ 2"))
    order = CitizenList(pk=uuid4(), template=FREE_SELECTION, kommune="1870", born_from=2020, born_to=2021)
    said = dict(about(order, replace(access("navn"), legal_bases=bases)))
    assert said["Lovhjemler"] == "Loven § 1 (forslag); Lova § 2"


def test_every_line_says_its_own_of_the_list_and_nothing_of_anybody_on_it() -> None:
    order = CitizenList(
        pk=uuid4(), template=FREE_SELECTION, kommune="1870", born_from=2020, born_to=2021, purpose="Sak 26/77"
    )
    by = access("navn")
    before = timezone.localtime()
    said = dict(about(order, by))
    made, note = said.pop("Laget"), said.pop("Merk")
    assert made in {f"{moment:%d.%m.%Y %H:%M}" for moment in (before, timezone.localtime())}
    assert note.startswith("Noen kan være utelatt. Taushetsbelagt etter folkeregisterloven § 9-1")
    assert said == {
        "Innbyggerliste": "Fritt utvalg",
        "Virksomhet": by.organisation_name,
        "Rolle": by.role_name,
        "Lovhjemler": "Folkeregisterloven § 10-1",
        "Formål eller saksnummer": "Sak 26/77",
        "Bestilt av": by.actor.label,
        "Kommune": "Sortland (1870)",
        "Født": "2020–2021",
        "Bestilling": str(order.pk),
    }
    assert by.organisation_name != by.role_name
