"""OpenID Connect Front-Channel Logout 1.0: the provider's logout page opens a page of ours in a hidden frame.

Entra supports only this kind of notice, and sends only the id of the session. The browser sends no cookie to a page in
a frame of another site, so the id alone identifies the session. Only the provider and we know the id, and all it can do
is to log its owner out.
"""

from typing import Final

from django.conf import settings
from django.db import transaction

from roles.access.requestdata import ProviderLogin
from roles.people import opensessions

LONGEST_SESSION_ID: Final = 500


@transaction.atomic
def log_out_by_session(session: str, issuer: str | None) -> int:
    """Ends our sessions of the session with this id at the provider. Returns how many; an unknown id is not logged.

    issuer: the issuer in the request, None when it names none. A wrong one ends no session.
    """
    if (
        not session.isprintable()
        or not 0 < len(session) <= LONGEST_SESSION_ID
        or issuer not in (None, settings.OIDC_ISSUER)
    ):
        return 0
    meant = opensessions.sessions_of_login(issuer=settings.OIDC_ISSUER, login=ProviderLogin("", session))
    return opensessions.end_and_log(meant)
