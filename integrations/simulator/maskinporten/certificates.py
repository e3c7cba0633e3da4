"""Organisation certificates, as a grant has them in x5c: the organisation they were issued to, and the issuer."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from integrations.simulator.maskinporten.refusals import bad_grant

_REGISTERED: Final = "NTRNO-"


class Authorities:
    """The trusted issuers. pem: their certificates, joined; may be empty."""

    def __init__(self, pem: str = "") -> None:
        self._trusted = x509.load_pem_x509_certificates(pem.encode()) if pem else []

    def holder(self, x5c: object) -> tuple[str, RSAPublicKey]:
        """The organisation number and the key of a chain's first certificate. Raises Problem 400."""
        chain = _chain(x5c)
        try:
            self._check(chain)
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            raise bad_grant("The JWT is signed with an invalid certificate.", "MP-120") from None
        key = chain[0].public_key()
        if not isinstance(key, RSAPublicKey):
            raise bad_grant("The JWT is signed with an invalid certificate.", "MP-120")
        return _organisation(chain[0]), key

    def _check(self, chain: Sequence[x509.Certificate]) -> None:
        """Raises unless each certificate is valid now and issued by the next, and the last by a trusted issuer."""
        root = next((each for each in self._trusted if each.subject == chain[-1].issuer), None)
        if root is None:
            raise ValueError("no trusted issuer")
        for certificate, issuer in pairwise([*chain, root]):
            _check_link(certificate, issuer)
        now = datetime.now(UTC)
        if not all(each.not_valid_before_utc <= now <= each.not_valid_after_utc for each in (*chain, root)):
            raise ValueError("not valid now")


def _check_link(certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
        raise ValueError("not an issuer")
    certificate.verify_directly_issued_by(issuer)


def _chain(x5c: object) -> list[x509.Certificate]:
    if not (isinstance(x5c, list) and x5c and all(isinstance(each, str) for each in x5c)):
        raise bad_grant("Invalid JWT header x5c", "MP-123")
    try:
        return [x509.load_der_x509_certificate(base64.b64decode(each, validate=True)) for each in x5c]
    except ValueError:
        raise bad_grant("Invalid JWT header x5c", "MP-123") from None


def _organisation(certificate: x509.Certificate) -> str:
    """The organisation number. Newer certificates have it as NTRNO-<number> in organizationIdentifier, older ones in
    serialNumber."""
    for kind in (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER):
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            return str(attribute.value).removeprefix(_REGISTERED)
    return ""
