"""What a template fills in."""

import pytest

from citizenlists.content.columns import listable
from citizenlists.content.listtemplates import TEMPLATES


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_asks_for_elements_that_have_columns_in_the_order_of_the_file(key: str) -> None:
    asked = TEMPLATES[key].elements
    assert tuple(asked) == listable(asked)
    assert asked or key == "fritt-utvalg"


def test_a_template_is_stored_on_an_order_by_its_key() -> None:
    assert {key: template.key for key, template in TEMPLATES.items()} == {
        "skolestartere": "skolestartere",
        "fritt-utvalg": "fritt-utvalg",
    }
