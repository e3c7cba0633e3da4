"""The user guide: every chapter is found, and speaks of buttons and fields by the names they have."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from fiksreg.pages.guide import chapters, folder
from tests.translations.extraction import marked

_LABEL = re.compile(r"<b>(.*?)</b>", re.DOTALL)


@pytest.fixture(scope="module")
def words_of_the_product() -> set[str]:
    return {form for text, _file in marked() for form in ((text,) if isinstance(text, str) else text)}


def labels() -> Iterator[tuple[str, str]]:
    for slug in chapters():
        for label in _LABEL.findall((folder() / f"{slug}.html").read_text("utf-8")):
            yield slug, unescape(label)


def test_the_contents_name_every_chapter_there_is() -> None:
    assert sorted(chapters()) == sorted(file.stem for file in folder().glob("*.html"))


@pytest.mark.django_db
def test_the_help_page_leads_to_every_chapter_in_order() -> None:
    page = Client().get("/hjelp/").content.decode()
    assert re.findall(r'href="/hjelp/([\w-]+)/"', page) == list(chapters())


@pytest.mark.django_db
@pytest.mark.parametrize("slug", chapters())
def test_a_chapter_is_a_page_in_bokmal_with_its_title(slug: str) -> None:
    client = Client()
    client.post("/sprak/", {"language": "en", "next": "/"})
    page = client.get(f"/hjelp/{slug}/").content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    assert 'lang="nb"' in article
    assert f"<h1>{chapters()[slug].title}</h1>" in article
    assert (folder() / f"{slug}.html").read_text("utf-8").strip() in article


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["finnes-ikke", "contents", "base"])
def test_an_unknown_chapter_is_not_found(slug: str) -> None:
    assert Client().get(f"/hjelp/{slug}/").status_code == 404


def test_what_the_guide_calls_a_button_or_a_field_is_called_so_on_the_pages(words_of_the_product: set[str]) -> None:
    named = list(labels())
    assert len(named) > 30
    assert [(slug, label) for slug, label in named if label not in words_of_the_product] == []
