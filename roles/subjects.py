"""Who an id token is about, as we keep it: the provider's own word, or, of a national number, a keyed hash."""

from django.conf import settings

from roles.keyring import every_keyed_hash
from roles.tokens import Claims

_PURPOSE = "employee-number"
_PREFIX = "pid:"


class NoSubject(Exception):
    """The token does not say who it is about in the way this provider should. Nobody is logged in."""


def names_of(claims: Claims) -> tuple[str, ...]:
    """What the employee may be known as, the current one first: more than one only while master keys are changed."""
    profile = settings.OIDC_LOGIN_PROFILE
    said = claims.get(profile.subject_claim)
    if not isinstance(said, str) or not said:
        raise NoSubject
    if not profile.is_national_number:
        return (said,)
    return tuple(_PREFIX + digest for digest in every_keyed_hash(_PURPOSE, None, said))
