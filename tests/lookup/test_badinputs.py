"""What no caseworker means to type, in every field of the lookup: said at the field, or an understandable page."""

import re
from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lookup.searchform import SearchForm
from tests.lookup.pages import text_of
from tests.lookup.people import Caseworker, logged_in
from tests.lookup.register import Register

# Every field with every value.
pytestmark = pytest.mark.campaign

FIELDS = (*SearchForm.base_fields, "reason")
BAD = {
    "nul": "Kari\0Nordmann",
    "a megabyte": "K" * 1_000_000,
    "from right to left": "\u202eirak\u202c עברית",
    "zalgo": "K" + "\u0301\u0327\u0489" * 60,
    "arabic digits": "٠٣٨٥١٥٩٨٧٣٠",
    "wide digits": "\uff10\uff13\uff18\uff15\uff11\uff15\uff19\uff18\uff17\uff13\uff10",
    "digits above the line": "\u00b2\u00b3\u00b9",
    "roman": "\u2167",
    "year nought": "01.01.0000",
    "year 99999": "01.01.99999",
    "no such day": "31.02.1988",
    "an iso date out of range": "9999-99-99",
    "a negative age": "-1",
    "an age of a mountain": "9" * 40,
    "infinity": "1e999",
    "not a number": "NaN",
    "sql": "'; DROP TABLE roles_role; --",
    "html": "<script>alert(1)</script>",
    "a template": "{{ 7*7 }}{% debug %}",
    "a format": "%s%n%(name)s{0}",
    "a path": "../../etc/passwd",
    "lines": "Kari\r\nSet-Cookie: a=b",
    "blanks": " \u200b\u00a0\ufeff ",
    "no character": "\ufffe\uffff",
    "a flag": "\U0001f1f3\U0001f1f4" * 20,
    "a star": "*",
}
#: Bytes that are no text, as they are sent.
ODD_BYTES = {"a lone surrogate": "%ED%A0%80", "half a letter": "%C3", "latin": "%E5se", "nothing": "%", "cut off": "%4"}


def is_understandable(response: HttpResponse) -> bool:
    """A page of ours with a heading. Where a field is wrong, a 4xx that says so."""
    page = text_of(response)
    tells = response.status_code >= 400 or 'aria-invalid="true"' not in page
    return response.status_code < 500 and tells and bool(re.search(r"<h1\b", page)) and "Traceback" not in page


def sent(client: Client, body: str) -> HttpResponse:
    """As the bytes stand."""
    kind = "application/x-www-form-urlencoded"
    return client.post(reverse("lookup:search"), body, content_type=kind, follow=True)


def wrong(responses: Iterator[tuple[str, HttpResponse]]) -> list[tuple[str, int]]:
    return [(what, response.status_code) for what, response in responses if not is_understandable(response)]


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_in_any_field_of_a_search_is_an_error_of_ours(
    wide: Caseworker, register: Register, field: str
) -> None:
    values = {**{kind: quote_plus(value) for kind, value in BAD.items()}, **ODD_BYTES}
    with_name = "" if field in {"text", "name"} else "name=Kari+Nordmann&"
    answers = ((kind, sent(wide.client, f"{with_name}{field}={value}")) for kind, value in values.items())
    assert wrong(answers) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "&&&===",
        "text=Kari&text=Ola&name=A&name=B",
        "unknown=1&__proto__=2&text[]=3",
        "role=not-a-role&text=Kari+Nordmann",
        "&".join(f"f{number}=1" for number in range(5000)),
        urlencode(dict.fromkeys(FIELDS, "1")),
        urlencode(dict.fromkeys(FIELDS, "-1")),
    ],
    ids=["nothing", "signs", "twice", "unknown", "a role", "too many fields", "ones", "minus ones"],
)
def test_missing_double_and_unknown_fields_are_no_error_of_ours(
    wide: Caseworker, register: Register, body: str
) -> None:
    assert is_understandable(sent(wide.client, body))


@pytest.mark.parametrize("kind", BAD)
def test_no_value_in_the_forms_of_a_person_page_is_an_error_of_ours(
    trusted: Caseworker, register: Register, kind: str
) -> None:
    page = trusted.look_up(register.number_of("fortrolig"), purpose="2026/1").request["PATH_INFO"]
    value = BAD[kind]
    answers = (
        (f"{way} {name}", trusted.client.post(f"{page}{way}/", {name: value}, follow=True))
        for way, name in (("relatert", "number"), ("begrunnelse", "reason"), ("paa-nytt", "x"), ("feil-person", "x"))
    )
    assert wrong(answers) == []


def test_a_form_of_another_session_is_refused_in_words(wide: Caseworker) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = logged_in(wide.employee).cookies
    for token in ("", "wrong", "x" * 64, "\0"):
        response = strict.post("/oppslag/", {"text": "Kari", "csrfmiddlewaretoken": token})
        assert response.status_code == 403
        assert "Skjemaet kunne ikke sendes" in text_of(response)
