"""The catalogues are whole: every text of the source, in both languages, and compiled."""

import re
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import translation

from fiksreg.settings import LANGUAGES as OFFERED
from tests.translations import catalogues
from tests.translations.catalogues import LANGUAGES, forms, texts
from tests.translations.extraction import PACKAGES, ROOT, marked, texts_in

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_IMPORTS_BABEL = re.compile(r"^\s*(import|from) babel\b", re.MULTILINE)


def placeholders(text: str) -> set[str]:
    return {match.group() for match in _PLACEHOLDER.finditer(text)}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_language_that_is_offered_but_the_source_has_a_catalogue() -> None:
    assert {code for code, _name in OFFERED} == {"nb", *LANGUAGES}


def test_texts_are_found_in_templates_and_in_python() -> None:
    files = {file for _msgid, file in marked()}
    assert {
        "templates/base.html",
        "roles/vocabulary/__init__.py",
        "citizenlists/models/order.py",
        "fiksreg/pages/failures.py",
    } <= files


def test_a_text_with_a_plural_is_one_text() -> None:
    assert list(texts_in('ngettext("%(n)s dag", "%(n)s dager", n)')) == [("%(n)s dag", "%(n)s dager")]


def test_a_catalogue_has_the_texts_of_the_source_and_no_others(language: str) -> None:
    assert texts(catalogues.read(language)).keys() == {forms(msgid) for msgid, _file in marked()}


def test_nothing_is_left_untranslated_or_uncertain(language: str) -> None:
    catalogue = catalogues.read(language)
    assert catalogues.untranslated(catalogue) == []
    assert [message.id for message in catalogue if message.fuzzy] == []
    assert dict(catalogue.obsolete) == {}


def test_a_translation_keeps_the_placeholders_of_its_text(language: str) -> None:
    for source, translated in texts(catalogues.read(language)).items():
        for form in translated:
            assert placeholders(form) == placeholders(source[-1]), form


def test_a_translation_ends_as_its_text_ends(language: str) -> None:
    """A sentence stays a sentence, and a label is not given a full stop."""
    for source, translated in texts(catalogues.read(language)).items():
        for form in translated:
            assert form[-1] == source[-1][-1] or not {form[-1], source[-1][-1]} & {".", ":", "?"}, form


def test_the_compiled_catalogue_says_what_the_edited_one_says() -> None:
    for file in catalogues.every_po_file():
        edited = catalogues.read(file.parts[-3], file.parents[2])
        compiled = read_mo(BytesIO(file.with_suffix(".mo").read_bytes()))
        assert texts(compiled) == texts(edited), f"{file}: make catalogues"


@pytest.mark.parametrize("spoken", catalogues.DJANGO_LANGUAGES)
def test_what_we_say_in_djangos_place_is_asked_for_by_django_and_whole(spoken: str) -> None:
    ours = texts(catalogues.read(spoken, catalogues.DJANGO))
    assert ours.keys() <= _djangos("en").keys(), "a text that Django no longer has"
    assert all(all(translated) for translated in ours.values())
    for source, translated in ours.items():
        assert all(placeholders(form) <= placeholders(source[-1]) for form in translated), source


def test_what_django_says_in_english_alone_is_said_by_us_in_bokmal_and_nynorsk() -> None:
    for one, other in (("nb", "nn"), ("nn", "nb")):
        mine, theirs = (texts(catalogues.read(each, catalogues.DJANGO)) for each in (one, other))
        assert not {source for source in theirs if source not in mine and not all(_djangos(one).get(source, ("",)))}


def _djangos(spoken: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Django's own catalogues of its forms and its administration."""
    root = Path(django.__file__).parent
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for part in ("conf", "contrib/admin"):
        file = root / part / "locale" / spoken / "LC_MESSAGES" / "django.po"
        found |= texts(read_po(BytesIO(file.read_bytes())))
    return found


def test_bokmal_reads_as_it_is_written_in_the_source() -> None:
    """A text that happens to be one of Django's English texts would come out in Django's own words."""
    with translation.override("nb"):
        for msgid, _file in marked():
            assert translation.gettext(forms(msgid)[0]) == forms(msgid)[0]


def test_the_product_does_without_the_tool() -> None:
    sources = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    assert [file for file in sources if _IMPORTS_BABEL.search(file.read_text("utf-8"))] == []
