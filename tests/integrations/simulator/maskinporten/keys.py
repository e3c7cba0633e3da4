"""Keys and certificates made for a test, as PEM."""

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID


def private_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def certificate(
    name: x509.Name,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    *,
    issuer: x509.Name | None = None,
    signed_with: rsa.RSAPrivateKey | None = None,
    is_issuer: bool = False,
    days: int = 30,
) -> x509.Certificate:
    """A certificate that began sixty days ago and ends in `days`; self-signed unless an issuer is given."""
    today = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer or name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=60))
        .not_valid_after(today + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
    )
    return builder.sign(signed_with or key, hashes.SHA256())


def named(common_name: str, *, organisation: str = "", older: bool = False) -> x509.Name:
    """A subject. The organisation's number is in organizationIdentifier; in older certificates in serialNumber."""
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organisation and older:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, organisation))
    elif organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRNO-{organisation}"))
    return x509.Name(attributes)


def pem(made: x509.Certificate) -> str:
    return made.public_bytes(Encoding.PEM).decode()


def x5c(*chain: x509.Certificate) -> list[str]:
    """The certificates as the header of a grant has them."""
    return [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in chain]
