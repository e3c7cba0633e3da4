"""The words that stand for codes in the workbook: how the export writes them, and which spellings the import
accepts."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.spelling import one_spaced
from roles.models import BasisKind, BasisStatus
from roles.vocabulary import ELEMENT_NAMES

_SOURCE: Final = "nb"

#: Header -> words, in the order of the columns.
HEADERS: Final[Mapping[str, Promise]] = {
    "tjenesteomraade": _("Tjenesteområde"),
    "lov": _("Lov"),
    "paragraf": _("Paragraf"),
    "url": _("Lenke"),
    "taushetsbelagt": _("Gir taushetsbelagte opplysninger"),
    "opplysninger": _("Opplysninger"),
    "gyldig_fra": _("Gjelder fra"),
    "gyldig_til": _("Gjelder til"),
    "status": _("Status"),
    "hjemmelstype": _("Hjemmelstype"),
    "lest": _("Lest i loven"),
    "sier": _("Hva paragrafen sier"),
    "utgave": _("Lest utgave"),
}
KINDS: Final = {kind.value.lower().replace("_", "-"): kind for kind in BasisKind}
STATUSES: Final = {status.value.lower(): status for status in BasisStatus}
YES, NO = "ja", "nei"


def beside(words: object, code: str) -> str:
    """The text in the export: the words with the code in brackets. In bokmål, whichever language the page has."""
    with translation.override(_SOURCE):
        return f"{words} ({code})"


@cache
def headers() -> Mapping[str, str]:
    """Every accepted spelling of a header -> the header."""
    return _spellings((code, words) for code, words in HEADERS.items())


@cache
def elements() -> Mapping[str, str]:
    """Every spelling of an information element -> its key."""
    return _spellings((key, ELEMENT_NAMES[key]) for key in ELEMENTS)


@cache
def kinds() -> Mapping[str, str]:
    """Every spelling of a kind of basis -> its code."""
    return _spellings((code, kind.label) for code, kind in KINDS.items())


@cache
def statuses() -> Mapping[str, str]:
    """Every spelling of a status -> its code."""
    return _spellings((code, status.label) for code, status in STATUSES.items())


@cache
def answers() -> Mapping[str, bool]:
    """Every spelling of yes -> True, and of no -> False."""
    return {"ja": True, "nei": False, "yes": True, "no": False}


def areas(names: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """Every spelling of a service area -> its code. names: code -> its names in all languages."""
    pairs = ((code, name) for code, each in names.items() for name in each)
    return _spellings([*pairs, *((code, code) for code in names), (EVERY_AREA, _("Alle tjenesteområder"))])


def normalise_spelling(text: str) -> str:
    """A text as the spellings are compared: without case and without invisible characters."""
    return one_spaced(text).casefold()


def _spellings(pairs: Iterable[tuple[str, object]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, words in pairs:
        for name in _in_all_languages(words):
            found |= {normalise_spelling(f"{name} ({code})"): code, normalise_spelling(name): code}
        found[normalise_spelling(code)] = code
    return found


def _in_all_languages(words: object) -> Iterable[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(words)
