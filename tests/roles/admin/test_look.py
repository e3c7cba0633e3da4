"""The administration has the product's look: its style sheets use the theme's tokens, and no colours of their own."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from roles.templatetags.administration import in_words
from tests.roles.admin.test_table import ORG, Houses
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


@pytest.mark.django_db
def test_yes_and_no_are_words_and_each_value_has_its_heading_in_a_list_and_words_in_a_form() -> None:
    houses = Houses()
    client = houses.client(ORG)
    rows = client.get(reverse("admin:roles_employee_changelist")).content.decode()
    assert '<td data-label="Aktiv" class="field-is_active">ja</td>' in rows
    assert '<td class="action-checkbox">' in rows
    form = client.get(houses.path("roles_employee_change")).content.decode()
    assert '<div class="readonly">ja</div>' in form
    assert 'alt="True"' not in rows + form


def test_a_text_that_somebody_wrote_is_no_picture_of_djangos() -> None:
    written = '<img src="x" alt="True">'
    assert in_words(written) == written
