"""The claim and the level that a profile requires, and that the environment overrides them."""

import runpy

import pytest

from fiksreg import settings

ASKED = [
    ("", "", "sub []"),
    ("id-porten", "", "pid ['idporten-loa-high']"),
    (
        "id-porten",
        "idporten-loa-substantial,idporten-loa-high",
        "pid ['idporten-loa-substantial', 'idporten-loa-high']",
    ),
    ("ansattporten", "", "pid ['high']"),
    ("entra", "", "oid []"),
    ("entra", "c1", "oid ['c1']"),
]


@pytest.mark.parametrize(("profile", "acr", "said"), ASKED)
def test_a_profile_names_the_claim_and_the_level_unless_the_environment_does(
    monkeypatch: pytest.MonkeyPatch, profile: str, acr: str, said: str
) -> None:
    monkeypatch.setenv("OIDC_PROFILE", profile)
    monkeypatch.setenv("OIDC_REQUIRED_ACR", acr)
    read = runpy.run_path(settings.__file__)
    assert f"{read['OIDC_LOGIN_PROFILE'].subject_claim} {read['OIDC_REQUIRED_ACR']}" == said
