"""The theme's colours can be read, in light and in dark: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (controls 3:1)."""

import re
from typing import Final

import pytest

from tests.theme import COLOURS, SHEET

_SURFACES: Final = ("background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover")
_VALUE = re.compile(r"--ds-color-(\w+)-([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);")
_VALUES = {(colour, step): (light, dark) for colour, step, light, dark in _VALUE.findall(SHEET)}


def luminance(colour: str) -> float:
    """Of a colour as #rrggbb, by WCAG's definition."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_as_the_guidelines_define_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_text_and_borders_stand_out_from_what_they_stand_on(colour: str, scheme: int) -> None:
    def value(step: str, of: str = colour) -> str:
        return _VALUES[of, step][scheme]

    for surface in _SURFACES:
        for text in ("text-subtle", "text-default"):
            assert contrast(value(text), value(surface)) >= 4.5, (text, surface)
            assert contrast(value(text, "neutral"), value(surface)) >= 4.5, (text, surface)
    for surface in _SURFACES[:3]:
        assert contrast(value("border-default"), value(surface)) >= 3, surface
        assert contrast(value("border-default"), value(surface, "neutral")) >= 3, surface
    for base in ("base-default", "base-hover", "base-active"):
        for text in ("base-contrast-default", "base-contrast-subtle"):
            assert contrast(value(text), value(base)) >= 4.5, (text, base)
