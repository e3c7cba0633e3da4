"""What an order reads besides its columns: the relatives whose protection hides an address, also when no column names
them."""

import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList, RowsPer
from citizenlists.orders import rights
from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.elements import ELEMENTS
from roles.audit.models import AuditEntry
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.marks import RELATIONS
from tests.citizenlists.caseworkers import Caseworker, body, caseworker, table
from tests.citizenlists.register import Register
from tests.citizenlists.test_from_search import NUMBER, ordered

pytestmark = pytest.mark.django_db

WITH_ADDRESS = ("identifikasjonsnummer", "navn", "bostedsadresse")
WITHOUT_ADDRESS = ("identifikasjonsnummer", "navn")


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    order.refresh_from_db()
    return order


def rows_of(who: Caseworker, order: CitizenList) -> dict[str, dict[str, object]]:
    return {str(row[NUMBER]): row for row in table(body(who.download(order.pk)))}


def child_of_a_protected_mother(register: Register) -> tuple[str, tuple[int, int]]:
    """The child's number, and years of birth in which only the child is listed."""
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    born = register.birth_year(child), register.birth_year(child)
    assert mother not in register.named("1870", born)
    register.protect(mother)
    return child, born


def test_a_list_hides_an_address_for_a_protected_relative_without_a_column_that_names_the_relative(
    school: Caseworker, register: Register
) -> None:
    child, born = child_of_a_protected_mother(register)
    listed = rows_of(school, built(school.order(elements=WITH_ADDRESS, born=born)))
    assert (listed[child]["Adresse"], listed[child]["Postnummer"], listed[child]["Kommune"]) == (None, None, None)


def test_to_a_role_that_may_not_see_gradings_such_a_list_has_no_row_for_the_child(
    school: Caseworker, register: Register
) -> None:
    child, born = child_of_a_protected_mother(register)
    elements = set(ELEMENTS) - {PROTECTION_ELEMENT}
    clerk = caseworker("Uten graderinger", organisation=school.role.organisation, elements=elements)
    listed = rows_of(clerk, built(clerk.order(elements=WITH_ADDRESS, born=born)))
    assert listed
    assert child not in listed


def test_a_list_from_a_search_hides_it_too(school: Caseworker, register: Register) -> None:
    child, born = child_of_a_protected_mother(register)
    name = rows_of(school, built(school.order(elements=WITH_ADDRESS, born=born)))[child]["Etternavn"]
    search = SearchCriteria(navn=str(name), foedselsaarFraOgMed=born[0], foedselsaarTilOgMed=born[1])
    listed = rows_of(school, built(ordered(school, search)))
    assert listed[child]["Adresse"] is None


def test_relatives_are_read_along_as_far_as_the_role_opens_them(school: Caseworker, register: Register) -> None:
    child, born = child_of_a_protected_mother(register)
    elements = set(ELEMENTS) - RELATIONS.keys()
    stranger = caseworker("Uten relasjoner", organisation=school.role.organisation, elements=elements)
    listed = rows_of(stranger, built(stranger.order(elements=WITH_ADDRESS, born=born)))
    assert listed[child]["Adresse"]


@pytest.mark.parametrize(("elements", "reads_along"), [(WITH_ADDRESS, RELATIONS.keys()), (WITHOUT_ADDRESS, set())])
def test_relations_are_asked_for_where_an_address_is_ordered_and_are_never_a_column(
    school: Caseworker, register: Register, elements: tuple[str, ...], reads_along: set[str]
) -> None:
    order = built(school.order(elements=elements, born=(2010, 2016)))
    needed = rights.needed_for(order, school.access())
    assert needed == {*elements, *rights.READ_ALONG, *reads_along}
    (row, *_others) = rows_of(school, order).values()
    assert not any("fores" in header.lower() or "ektefelle" in header.lower() for header in row)
    logged = [entry.fields for entry in AuditEntry.objects.of_intent(order.intent_id).order_by("seq")]
    assert set(next(entry for entry in logged if entry["event"] == "list:batch:asked")["elements_asked"]) == needed
    (published,) = (entry for entry in logged if entry["event"] == "list:file:published")
    assert set(published["elements_delivered"]) == set(elements)


def test_letters_to_guardians_read_the_birth_along_which_tells_who_is_of_age(school: Caseworker) -> None:
    order = school.order(elements=("navn", "bostedsadresse", "foreldreansvar"))
    assert "foedsel" not in rights.needed_for(order, school.access())
    order.rows_per = RowsPer.GUARDIANS
    assert "foedsel" in rights.needed_for(order, school.access())
