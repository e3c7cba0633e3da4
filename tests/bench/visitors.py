"""Employees at their browsers: logged in through the identity provider, one keep-alive connection each."""

import re
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import httpx

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
#: Less than web keeps a connection that nobody uses (fiksreg/gunicorn.py).
_IDLE_SECONDS = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class KeptAlive:
    """One connection, opened anew as a browser would where the server has closed it for being idle."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._used_at = 0.0

    def call(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Status, Location and body."""
        if time.monotonic() - self._used_at > _IDLE_SECONDS:
            self._connection.close()
        self._used_at = time.monotonic()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        except (OSError, HTTPException):
            self._connection.close()
            raise


class Visitor:
    """Looks one person up again and again: the search form is sent, and the page it leads to is read whole."""

    def __init__(self, web: str, account: str, number: str, *, by_htmx: bool) -> None:
        """by_htmx: the page is the answer to the form; else the browser is sent there."""
        with httpx.Client(base_url=web, follow_redirects=True, timeout=30) as browser:
            provider = browser.get("/logg-inn/")
            browser.post(str(provider.url), data={"sub": account}).raise_for_status()
            form = _TOKEN.search(browser.get("/oppslag/").text)
            if form is None:
                raise LookupError(f"{account} met no search form")
            cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        fields = {"csrfmiddlewaretoken": form.group(1), "number": number, "purpose": "måling"}
        self._body = urlencode(fields)
        self._headers = {"Cookie": cookies, "Referer": f"{web}/oppslag/"}
        self._form = {**_FORM, "HX-Request": "true"} if by_htmx else _FORM
        self._connection = KeptAlive(web)

    def look_up(self) -> bool:
        """Whether a person's page came of it."""
        call = self._connection.call
        try:
            status, location, page = call("POST", "/oppslag/", self._body, {**self._headers, **self._form})
            if status == 302:
                status, location, page = call("GET", location, None, self._headers)
        except (OSError, HTTPException):
            return False
        return status == 200 and b'data-state="value"' in page


class BareVisitor:
    """The same person from the bare view, in the one request it takes there."""

    def __init__(self, address: str, number: str) -> None:
        self._body = urlencode({"number": number})
        self._connection = KeptAlive(address)

    def look_up(self) -> bool:
        """Whether a person's page came of it."""
        try:
            status, _location, page = self._connection.call("POST", "/bare", self._body, _FORM)
        except (OSError, HTTPException):
            return False
        return status == 200 and b'data-state="value"' in page
