"""Tokens that the identity provider signed for us: ID tokens, logout tokens and signed userinfo."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from django.conf import settings
from django.utils import timezone

from roles.login.providerkeys import keys_at

Claims = Mapping[str, Any]


def signed_claims(token: str, *, required: Sequence[str]) -> Claims:
    """The claims of a token, after checking that the provider signed it, that it is for us, and that it has not
    expired.

    required: claims that must be present. Raises jwt.PyJWTError for a bad token, NoKeys when the provider's keys are
    not available.
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
    """Whether the token was issued at most OIDC_TOKEN_MAX_AGE_SECONDS ago. A token that was kept for later is refused.

    The leeway allows for clocks that differ. Entra sets `iat` five minutes back for the sake of slow clocks.
    """
    tolerated = settings.OIDC_CLOCK_LEEWAY_SECONDS + settings.OIDC_LOGIN_PROFILE.issued_before_seconds
    return bool(timezone.now().timestamp() - int(claims["iat"]) <= settings.OIDC_TOKEN_MAX_AGE_SECONDS + tolerated)


def signed_userinfo(token: str) -> Claims:
    """The claims of a signed userinfo answer (OpenID Connect Core 5.3.2). Raises as signed_claims() does.

    Such an answer has an issuer and an audience, but no nonce and usually no time.
    """
    return signed_claims(token, required=("iss", "aud", "sub"))


def _signing_key(token: str) -> jwt.PyJWK:
    keys = keys_at(settings.OIDC_OP_JWKS_ENDPOINT).named(jwt.get_unverified_header(token).get("kid"))
    # A token may omit the name of its key only when the provider has a single key (OpenID Connect Core 10.1).
    if len(keys) != 1:
        raise jwt.InvalidTokenError
    return keys[0]
