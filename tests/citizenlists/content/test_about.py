"""The workbook's page about the list."""

from dataclasses import replace
from uuid import uuid4

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
    said = dict(about(order, by))
    assert {label: said[label] for label in list(said)[:3]} == {
        "Innbyggerliste": "Fritt utvalg",
        "Virksomhet": by.organisation_name,
        "Rolle": by.role_name,
    }
    assert (said["Formål eller saksnummer"], said["Bestilt av"]) == ("Sak 26/77", by.actor.label)
    assert (said["Kommune"], said["Født"]) == ("Sortland (1870)", "2020–2021")
    assert said["Bestilling"] == str(order.pk)
    assert by.organisation_name != by.role_name
