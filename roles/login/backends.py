"""Login through the organisation's identity provider (OpenID Connect).

mozilla-django-oidc does the code flow with PKCE and state. It checks neither issuer nor audience and matches users by
e-mail; both are replaced here. An employee is identified by issuer and subject alone. Groups at the provider are read
only when a setting names a claim for them, and they give membership only in our groups that are tied to them. Roles are
never given by the provider.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

import jwt
import requests
import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from roles.access.requestdata import ProviderLogin, request_data
from roles.login.assurance import is_recent_enough, is_sure_enough
from roles.login.groupclaims import GroupsNotSaid, groups_named
from roles.login.idtokens import Claims, is_fresh, signed_claims, signed_userinfo
from roles.login.providerkeys import NoKeys
from roles.login.represented import organisation_represented
from roles.login.subjecthashes import NoSubject, names_of
from roles.models import LOCAL_ISSUER, Employee, Organisation
from roles.people.employees import name_as_given, place_newcomer, register_newcomer
from roles.people.groups import follow_provider, tied_groups

logger = structlog.stdlib.get_logger(__name__)

REQUIRED_CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")


class Refusal(StrEnum):
    """Why a login was refused."""

    STATE = "state"
    CANCELLED = "cancelled"
    PROVIDER_UNAVAILABLE = "provider-unavailable"
    INVALID = "invalid-token"
    NONCE = "nonce"
    AUTHORIZED_PARTY = "authorized-party"
    TOO_OLD = "too-old"
    ASSURANCE_LEVEL = "assurance-level"
    LONG_AGO = "authenticated-long-ago"
    SUBJECT_MISMATCH = "subject-mismatch"
    DEACTIVATED = "deactivated"


#: Refusals that anybody can cause without a token that the provider signed for us.
UNPROVEN: Final = frozenset({Refusal.STATE, Refusal.CANCELLED, Refusal.PROVIDER_UNAVAILABLE, Refusal.INVALID})


class LoginRefused(Exception):
    """The login was refused. `refusal` says why; `employee` is set when we know whose login it was."""

    def __init__(self, refusal: Refusal, employee: Employee | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.employee = employee


class OidcBackend(OIDCAuthenticationBackend):
    """Checks what the library does not: iss, aud, azp, exp, iat, nonce, algorithm, acr, amr, auth_time and the subject
    of userinfo."""

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> Employee | None:
        """The employee for the code in the request; None when it is no answer of the provider. Raises LoginRefused."""
        try:
            return cast("Employee | None", super().authenticate(request, **kwargs))
        except (jwt.PyJWTError, NoSubject):
            raise LoginRefused(Refusal.INVALID) from None
        except (requests.RequestException, NoKeys, ValueError):
            # `from None`: the exception may hold the provider's answer, and so tokens.
            raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE) from None

    def verify_token(self, token: str | None, **kwargs: Any) -> Claims:
        """The claims of an ID token that is valid now, for us, and for the login this browser began.

        Raises LoginRefused, jwt.PyJWTError and NoKeys.
        """
        claims = signed_claims(token or "", required=REQUIRED_CLAIMS)
        _check_nonce(claims, kwargs.get("nonce"))
        _check_authorized_party(claims)
        _check_age(claims)
        _check_authentication(claims)
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: Claims) -> Claims:
        """The claims of the provider's userinfo endpoint, signed or not; {} when no endpoint is set.

        None is set for Entra, whose ID token holds every claim. Raises LoginRefused when the answer is about another
        subject than the ID token.
        """
        del id_token
        if not settings.OIDC_OP_USER_ENDPOINT:
            return {}
        userinfo = _userinfo(access_token)
        if not isinstance(userinfo, Mapping) or userinfo.get("sub") != payload["sub"]:
            raise LoginRefused(Refusal.SUBJECT_MISMATCH)
        return userinfo

    def get_or_create_user(self, access_token: str, id_token: str, payload: Claims) -> Employee:
        """The employee of these claims; at the first login a new one is created, without any role.

        Raises LoginRefused for a deactivated employee, NoSubject when the token does not say who it is about.
        """
        userinfo = self.get_userinfo(access_token, id_token, payload)
        employee = _employee(payload["iss"], names_of(payload), _name(userinfo, payload))
        _place(employee, userinfo, payload)
        if not employee.is_active:
            raise LoginRefused(Refusal.DEACTIVATED, employee)
        _follow_groups(employee, payload, userinfo)
        session = payload.get("sid")
        request_data(self.request).provider_login = ProviderLogin(
            subject=payload["sub"], session=session if isinstance(session, str) else ""
        )
        return employee

    def get_user(self, user_id: UUID | str) -> Employee | None:
        """The employee a session belongs to; None from the next request on when the employee is deactivated."""
        return Employee.objects.exclude(issuer=LOCAL_ISSUER).filter(pk=user_id, is_active=True).first()


def _userinfo(access_token: str) -> object:
    answer = requests.get(
        settings.OIDC_OP_USER_ENDPOINT,
        headers={"Authorization": f"Bearer {access_token}"},
        timeout=settings.OIDC_TIMEOUT,
    )
    answer.raise_for_status()
    kind = answer.headers.get("content-type", "").lower()
    return signed_userinfo(answer.text) if kind.startswith("application/jwt") else answer.json()


def _check_nonce(claims: Claims, expected: object) -> None:
    if not expected or not constant_time_compare(str(claims["nonce"]), str(expected)):
        raise LoginRefused(Refusal.NONCE)


def _check_authorized_party(claims: Claims) -> None:
    # OpenID Connect Core 3.1.3.7: with several audiences azp must be given, and when it is given, it must name us.
    party = claims.get("azp")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (party is not None or several) and party != settings.OIDC_RP_CLIENT_ID:
        raise LoginRefused(Refusal.AUTHORIZED_PARTY)


def _check_age(claims: Claims) -> None:
    if not is_fresh(claims):
        raise LoginRefused(Refusal.TOO_OLD)


def _check_authentication(claims: Claims) -> None:
    accepted = settings.OIDC_LOGIN_PROFILE.accepted_acr(settings.OIDC_REQUIRED_ACR)
    if not is_sure_enough(claims, acr=accepted, amr=settings.OIDC_REQUIRED_AMR):
        # The name of a level identifies nobody, and it shows when a provider has renamed its levels.
        logger.warning("a login was not sure enough", acr=str(claims.get("acr"))[:60], accepted=sorted(accepted))
        raise LoginRefused(Refusal.ASSURANCE_LEVEL)
    now, leeway = timezone.now().timestamp(), settings.OIDC_CLOCK_LEEWAY_SECONDS
    if not is_recent_enough(claims, now=now, seconds=settings.OIDC_MAX_AUTHENTICATION_AGE_SECONDS, leeway=leeway):
        raise LoginRefused(Refusal.LONG_AGO)


def _employee(issuer: str, subjects: tuple[str, ...], name: str) -> Employee:
    """The known employee, with name and subject updated, or a new one.

    subjects: the names the employee may be stored under, the one to store from now on first.
    """
    known = Employee.objects.filter(issuer=issuer, subject__in=subjects).first()
    if known is None:
        return register_newcomer(issuer=issuer, subject=subjects[0], name=name)
    if (known.subject, known.display_name) != (subjects[0], name or known.display_name):
        known.subject, known.display_name = subjects[0], name or known.display_name
        known.save(update_fields=["subject", "display_name"])
    return known


def _place(employee: Employee, *sources: Claims) -> None:
    """Places an employee without an organisation in the organisation whose number the provider names.

    Without an organisation nobody can give them a role.
    """
    number = _organisation_number(*sources)
    named = Organisation.objects.filter(organisation_number=number).first() if number else None
    if named is not None and employee.organisation_id is None:
        place_newcomer(employee=employee, organisation=named)


def _organisation_number(*sources: Claims) -> str:
    """The organisation number in the claim OIDC_ORGANISATION_CLAIM, or else of the organisation that the employee chose
    to act for; "" when the provider names none."""
    claim = settings.OIDC_ORGANISATION_CLAIM
    claimed = next((str(source[claim]) for source in sources if claim and source.get(claim)), "")
    return claimed or organisation_represented(settings.OIDC_AUTHORIZATION_DETAILS, *sources)


def _follow_groups(employee: Employee, *sources: Claims) -> None:
    """Updates the employee's membership in tied groups by OIDC_GROUPS_CLAIM.

    Does nothing when that setting is empty or the organisation has tied no group.
    """
    claim = settings.OIDC_GROUPS_CLAIM
    if not claim or not tied_groups(employee.organisation_id).exists():
        return
    try:
        follow_provider(employee=employee, named=groups_named(claim, *sources))
    except GroupsNotSaid as reason:
        logger.warning(str(reason))


def _name(*sources: Claims) -> str:
    """The employee's name from the first claims that have one we may keep; "" when none has."""
    return next(filter(None, (name_as_given(source.get("name")) for source in sources)), "")
