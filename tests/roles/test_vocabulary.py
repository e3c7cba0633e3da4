"""Names of elements and codes."""

from django.utils import translation

from integrations.folkeregisteret.elements import CONFIDENTIAL_STATUSES, ELEMENTS, UMBRELLA_STATUS
from roles.vocabulary import CODE_NAMES, ELEMENT_NAMES, code_name, element_name


def test_every_element_has_a_name_of_its_own() -> None:
    assert set(ELEMENT_NAMES) == set(ELEMENTS)
    with translation.override("nb"):
        assert len({element_name(key) for key in ELEMENTS}) == len(ELEMENTS)


def test_every_status_has_a_name() -> None:
    assert set(CODE_NAMES["status"]) >= {*CONFIDENTIAL_STATUSES, UMBRELLA_STATUS}


def test_a_code_that_is_new_to_us_reads_as_the_register_writes_it() -> None:
    assert code_name("status", "heltNy") == "heltNy"
    assert code_name("etNyttFelt", "kode") == "kode"
