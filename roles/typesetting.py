"""Paper: a layout and its texts as a PDF, tagged, by typst and the fonts of its wheel alone (ADR 9)."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst


def pdf(layout: bytes, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """PDF/UA; tagged all the same where a text has letters that no font has, which the standard does not allow.

    content: reaches the layout as JSON in sys.inputs.content, so that nothing of it is read as markup.
    """
    written = json.dumps(content)
    try:
        return _compile(layout, written, made_at, to_standard=True)
    except typst.TypstError:
        return _compile(layout, written, made_at, to_standard=False)


def _compile(layout: bytes, content: str, made_at: datetime, *, to_standard: bool) -> bytes:
    return typst.compile(
        layout,
        font_paths=_fonts(),
        sys_inputs={"content": content},
        pdf_standards=["ua-1"] if to_standard else [],
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Those of the wheel alone: the same sheet on every machine."""
    return typst.Fonts(include_system_fonts=False)
