"""Maskinporten's metadata."""

from tests.integrations.simulator.door import ADDRESS, Door, grant


def test_the_metadata_names_issuer_endpoints_and_methods(door: Door) -> None:
    content = door.http.get("/maskinporten/.well-known/oauth-authorization-server").raise_for_status().json()
    assert content["issuer"] == f"{ADDRESS}/maskinporten/"
    assert content["token_endpoint"] == f"{ADDRESS}/maskinporten/token"
    assert content["grant_types_supported"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]


def test_a_client_that_follows_the_metadata_comes_to_a_token(door: Door) -> None:
    content = door.http.get("/maskinporten/.well-known/oauth-authorization-server").json()
    assertion = grant(door.private_key, aud=content["issuer"])
    form = {"grant_type": content["grant_types_supported"][0], "assertion": assertion}
    assert door.http.post(content["token_endpoint"], data=form).status_code == 200
    assert door.http.get(content["jwks_uri"]).json()["keys"]


def test_each_address_has_its_method(door: Door) -> None:
    for path in (".well-known/oauth-authorization-server", "jwks"):
        assert door.http.post(f"/maskinporten/{path}").status_code == 405
    assert door.http.get("/maskinporten/elsewhere").status_code == 404
