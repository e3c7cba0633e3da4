"""Who an id token is about, as we keep it: a keyed hash of the provider's own word, or of a national number."""

from django.conf import settings

from roles.keyring import every_keyed_hash
from roles.login.idtokens import Claims

_NUMBER, _WORD = ("pid:", "employee-number"), ("sub:", "employee-subject")


class NoSubject(Exception):
    """The token does not say who it is about in the way this provider should. Nobody is logged in."""


def names_of(claims: Claims) -> tuple[str, ...]:
    """What the employee may be known as, the current one first: more than one only while master keys are changed."""
    profile = settings.OIDC_LOGIN_PROFILE
    said = claims.get(profile.subject_claim)
    if not isinstance(said, str) or not said:
        raise NoSubject
    return _hashed(_NUMBER, said) if profile.is_national_number else names_of_word(said)


def names_of_word(said: str) -> tuple[str, ...]:
    """The same of who is known by the provider's own word."""
    return _hashed(_WORD, said)


def _hashed(kind: tuple[str, str], said: str) -> tuple[str, ...]:
    prefix, purpose = kind
    return tuple(prefix + digest for digest in every_keyed_hash(purpose, None, said))
