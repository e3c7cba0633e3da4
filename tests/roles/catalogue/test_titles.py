"""What a legal basis is called for short."""

import pytest

from roles.models.catalogue import short_title


@pytest.mark.parametrize(
    ("statute", "section", "title"),
    [
        ("Folkeregisterloven (LOV-2016-12-09-88)", "§ 10-1 første ledd", "Folkeregisterloven § 10-1 første ledd"),
        ("Vegtrafikkloven (LOV-1965-06-18-4)", "vegtrafikkl. § 8 andre ledd", "Vegtrafikkloven § 8 andre ledd"),
        ("Helseloven (1) og omsorgsloven (2)", "hl. § 21; jf. ol. § 3-2", "Helseloven § 21; jf. ol. § 3-2"),
        ("Forskrift om arkiv", "hele forskriften", "Forskrift om arkiv hele forskriften"),
        ("Barnehageloven", "§ 8 (første ledd)", "Barnehageloven § 8"),
    ],
)
def test_a_basis_is_called_by_its_statute_once_and_its_section(statute: str, section: str, title: str) -> None:
    assert short_title(statute, section) == title
