"""OpenID Connect RP-Initiated Logout 1.0: who has logged out here is sent on, to be logged out at the provider too."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from roles.models import Employee


def address_for(employee: Employee) -> str:
    """Where to send them; "" where there is nowhere, and for who did not come in by the provider.

    It says which application asks and where to come back to, and not who it is: an id token as `id_token_hint` would
    have to be kept until now, and may carry a person's number into a URL. The standard takes `client_id` in its place.
    """
    endpoint: str = settings.OIDC_END_SESSION_ENDPOINT
    if not endpoint or employee.is_break_glass:
        return ""
    back = settings.FIKSREG_BASE_URL + reverse("logged-out")
    query = urlencode({"client_id": settings.OIDC_RP_CLIENT_ID, "post_logout_redirect_uri": back})
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"
