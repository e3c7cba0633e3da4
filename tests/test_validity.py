"""What the check of a page's HTML finds."""

import pytest

from tests.validity import faults

_PAGE = '<!DOCTYPE html><html lang="nb"><head><title>Side</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<p><div>En boks i et avsnitt</div></p>", "end tag"),
        ('<p id="a">1</p><p id="a">2</p>', "the id a stands more than once"),
        ('<label for="b">Navn</label>', 'label for="b" names nothing'),
        ('<p aria-describedby="c d" id="c">Tekst</p>', 'p aria-describedby="d" names nothing'),
        ("<table><tr><p>I en tabell</p></tr></table>", "table"),
        ('<p class="a" class="b">To ganger</p>', "duplicate"),
    ],
)
def test_a_fault_is_found(content: str, said: str) -> None:
    assert any(said in fault.lower() for fault in faults(_PAGE.format(content)))


def test_a_page_without_faults_has_none() -> None:
    content = '<dialog id="a"><label for="b">Navn</label><input id="b"></dialog><button popovertarget="a">Vis</button>'
    assert faults(_PAGE.format(content)) == []
