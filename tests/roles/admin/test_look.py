"""The administration has the product's look: its style sheets stand on the theme's tokens, and have no colours."""

import re
from pathlib import Path

import pytest

from tests.translations.extraction import ROOT

_COLOUR = re.compile(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\()")
_TOKEN = re.compile(r"var\((--[\w-]+)")
_DEFINED = re.compile(r"(--ds-[\w-]+)\s*:")
CSS = ROOT / "static" / "css"
DESIGNSYSTEMET = ROOT / "static" / "vendor" / "designsystemet-css-1.22.0" / "designsystemet.css"


def text(file: Path) -> str:
    return file.read_text("utf-8")


@pytest.mark.parametrize("name", ["admin", "administration", "picker"])
def test_a_style_sheet_of_the_administration_takes_every_colour_from_the_theme(name: str) -> None:
    css = text(CSS / f"{name}.css")
    tokens = set(_DEFINED.findall(text(CSS / "theme.css") + text(DESIGNSYSTEMET)))
    assert _COLOUR.findall(css) == []
    assert set(_TOKEN.findall(css)) <= tokens
    assert _TOKEN.search(css)


def test_a_colour_is_told_from_the_name_of_an_element() -> None:
    assert _COLOUR.findall("a { color: #fff; }") == ["#fff"]
    assert _COLOUR.findall("#add { color: var(--ds-color-text-default); }") == []
