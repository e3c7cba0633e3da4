"""What a workbook says of itself."""

from dataclasses import replace
from uuid import uuid4

from citizenlists.about import about
from citizenlists.listtemplates import FREE_SELECTION
from citizenlists.models import CitizenList
from roles.access import LegalBasisRef
from tests.roles.disclosure.asking import access


def test_a_legal_basis_that_nobody_has_confirmed_is_marked() -> None:
    bases = (LegalBasisRef("a", "Loven", "§ 1", is_proposal=True), LegalBasisRef("b", "Lova", "§ 2"))
    order = CitizenList(pk=uuid4(), template=FREE_SELECTION, kommune="1870", born_from=2020, born_to=2021)
    said = dict(about(order, replace(access("navn"), legal_bases=bases)))
    assert said["Lovhjemler"] == "Loven § 1 (forslag); Lova § 2"
