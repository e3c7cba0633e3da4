"""An employee with a random role at a browser: what the pages and workbooks say, and every address they led through."""

import re
from collections.abc import Iterator
from io import BytesIO

import httpx
from django.conf import settings
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.loggedin import logged_in
from tests.long.randomroles import Holder
from tests.waiting import until

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_STATE = re.compile(r'id="progress"\s+data-state="(\w+)"')
#: What a page about a search says of the search itself.
_TYPED = re.compile(r'<(form|section) class="(?:panel form search|understood)".*?</\1>', re.DOTALL)
_SEARCH, _ORDER = "/oppslag/", "/innbyggerlister/bestill/"


class Visitor:
    """Logged in already. heads: addresses asked for, and the heads of all answers."""

    def __init__(self, holder: Holder, web: str) -> None:
        self.holder = holder
        self.heads: list[str] = []
        session = logged_in(holder.employee).cookies[settings.SESSION_COOKIE_NAME].value
        self._browser = httpx.Client(
            base_url=web,
            cookies={settings.SESSION_COOKIE_NAME: session},
            follow_redirects=True,
            timeout=60,
            event_hooks={"response": [self._remember]},
        )

    def close(self) -> None:
        self._browser.close()

    def look_up(self, number: str, reason: str) -> str:
        """The person's page."""
        return self._send(_SEARCH, number=number, purpose="Kampanje", reason=reason)

    def printed(self) -> str:
        """The paper of the page that was opened last."""
        page = next(head.split()[0] for head in reversed(self.heads) if "/oppslag/person/" in head.split()[0])
        content = self._browser.get(f"{page}utskrift/").raise_for_status().content
        return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)

    def search(self, name: str, birth_date: str) -> str:
        """The hit list, without the form and the sentence that repeat what was typed."""
        return _TYPED.sub("", self._send(_SEARCH, name=name, birth_date=birth_date, purpose="Kampanje"))

    def order(self, elements: list[str], *, kommune: str, born: str) -> str:
        """The address of the order's page."""
        self._send(
            _ORDER,
            template="fritt-utvalg",
            kommune=kommune,
            born_from=born,
            born_to=born,
            elements=elements,
            purpose="Kampanje",
        )
        return self.heads[-1].split()[0]

    def rows(self, order: str) -> Iterator[str]:
        """The finished workbook, row by row, page about the list and all."""
        until(lambda: self._state(order) not in {"ordered", "building"}, seconds=90)
        assert self._state(order) == "ready"
        content = self._browser.get(f"{order}last-ned/").raise_for_status().content
        for sheet in load_workbook(BytesIO(content)).worksheets:
            yield from (" ".join(map(str, row)) for row in sheet.iter_rows(values_only=True))

    def _state(self, order: str) -> str:
        found = _STATE.search(self._browser.get(order).raise_for_status().text)
        return found[1] if found else ""

    def _send(self, form: str, **typed: str | list[str]) -> str:
        token = _TOKEN.search(self._browser.get(form).raise_for_status().text)
        assert token is not None
        return self._browser.post(form, data={"csrfmiddlewaretoken": token[1], **typed}).raise_for_status().text

    def _remember(self, answer: httpx.Response) -> None:
        self.heads.append(f"{answer.request.url} {answer.headers.multi_items()}")
