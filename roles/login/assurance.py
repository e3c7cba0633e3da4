"""Checks of the level, the method and the time of an employee's authentication. Pure functions of an ID token's
claims."""

from collections.abc import Collection

from roles.login.idtokens import Claims


def is_sure_enough(claims: Claims, *, acr: Collection[str], amr: Collection[str]) -> bool:
    """Whether the token has one of the levels in `acr` and one of the methods in `amr`; an empty one is not checked."""
    level = claims.get("acr")
    has_level = not acr or (isinstance(level, str) and level in acr)
    return has_level and (not amr or bool(_methods(claims) & set(amr)))


def is_recent_enough(claims: Claims, *, now: float, seconds: int | None, leeway: int) -> bool:
    """Whether the authentication (`auth_time`) is at most `seconds` old; always True when `seconds` is None.

    A new token does not prove it: the session at the provider may have been opened this morning. now: seconds since
    1970. leeway: seconds that the clocks may differ.
    """
    if seconds is None:
        return True
    moment = claims.get("auth_time")
    if not isinstance(moment, int | float) or isinstance(moment, bool):
        return False
    return -leeway <= now - moment <= seconds + leeway


def _methods(claims: Claims) -> set[str]:
    """The methods in `amr`. The standard says that it is a list, but ID-porten has sent a single word."""
    named = claims.get("amr") or []
    return {named} if isinstance(named, str) else {str(method) for method in named}
