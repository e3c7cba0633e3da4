"""The pages are whole in nynorsk and English: no sentence, label or code of a bokmål page is left on them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.test import Client
from django.utils.functional import Promise

from citizenlists.models import CitizenList, State
from fiksreg.demo.data import ADMINISTRATOR, EMPLOYEES, FJELLRO, HAVBRIS, ROLES
from integrations.codelists import countries, fylker, kommuner
from roles.models import LegalBasis, Role
from tests.lookup.register import Register
from tests.translations.catalogues import LANGUAGES
from tests.translations.conftest import LogIn
from tests.translations.pages import Page, bokmal_words, page_of

pytestmark = pytest.mark.django_db

#: Words that Django's own nynorsk takes from bokmål, and an English word that is bokmål too.
_NOT_OURS = {"velg", "last"}
_NOBODY = "03851598730"


def left_on(page: Page) -> set[str]:
    """Bokmål words on the page, but for what people wrote and what laws and places are called, in any language."""
    written = [*EMPLOYEES, *(name for one in (HAVBRIS, FJELLRO) for name in (one.name, one.role_contact))]
    written += [text for role in ROLES for text in (role.name, role.description)]
    written += [
        text
        for basis in LegalBasis.objects.all()
        for text in (basis.statute, basis.section, basis.short_title, basis.note, basis.url)
    ]
    written += [str(key) for key in CitizenList.objects.values_list("pk", flat=True)]
    written += [area.name for area in (*kommuner(), *fylker())]
    written += [name for country in countries() for name in (country.name_nn, country.name_en)]
    return bokmal_words(page, data=filter(None, written)) - _NOT_OURS


def read(client: Client, path: str, **posted: str) -> Page:
    """The page a reader ends up on."""
    response = client.post(path, posted, follow=True) if posted else client.get(path, follow=True)
    return page_of(response.content.decode())


def in_language(language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def register(simulator: str) -> Iterator[Register]:
    register = Register(simulator)
    yield register
    register.close()


def test_what_is_bokmal_is_told_from_what_is_not() -> None:
    page = page_of(
        '<html lang="nn"><p title="Ikke her">Ikkje skriv namnet</p><p lang="nb">Navnet</p><br>11 siffer</html>'
    )
    assert bokmal_words(page, data=[]) == {"ikke"}
    assert bokmal_words(page, data=["Ikke her"]) == set()


@pytest.mark.parametrize("path", ["/", "/hjelp/", "/tilgjengelighet/", "/finnes-ikke/", "/logg-inn/svar/"])
def test_the_pages_that_are_open_to_all(language: str, path: str) -> None:
    page = read(in_language(language), path)
    assert (page.language, left_on(page)) == (language, set())


def test_the_lookup_pages(language: str, log_in: LogIn, register: Register) -> None:
    client, number = log_in("Saksbehandler helse", language), register.number_of("vanlig-familie")
    pages = {
        "form": read(client, "/oppslag/"),
        "refused": read(client, "/oppslag/", number="123"),
        "nobody": read(client, "/oppslag/", number=_NOBODY, purpose="12/3"),
        "no hits": read(client, "/oppslag/", name="Zorro Qvist", birth_date="05.03.2018", purpose="12/3"),
        "person": read(client, "/oppslag/", number=number, purpose="12/3"),
        "protected": read(client, "/oppslag/", number=register.number_of("strengt-fortrolig"), purpose="12/3"),
        "not there": read(client, "/oppslag/person/ingen-slik-referanse/"),
    }
    assert_whole(pages, language)
    assert number in pages["person"].text


def test_the_page_of_test_persons(language: str, log_in: LogIn, register: Register) -> None:
    client = log_in("Saksbehandler barnehage", language)
    number = register.number_of("vanlig-familie")
    pages = {
        "named": read(client, "/testpersoner/"),
        "hits": read(client, "/testpersoner/?filter=bosatt&filter=fortrolig&filter=klientadresse&seed=1"),
        "second": read(client, "/testpersoner/?filter=bosatt&seed=1&page=2"),
        "no hits": read(client, "/testpersoner/?filter=doed&filter=under-6&filter=gift&kql=fornavn:Q*&seed=1"),
        "number": read(client, "/testpersoner/", kql=f"identifikator: {number}"),
        "number in address": read(client, f"/testpersoner/?kql={number}"),
        "refused": read(client, "/testpersoner/", kql="fornavn: ("),
    }
    assert_whole(pages, language)
    assert number in pages["number"].text


def test_the_list_pages(language: str, log_in: LogIn) -> None:
    client = log_in("Saksbehandler barnehage", language)
    ordered = {"template": "fritt-utvalg", "kommune": "1870", "born_from": "2020", "born_to": "2021"}
    ordered["purpose"] = "Sak 26/7"
    pages = {
        "form": read(client, "/innbyggerlister/bestill/"),
        "template": read(client, "/innbyggerlister/bestill/ett-aaringer/"),
        "refused": read(client, "/innbyggerlister/bestill/", template="fritt-utvalg", born_from="12"),
        "ordered": read(client, "/innbyggerlister/bestill/", **ordered, elements="navn"),
        "index": read(client, "/innbyggerlister/"),
    }
    order = CitizenList.objects.get()
    for state in State:
        CitizenList.objects.filter(pk=order.pk).update(state=state, rows=2, expires_at=order.ordered_at)
        pages[state] = read(client, f"/innbyggerlister/{order.pk}/")
    assert_whole(pages, language)


def test_the_pages_about_roles(language: str, log_in: LogIn) -> None:
    newcomer, caseworker = log_in("Nyansatt", language), log_in("Saksbehandler helse", language)
    pages = {
        "none": read(newcomer, "/oppslag/"),
        "not this": read(caseworker, "/innbyggerlister/"),
        "choice": read(caseworker, "/rolle/"),
        "leave": read(caseworker, "/logg-ut"),
    }
    assert_whole(pages, language)


def test_the_administration(language: str, log_in: LogIn) -> None:
    client = log_in(ADMINISTRATOR, language)
    role = Role.objects.get(name=ROLES[0].name, organisation__name=HAVBRIS.name)
    paths = ["/admin/", "/admin/roles/role/add/", f"/admin/roles/role/{role.pk}/change/"]
    paths += [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry]
    paths += ["/admin/roles/roleassignment/add/", "/admin/roles/legalbasis/folkeregisterloven-10-1/change/"]
    assert_whole({path: read(client, path) for path in paths}, language)


def assert_whole(pages: dict[str, Page], language: str) -> None:
    assert {name: page.language for name, page in pages.items()} == dict.fromkeys(pages, language)
    assert {name: left for name, page in pages.items() if (left := left_on(page))} == {}


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "5. mars 2026 14:30"), ("nn", "5. mars 2026 14:30"), ("en", "5 March 2026 14:30")],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, written: str, log_in: LogIn) -> None:
    client = log_in("Saksbehandler barnehage", language)
    years = {"born_from": "2020", "born_to": "2021", "purpose": "Sak 26/7"}
    read(client, "/innbyggerlister/bestill/", template="fritt-utvalg", kommune="1870", elements="navn", **years)
    CitizenList.objects.update(ordered_at=datetime(2026, 3, 5, 14, 30, tzinfo=ZoneInfo(settings.TIME_ZONE)))
    assert written in "".join(read(client, "/innbyggerlister/").text)


@pytest.mark.parametrize("chosen", ["nn", "en", "nb"])
def test_a_reader_chooses_the_language_at_the_foot_of_the_page(chosen: str) -> None:
    client = in_language("en" if chosen == "nn" else "nn")
    page = read(client, "/sprak/", language=chosen, next="/hjelp/")
    assert page.language == chosen
    assert read(client, "/").language == chosen
    assert page.pressed == [chosen]


def test_whatever_the_administration_shows_has_a_name_of_ours() -> None:
    for model, admin in site._registry.items():
        assert isinstance(model._meta.verbose_name, Promise), model
        for name in {*admin.list_display, *(admin.fields or ())}:
            assert not _is_unnamed(model, str(name)), (model, name)


def _is_unnamed(model: type[Model], name: str) -> bool:
    try:
        return not isinstance(model._meta.get_field(name).verbose_name, Promise)
    except FieldDoesNotExist:
        return False  # made by a function of the page, which names it
