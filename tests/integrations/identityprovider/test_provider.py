"""The demo's identity provider, asked over HTTP as a browser and as the pages ask it."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from integrations.identityprovider.accounts import ACCOUNTS
from tests import processes
from tests.services import Services


@pytest.fixture(scope="module")
def provider(running: Services) -> Iterator[httpx.Client]:
    child = processes.start(running, "identity")
    child.wait_until(lambda: processes.answers(running.environment["OIDC_JWKS_ENDPOINT"]), seconds=30)
    with httpx.Client(base_url=running.environment["OIDC_ISSUER"]) as client:
        yield client
    child.kill()


@pytest.fixture
def question(running: Services) -> dict[str, str]:
    """What the pages send a browser to the provider with."""
    return {
        "client_id": running.environment["OIDC_CLIENT_ID"],
        "response_type": "code",
        "scope": "openid profile",
        "state": "the-state",
        "nonce": "the-nonce",
        "redirect_uri": running.environment["FIKSREG_BASE_URL"] + "/logg-inn/svar/",
    }


def test_every_account_is_a_button_with_its_label(provider: httpx.Client, question: dict[str, str]) -> None:
    page = provider.get("/oauth2/authorize", params=question).text
    assert re.findall(r'<button type="submit" name="sub" value="([^"]+)">\1</button>', page) == list(ACCOUNTS)


def test_the_page_asks_no_other_machine_for_anything(provider: httpx.Client, question: dict[str, str]) -> None:
    page = provider.get("/oauth2/authorize", params=question).text
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == ["/look/style.css"]
    assert provider.get("/look/style.css").headers["Content-Type"].startswith("text/css")


def test_a_click_leads_to_a_token_that_names_the_account(
    provider: httpx.Client, question: dict[str, str], running: Services
) -> None:
    answer = provider.post("/oauth2/authorize", params=question, data={"sub": "Personvernombud"})
    returned = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert returned["state"] == ["the-state"]
    tokens = provider.post("/oauth2/token", data=_exchange(question, running, returned["code"][0])).json()
    (key,) = jwt.PyJWKSet.from_dict(provider.get("/jwks").json()).keys
    claims = jwt.decode(tokens["id_token"], key, algorithms=["RS256"], audience=question["client_id"])
    assert claims["iss"] == running.environment["OIDC_ISSUER"]
    assert claims["nonce"] == "the-nonce"
    assert claims["sub"] == "Personvernombud"
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert provider.get("/userinfo", headers=bearer).json() == {"sub": "Personvernombud", "name": "Personvernombud"}


def test_a_wrong_client_secret_gets_no_token(
    provider: httpx.Client, question: dict[str, str], running: Services
) -> None:
    answer = provider.post("/oauth2/authorize", params=question, data={"sub": "Nyansatt"})
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    refused = provider.post("/oauth2/token", data=_exchange(question, running, code) | {"client_secret": "guess"})
    assert refused.status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [{"client_id": "somebody-else"}, {"redirect_uri": "http://127.0.0.1:1/elsewhere"}],
    ids=["client", "address"],
)
def test_nobody_but_the_known_client_at_its_own_address_is_served(
    provider: httpx.Client, question: dict[str, str], wrong: dict[str, str]
) -> None:
    answer = provider.get("/oauth2/authorize", params=question | wrong)
    assert answer.status_code == 400
    assert "Personvernombud" not in answer.text


def test_its_issuer_is_the_same_by_whatever_name_it_is_called(provider: httpx.Client, running: Services) -> None:
    answer = provider.get("/.well-known/openid-configuration", headers={"Host": "localhost"})
    assert answer.json()["issuer"] == running.environment["OIDC_ISSUER"]


def _exchange(question: dict[str, str], running: Services, code: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": question["redirect_uri"],
        "client_id": question["client_id"],
        "client_secret": running.environment["OIDC_CLIENT_SECRET"],
    }
