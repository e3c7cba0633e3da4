"""What Django draws in its lists and forms, in words."""

import re
from typing import Final

from django import template
from django.utils.safestring import SafeString
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
