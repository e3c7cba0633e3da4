"""OpenID Connect RP-Initiated Logout 1.0: after logout here the browser is sent to the provider to log out there
too."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from roles.models import Employee


def address_for(employee: Employee) -> str:
    """The provider's URL to send the browser to; "" when the provider has none and for the break-glass account.

    The URL names the application and the page to return to, not the employee. An ID token as `id_token_hint` would have
    to be kept until now and may put a person's number into a URL; the standard allows `client_id` in its place.
    """
    endpoint: str = settings.OIDC_END_SESSION_ENDPOINT
    if not endpoint or employee.is_break_glass:
        return ""
    back = settings.FIKSREG_BASE_URL + reverse("logged-out")
    query = urlencode({"client_id": settings.OIDC_RP_CLIENT_ID, "post_logout_redirect_uri": back})
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"
