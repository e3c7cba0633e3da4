"""What the simulated Maskinporten answers and signs, against our own schemas."""

from collections import Counter

import httpx
import jwt
import pytest

from tests.contract.asking import ORGANISATION, Client, ask_token
from tests.contract.authored import departures

SCOPES = ["folkeregister:deling/offentligmedhjemmel", "folkeregister:deling/offentligutenhjemmel", "ks:fiks"]
KOMMUNE = "310000027"


def metadata(simulator: str) -> dict[str, str]:
    answer = httpx.get(f"{simulator}/maskinporten/.well-known/oauth-authorization-server")
    content: dict[str, str] = answer.raise_for_status().json()
    return content


def test_it_says_where_it_is_and_publishes_its_key_alone(simulator: str) -> None:
    told = metadata(simulator)
    assert departures(told, "maskinporten/metadata") == Counter()
    keys = httpx.get(told["jwks_uri"]).raise_for_status().json()
    assert departures(keys, "maskinporten/keys") == Counter()


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("consumer", ["", KOMMUNE], ids=["for itself", "on behalf of another"])
def test_a_token_has_the_claims_that_are_documented_and_its_signature_holds(
    simulator: str, client: Client, scope: str, consumer: str
) -> None:
    delegation = {"consumer": KOMMUNE, "supplier": ORGANISATION, "scopes": SCOPES}
    httpx.post(f"{simulator}/_control/delegations", json=delegation).raise_for_status()
    answer = ask_token(simulator, client.grant(simulator, scope, consumer_org=consumer or None)).raise_for_status()
    assert departures(answer.json(), "maskinporten/answer") == Counter()
    token = answer.json()["access_token"]
    key = jwt.PyJWKClient(metadata(simulator)["jwks_uri"]).get_signing_key_from_jwt(token)
    claims = jwt.decode(token, key, algorithms=["RS256"], audience="unspecified")
    assert departures(claims, "maskinporten/claims") == Counter()
    assert claims["consumer"]["ID"] == f"0192:{consumer or ORGANISATION}"
    assert ("supplier" in claims) == bool(consumer)
