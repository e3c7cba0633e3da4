"""The grant: who signs it, in which of two ways, and for whom."""

import base64
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from integrations.http.errors import Unconfigured
from integrations.maskinporten.grants import Signer, Wanted
from tests.integrations.folkeregisteret.register import KEY, PEM

SCOPE = "folkeregister:deling/offentligmedhjemmel"
ISSUER = "https://maskinporten.example/"
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey, name: str) -> str:
    """PEM, of this key and signed with it."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
        .decode()
    )


OWN, ISSUERS = certificate(KEY, "Nordvåg kommune"), certificate(OTHER, "Utsteder")


def signed(signer: Signer, wanted: Wanted) -> tuple[dict[str, object], dict[str, object]]:
    """Header and claims, the signature checked."""
    grant = signer.grant(wanted, ISSUER)
    return jwt.get_unverified_header(grant), jwt.decode(grant, KEY.public_key(), algorithms=["RS256"], audience=ISSUER)


def test_a_registered_key_is_named_and_no_certificate_is_sent() -> None:
    header, claims = signed(Signer(client_id="us", private_key=PEM, key_id="key-1"), Wanted(SCOPE))
    assert header == {"alg": "RS256", "typ": "JWT", "kid": "key-1"}
    assert claims.keys() == {"aud", "iss", "scope", "iat", "exp", "jti"}


def test_a_certificate_is_sent_with_its_issuers_behind_it_and_no_key_is_named() -> None:
    header, _ = signed(Signer(client_id="us", private_key=PEM, certificate=OWN + ISSUERS), Wanted(SCOPE))
    chain = header["x5c"]
    assert isinstance(chain, list)
    sent = [x509.load_der_x509_certificate(base64.b64decode(each, validate=True)) for each in chain]
    assert sent == x509.load_pem_x509_certificates((OWN + ISSUERS).encode())
    assert "kid" not in header


def test_a_grant_names_the_consumer_only_if_it_is_another_organisation() -> None:
    signer = Signer(client_id="us", private_key=PEM, key_id="key-1")
    assert signed(signer, Wanted(SCOPE, "310000027"))[1]["consumer_org"] == "310000027"
    assert "consumer_org" not in signed(signer, Wanted(SCOPE))[1]


def test_each_grant_has_an_id_of_its_own() -> None:
    signer = Signer(client_id="us", private_key=PEM, key_id="key-1")
    assert len({str(signed(signer, Wanted(SCOPE))[1]["jti"]) for _ in range(5)}) == 5


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("private_key", "certificates"),
    [
        ("", OWN),
        ("no key", OWN),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", OWN),
        (pem(ec.generate_private_key(ec.SECP256R1())), OWN),
        (PEM, ""),
        (PEM, "no certificate"),
        (PEM, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
        (PEM, ISSUERS + OWN),
    ],
    ids=["no key", "words", "broken", "not RSA", "neither", "other words", "broken certificate", "wrong order"],
)
def test_an_unusable_key_is_an_error_at_the_start(private_key: str, certificates: str) -> None:
    with pytest.raises(Unconfigured) as raised:
        Signer(client_id="us", private_key=private_key, certificate=certificates)
    assert raised.value.__cause__ is None
