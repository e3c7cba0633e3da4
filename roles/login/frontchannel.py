"""OpenID Connect Front-Channel Logout 1.0: the provider's page opens one of ours, unseen, in the browser that logs out.

Entra knows no other way, and says nothing but the session's id. The browser sends no cookie along to a page within
another's, so the id alone says which session it is: nobody else knows it, and all it can do is to log somebody out.
"""

from typing import Final

from django.conf import settings
from django.db import transaction

from roles.access.requestdata import ProviderLogin
from roles.people import opensessions

LONGEST_SESSION_ID: Final = 500


@transaction.atomic
def log_out_by_session(session: str, issuer: str | None) -> int:
    """Ends the sessions that came from this one at the provider, and says how many. An unknown id leaves no trace.

    issuer: what the request says, where it says one; then it must be ours.
    """
    if (
        not session.isprintable()
        or not 0 < len(session) <= LONGEST_SESSION_ID
        or issuer not in (None, settings.OIDC_ISSUER)
    ):
        return 0
    meant = opensessions.sessions_of_login(issuer=settings.OIDC_ISSUER, login=ProviderLogin("", session))
    return opensessions.end_and_log(meant)
