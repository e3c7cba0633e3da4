"""The subject of an ID token as we store it: a keyed hash of the provider's own id or of a national identity number."""

from django.conf import settings

from roles.keyring import every_keyed_hash
from roles.login.idtokens import Claims

_NUMBER, _WORD = ("pid:", "employee-number"), ("sub:", "employee-subject")


class NoSubject(Exception):
    """The token lacks the claim that identifies the person in this provider's profile."""


def names_of(claims: Claims) -> tuple[str, ...]:
    """The subjects that the employee may be stored under, the current one first. Raises NoSubject.

    There is more than one only while master keys are being changed.
    """
    profile = settings.OIDC_LOGIN_PROFILE
    said = claims.get(profile.subject_claim)
    if not isinstance(said, str) or not said:
        raise NoSubject
    return _hash(_NUMBER, said) if profile.is_national_number else names_of_word(said)


def names_of_word(said: str) -> tuple[str, ...]:
    """The same for an employee who is identified by the provider's own id, `said`."""
    return _hash(_WORD, said)


def _hash(kind: tuple[str, str], said: str) -> tuple[str, ...]:
    prefix, purpose = kind
    return tuple(prefix + digest for digest in every_keyed_hash(purpose, None, said))
