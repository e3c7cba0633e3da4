"""How surely, how and when somebody showed who they are at the provider: pure checks of an id token's claims."""

from collections.abc import Collection

from roles.login.idtokens import Claims


def is_sure_enough(claims: Claims, *, acr: Collection[str], amr: Collection[str]) -> bool:
    """One of the levels in `acr`, and one of the methods in `amr`; nothing is asked for where either is empty."""
    level = claims.get("acr")
    has_level = not acr or (isinstance(level, str) and level in acr)
    return has_level and (not amr or bool(_methods(claims) & set(amr)))


def is_recent_enough(claims: Claims, *, now: float, seconds: int | None, leeway: int) -> bool:
    """Not longer ago than this, however young the token is: a session at the provider may be of this morning."""
    if seconds is None:
        return True
    moment = claims.get("auth_time")
    if not isinstance(moment, int | float) or isinstance(moment, bool):
        return False
    return -leeway <= now - moment <= seconds + leeway


def _methods(claims: Claims) -> set[str]:
    """The standard says a list; ID-porten has said a single word."""
    named = claims.get("amr") or []
    return {named} if isinstance(named, str) else {str(method) for method in named}
