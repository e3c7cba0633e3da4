"""The page to return to, when its address came with the request: only a page of ours is accepted."""

from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

#: Characters. Longer than any address of ours, and short enough for a redirect.
_LONGEST: Final = 2_000


def page_of_ours(request: HttpRequest, target: str) -> str:
    """The target, if it is a path on this host; "" for another host, a relative name, a script or a too long text."""
    is_ours = target.startswith("/") and len(target) <= _LONGEST and target.isprintable()
    if is_ours and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return ""
