"""Django's texts in the administration are replaced by ours: read in three languages on every page, also on
refusals."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

from tests.roles.admin.test_table import OBJECT_PAGES, ORG, TABLE, C, Houses
from tests.translations import catalogues
from tests.translations.catalogues import texts
from tests.translations.pages import page_of

pytestmark = pytest.mark.django_db

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
#: A text with so many letters, not counting what is filled in, is a sentence; a shorter one is a name of a month or a
#: language.
_A_SENTENCE = 12
WRONG = {
    "contact_points-TOTAL_FORMS": "1",
    "contact_points-INITIAL_FORMS": "0",
    "contact_points-0-email": "x",
    "organisation": "x",
    "organisation_number": "x",
    "kind": "x",
    "language": "x",
    "name": "x" * 999,
    "valid_from": "x",
    "valid_to": "x",
    "lookups_per_day": "-5",
    "misses_in_a_row": "x",
}
#: The pages that the central administrator alone opens, or sees more of.
CENTRAL = {name for name, (opened, sent) in TABLE.items() if (opened | sent) & {C} and not {ORG} <= opened & sent}
CENTRAL |= {name for name in TABLE if name.startswith("roles_organisation")}
PAST = {"valid_from": "2027-01-01T00:00", "valid_to": "2026-01-01T00:00", "deadline": "2026-01-01T00:00"}


@cache
def djangos_own(language: str) -> tuple[re.Pattern[str], ...]:
    """Django's sentences in this language that we replace or have not read."""
    ours = {forms[0] for forms in texts(catalogues.read(language, catalogues.DJANGO))}
    if language == "en":
        return tuple(as_said(text) for text in ours if is_sentence(text))
    theirs = _catalogues_of_django(language)
    return tuple(as_said(text) for source, text in theirs if source not in ours and is_sentence(text))


def as_said(text: str) -> re.Pattern[str]:
    """A pattern of the sentence with anything filled in."""
    return re.compile(".+".join(map(re.escape, _PLACEHOLDER.split(text))))


def is_sentence(text: str) -> bool:
    said = _PLACEHOLDER.sub("", text).strip()
    return " " in said and sum(map(str.isalpha, said)) >= _A_SENTENCE


def _catalogues_of_django(language: str) -> Iterator[tuple[str, str]]:
    """The source and each form of the translation, from Django's forms and administration."""
    for part in ("conf", "contrib/admin"):
        file = Path(django.__file__).parent / part / "locale" / language / "LC_MESSAGES" / "django.po"
        for source, translated in texts(read_po(BytesIO(file.read_bytes()))).items():
            yield from ((source[0], text) for text in translated)


def said(houses: Houses, client: Client, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text of each page, with the page's name: as it opens, and as it answers a wrong form."""
    for name in sorted(names):
        address = houses.path(name)
        asked = [client.get(address)]
        if name in OBJECT_PAGES or name.endswith("_add"):
            asked += [client.post(address, sent) for sent in ({}, WRONG, PAST)]
        if name.endswith("_changelist"):
            asked += [client.get(address, {"q": "finnes ikke"}), client.get(address, {"o": "1.-2"})]
            asked += [client.post(address, sent, follow=True) for sent in ({"action": ""}, {"action": "withdraw"})]
        for answer in asked:
            if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
                yield from ((name, " ".join(text.split())) for text in page_of(answer.content.decode()).text)


@pytest.mark.parametrize("language", catalogues.DJANGO_LANGUAGES)
def test_no_sentence_of_djangos_is_left_in_the_administration(language: str) -> None:
    houses = Houses()
    own, left = djangos_own(language), set()
    for kind, names in ((ORG, TABLE.keys()), (C, CENTRAL)):
        client = houses.client(kind)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        texts_of = said(houses, client, names)
        left |= {(name, text) for name, text in texts_of if any(each.fullmatch(text) for each in own)}
    assert left == set()


def test_a_sentence_of_djangos_is_known_by_what_stands_around_what_is_filled_in() -> None:
    theirs = [as_said(text) for _source, text in _catalogues_of_django("nb") if is_sentence(text)]
    for text in ("Vennligst send inn minst 1 skjema.", 'Begrensning "slutter_etter_start" er brutt.'):
        assert any(each.fullmatch(text) for each in theirs), text
        assert not any(each.fullmatch(text) for each in djangos_own("nb")), text
