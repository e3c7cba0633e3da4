"""A document that names a file is found out when the file moves."""

import pytest

from tests.namedpaths import missing


@pytest.mark.parametrize(
    "text",
    [
        "see `roles/access/__init__.py`, docs/adr/*.md and templates/lookup",
        "roles.access.Access, `integrations.folkeregisteret.client`, fiksreg.E001, fiksreg.env",
        "https://example.no/roles/nothing.py and ./roles/nothing.py",
    ],
)
def test_what_is_there_is_not_complained_of(text: str) -> None:
    assert list(missing(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("see roles/nothing.py.", "roles/nothing.py"),
        ("`tests/roles/test_nothing*.py`", "tests/roles/test_nothing*.py"),
        ("roles.nothing.decides", "roles.nothing.decides"),
        ("integrations.folkeregisteret.nothing.send()", "integrations.folkeregisteret.nothing.send"),
    ],
)
def test_what_is_not_there_is_named(text: str, name: str) -> None:
    assert list(missing(text)) == [name]
