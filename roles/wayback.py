"""Where somebody is sent back to, by an address that came with the request: a page of ours, or nowhere."""

from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

#: More than any page of ours has, and less than a redirect may hold.
_LONGEST: Final = 2_000


def page_of_ours(request: HttpRequest, target: str) -> str:
    """The path itself, or "" for what is none: another host, a name, a script, or more than an address holds."""
    is_ours = target.startswith("/") and len(target) <= _LONGEST and target.isprintable()
    if is_ours and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return ""
