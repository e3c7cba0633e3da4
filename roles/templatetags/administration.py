"""What Django draws in its lists and forms, in words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()
#: Its yes and no: a picture, whose text for those who cannot see it is Python's.
_PICTURE: Final = re.compile(r'<img src="[^"]*" alt="(True|False|None)">')
_WORDS: Final = {"True": _("ja"), "False": _("nei"), "None": "–"}


@register.filter
def in_words(drawn: object) -> str:
    """Yes and no as words. What is drawn is HTML of Django's, or a text that is not safe and stays so."""
    if not isinstance(drawn, SafeString):
        return str(drawn)
    return SafeString(_PICTURE.sub(lambda found: str(_WORDS[found[1]]), drawn))


@register.filter
def beside(cells: Iterable[str], headers: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Each cell of a row of a list, and the header of its column."""
    return zip(cells, headers, strict=True)


@register.filter
def under(cell: str, header: Mapping[str, Any]) -> str:
    """The cell with its heading in it, for a screen too narrow for headings. A box to tick needs none."""
    if "action-checkbox" in header["class_attrib"]:
        return cell
    label = format_html('data-label="{}" ', capfirst(str(header["text"])))
    return SafeString(re.sub(r"^<t[dh] ", lambda found: found[0] + label, cell))
