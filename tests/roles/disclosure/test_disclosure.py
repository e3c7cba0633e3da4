"""What the gate opens to others, and that no raw document is among it."""

from typing import get_type_hints

import pytest

from integrations.folkeregisteret.documents import PersonRecord
from roles import disclosure


@pytest.mark.parametrize("name", disclosure.__all__)
def test_nothing_that_the_gate_opens_gives_a_raw_document(name: str) -> None:
    opened = getattr(disclosure, name)
    given = get_type_hints(opened) if callable(opened) else {}
    assert PersonRecord.__name__ not in str(given)
    assert getattr(opened, "__name__", name) == name
    assert not callable(opened) or opened.__doc__
