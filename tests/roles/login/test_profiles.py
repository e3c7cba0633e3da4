"""What a profile asks for, and that the environment goes first."""

import os
import subprocess
import sys

import pytest

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
def test_a_profile_names_the_claim_and_the_level_unless_the_environment_does(profile: str, acr: str, said: str) -> None:
    code = "from django.conf import settings as s; print(s.OIDC_LOGIN_PROFILE.subject_claim, s.OIDC_REQUIRED_ACR)"
    environment = os.environ | {"OIDC_PROFILE": profile, "OIDC_REQUIRED_ACR": acr}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == said
