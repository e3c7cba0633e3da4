"""Tokens that the identity provider signed for us: id tokens, and its notices that somebody has logged out there."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from django.conf import settings
from django.utils import timezone

from roles.login.providerkeys import keys_at

Claims = Mapping[str, Any]


def signed_claims(token: str, *, required: Sequence[str]) -> Claims:
    """The claims of a token that the provider signed, issued for us and not expired.

    Raises jwt.PyJWTError for a token that is not, and NoKeys where the provider's keys cannot be had.
    """
    claims: Claims = jwt.decode(
        token,
        _signing_key(token),
        algorithms=[settings.OIDC_RP_SIGN_ALGO],
        audience=settings.OIDC_RP_CLIENT_ID,
        issuer=settings.OIDC_ISSUER,
        leeway=settings.OIDC_CLOCK_LEEWAY_SECONDS,
        options={"require": list(required)},
    )
    return claims


def is_fresh(claims: Claims) -> bool:
    """Whether the token was issued just now: one that was kept for later is worth nothing.

    Clocks differ by the leeway, and Entra sets `iat` five minutes back, so that clocks behind its own take the token.
    """
    tolerated = settings.OIDC_CLOCK_LEEWAY_SECONDS + settings.OIDC_LOGIN_PROFILE.issued_before_seconds
    return bool(timezone.now().timestamp() - int(claims["iat"]) <= settings.OIDC_TOKEN_MAX_AGE_SECONDS + tolerated)


def signed_userinfo(token: str) -> Claims:
    """The claims of a userinfo answer that is signed (OpenID Connect Core 5.3.2): it has an issuer and an audience,
    and neither a nonce nor, as a rule, a time. Raises as signed_claims() does."""
    return signed_claims(token, required=("iss", "aud", "sub"))


def _signing_key(token: str) -> jwt.PyJWK:
    keys = keys_at(settings.OIDC_OP_JWKS_ENDPOINT).named(jwt.get_unverified_header(token).get("kid"))
    # A token may go without naming its key only where there is no choice (OpenID Connect Core 10.1).
    if len(keys) != 1:
        raise jwt.InvalidTokenError
    return keys[0]
